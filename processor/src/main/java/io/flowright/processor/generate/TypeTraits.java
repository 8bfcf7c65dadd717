package io.flowright.processor.generate;

import java.util.Objects;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** Questions about a type that decide how generated code may mention it. */
final class TypeTraits {

    private TypeTraits() {}

    /** Whether a cast to the type is one that the JVM cannot check. */
    static boolean unchecked(TypeMirror type) {
        return switch (type.getKind()) {
            case ARRAY -> unchecked(((ArrayType) type).getComponentType());
            case DECLARED -> {
                DeclaredType declared = (DeclaredType) type;
                yield !declared.getTypeArguments().stream().allMatch(TypeTraits::unbounded)
                        || unchecked(declared.getEnclosingType());
            }
            default -> false;
        };
    }

    private static boolean unbounded(TypeMirror argument) {
        return argument instanceof WildcardType wildcard
                && wildcard.getExtendsBound() == null
                && wildcard.getSuperBound() == null;
    }

    /** Whether code in the package can name the type: it exists, has no type variables and is accessible. */
    static boolean canBeNamed(TypeMirror type, PackageElement from) {
        return type.accept(new Nameable(from), null);
    }

    private static final class Nameable extends SimpleTypeVisitor14<Boolean, @Nullable Void> {

        private final PackageElement from;

        Nameable(PackageElement from) {
            super(true);
            this.from = from;
        }

        @Override
        public Boolean visitDeclared(DeclaredType type, @Nullable Void unused) {
            return accessible(type.asElement())
                    && type.getTypeArguments().stream().allMatch(this::visit)
                    && visit(type.getEnclosingType());
        }

        private boolean accessible(Element element) {
            for (Element e = element; e != null && e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
                boolean allowed = e.getModifiers().contains(Modifier.PUBLIC)
                        || !e.getModifiers().contains(Modifier.PRIVATE)
                                && packageOf(e).equals(from);
                if (!allowed) {
                    return false;
                }
            }
            return true;
        }

        private static Element packageOf(Element element) {
            Element e = element;
            while (e.getKind() != ElementKind.PACKAGE) {
                e = Objects.requireNonNull(e.getEnclosingElement());
            }
            return e;
        }

        @Override
        public Boolean visitError(ErrorType type, @Nullable Void unused) {
            return false;
        }

        @Override
        public Boolean visitTypeVariable(TypeVariable type, @Nullable Void unused) {
            return false;
        }

        @Override
        public Boolean visitArray(ArrayType type, @Nullable Void unused) {
            return visit(type.getComponentType());
        }

        @Override
        public Boolean visitWildcard(WildcardType type, @Nullable Void unused) {
            return (type.getExtendsBound() == null || visit(type.getExtendsBound()))
                    && (type.getSuperBound() == null || visit(type.getSuperBound()));
        }
    }
}
