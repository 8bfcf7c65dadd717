package io.flowright.processor.generate;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Finds out as which types the values of a flow are read back. */
final class RecordedTypes extends SimpleTypeVisitor14<RecordedType, @Nullable Void> {

    private static final String OBJECT = "java.lang.Object";

    private final Types types;
    private final PackageElement home;

    /** The variables whose bounds are being read: a bound may mention its own variable. */
    private final Set<Element> expanding = new HashSet<>();

    /** @param home the package of the generated class */
    RecordedTypes(Types types, PackageElement home) {
        this.types = types;
        this.home = home;
    }

    RecordedType of(TypeMirror type) {
        return visit(type);
    }

    @Override
    protected RecordedType defaultAction(TypeMirror primitive, @Nullable Void unused) {
        TypeName name = TypeName.get(primitive);
        return new RecordedType(name.toString(), CodeBlock.of("$T.class", name));
    }

    @Override
    public RecordedType visitDeclared(DeclaredType type, @Nullable Void unused) {
        TypeElement element = (TypeElement) type.asElement();
        ClassName raw = ClassName.get(element);
        String name = element.getQualifiedName().toString();
        if (type.getTypeArguments().isEmpty()) {
            return new RecordedType(name, CodeBlock.of("$T.class", raw));
        }
        List<RecordedType> arguments = new ArrayList<>();
        for (int i = 0; i < type.getTypeArguments().size(); i++) {
            arguments.add(argument(
                    type.getTypeArguments().get(i),
                    element.getTypeParameters().get(i).asType()));
        }
        return new RecordedType(
                arguments.stream().map(RecordedType::text).collect(Collectors.joining(",", name + "<", ">")),
                CodeBlock.of(
                        "generic($T.class, $L)",
                        raw,
                        arguments.stream().map(RecordedType::code).collect(CodeBlock.joining(", "))));
    }

    private RecordedType argument(TypeMirror argument, TypeMirror parameter) {
        if (!(argument instanceof WildcardType wildcard)) {
            return visit(argument);
        }
        if (wildcard.getExtendsBound() != null && !isObject(wildcard.getExtendsBound())) {
            return visit(wildcard.getExtendsBound());
        }
        return visit(wildcard.getSuperBound() == null ? parameter : wildcard.getSuperBound());
    }

    private static boolean isObject(TypeMirror type) {
        return TypeName.get(type).equals(ClassName.OBJECT);
    }

    @Override
    public RecordedType visitArray(ArrayType type, @Nullable Void unused) {
        RecordedType component = visit(type.getComponentType());
        return new RecordedType(
                component.text() + "[]",
                component.generic()
                        ? CodeBlock.of("array($L)", component.code())
                        : CodeBlock.of("$T.class", TypeName.get(types.erasure(type))));
    }

    @Override
    public RecordedType visitTypeVariable(TypeVariable variable, @Nullable Void unused) {
        TypeMirror erased = types.erasure(variable);
        if (!TypeTraits.canBeNamed(erased, home)) {
            return new RecordedType(OBJECT, CodeBlock.of("$T.class", Object.class));
        }
        if (!expanding.add(variable.asElement())) {
            return visit(erased);
        }
        RecordedType bound = visit(variable.getUpperBound());
        expanding.remove(variable.asElement());
        return bound;
    }

    @Override
    public RecordedType visitIntersection(IntersectionType type, @Nullable Void unused) {
        return visit(type.getBounds().get(0));
    }
}
