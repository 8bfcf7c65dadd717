package io.flowright.processor.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the elements of a type.
 *
 * @param type of the elements; null: it has none, or does not say which
 * @param raw whether it has elements, but was written without type arguments
 * @param map whether they are the values of a map
 */
public record ElementTypes(@Nullable TypeMirror type, boolean raw, boolean map) {

    private static final ElementTypes NONE = new ElementTypes(null, false, false);

    /** The elements of an array, of an {@code Iterable}, else the values of a {@code Map}. */
    public static ElementTypes of(TypeMirror source, Types types) {
        if (source instanceof ArrayType array) {
            return new ElementTypes(array.getComponentType(), false, false);
        }
        ElementTypes iterated = argument(source, "java.lang.Iterable", 0, types);
        return iterated.type != null || iterated.raw ? iterated : argument(source, "java.util.Map", 1, types);
    }

    private static ElementTypes argument(TypeMirror source, String supertype, int index, Types types) {
        Deque<TypeMirror> supertypes = new ArrayDeque<>(List.of(source));
        while (!supertypes.isEmpty()) {
            TypeMirror next = supertypes.remove();
            if (next instanceof DeclaredType declared && isNamed(declared, supertype)) {
                List<? extends TypeMirror> arguments = declared.getTypeArguments();
                return arguments.isEmpty()
                        ? new ElementTypes(null, true, index > 0)
                        : new ElementTypes(bound(arguments.get(index), next, types), false, index > 0);
            }
            if (next.getKind() == TypeKind.DECLARED || next.getKind() == TypeKind.TYPEVAR) {
                supertypes.addAll(types.directSupertypes(next));
            }
        }
        return NONE;
    }

    private static boolean isNamed(DeclaredType type, String name) {
        return ((TypeElement) type.asElement()).getQualifiedName().contentEquals(name);
    }

    /** {@code Order} for {@code ? extends Order} and for the variable that a compiler puts in its place. */
    private static TypeMirror bound(TypeMirror argument, TypeMirror owner, Types types) {
        if (argument instanceof TypeVariable variable) {
            return bound(variable.getUpperBound(), owner, types);
        }
        if (argument instanceof WildcardType wildcard) {
            TypeMirror bound = wildcard.getExtendsBound();
            return bound == null ? objectOf(owner, types) : bound;
        }
        return argument;
    }

    /** The class {@code Object}, the first supertype of every interface. */
    private static TypeMirror objectOf(TypeMirror type, Types types) {
        TypeMirror object = type;
        for (List<? extends TypeMirror> above = types.directSupertypes(object);
                !above.isEmpty();
                above = types.directSupertypes(object)) {
            object = above.get(0);
        }
        return object;
    }
}
