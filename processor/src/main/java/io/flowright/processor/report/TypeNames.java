package io.flowright.processor.report;

import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;

/** Writes types as people do: simple names, generics, no annotations. The same text under every compiler. */
public final class TypeNames extends SimpleTypeVisitor14<String, Void> {

    private static final TypeNames SIMPLE = new TypeNames(false);
    private static final TypeNames QUALIFIED = new TypeNames(true);

    private final boolean qualified;

    private TypeNames(boolean qualified) {
        this.qualified = qualified;
    }

    /** {@code List<Order>}. */
    public static String of(TypeMirror type) {
        return SIMPLE.visit(type);
    }

    /** {@code java.util.List<shop.Order>}. */
    public static String qualified(TypeMirror type) {
        return QUALIFIED.visit(type);
    }

    /** {@code OrderTasks.load}. */
    public static String ofMethod(ExecutableElement method) {
        Element owner = method.getEnclosingElement();
        return owner == null ? method.getSimpleName().toString() : owner.getSimpleName() + "." + method.getSimpleName();
    }

    /** The names of two types that differ; with packages where the simple ones are equal. */
    public static String[] distinct(TypeMirror one, TypeMirror other) {
        TypeNames names = of(one).equals(of(other)) ? QUALIFIED : SIMPLE;
        return new String[] {names.visit(one), names.visit(other)};
    }

    @Override
    protected String defaultAction(TypeMirror type, Void unused) {
        return type.getKind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String visitDeclared(DeclaredType type, Void unused) {
        String name = name((TypeElement) type.asElement());
        return type.getTypeArguments().isEmpty()
                ? name
                : type.getTypeArguments().stream().map(this::visit).collect(Collectors.joining(", ", name + "<", ">"));
    }

    private String name(TypeElement element) {
        if (qualified) {
            return element.getQualifiedName().toString();
        }
        Element owner = element.getEnclosingElement();
        String simple = element.getSimpleName().toString();
        return owner instanceof TypeElement type ? name(type) + "." + simple : simple;
    }

    @Override
    public String visitError(ErrorType type, Void unused) {
        return type.asElement().getSimpleName().toString();
    }

    @Override
    public String visitArray(ArrayType type, Void unused) {
        return visit(type.getComponentType()) + "[]";
    }

    @Override
    public String visitTypeVariable(TypeVariable type, Void unused) {
        return type.asElement().getSimpleName().toString();
    }

    @Override
    public String visitWildcard(WildcardType type, Void unused) {
        if (type.getExtendsBound() != null) {
            return "? extends " + visit(type.getExtendsBound());
        }
        return type.getSuperBound() != null ? "? super " + visit(type.getSuperBound()) : "?";
    }

    @Override
    public String visitIntersection(IntersectionType type, Void unused) {
        return type.getBounds().stream().map(this::visit).collect(Collectors.joining(" & "));
    }
}
