package io.flowright.processor.model;

import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** The types by whose values tasks can be guarded: booleans and enums. */
public final class GuardTypes {

    private static final List<String> BOOLEANS = List.of("true", "false");

    private GuardTypes() {}

    /** The values that a type has, as people write them; empty for types that cannot guard. */
    public static List<String> valuesOf(TypeMirror type) {
        return isBoolean(type) ? BOOLEANS : constantsOf(type);
    }

    public static boolean isBoolean(TypeMirror type) {
        return type.getKind() == TypeKind.BOOLEAN
                || (type instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement element
                        && element.getQualifiedName().contentEquals("java.lang.Boolean"));
    }

    /** The constants of an enum, in declared order; empty for other types. */
    public static List<String> constantsOf(TypeMirror type) {
        if (!(type instanceof DeclaredType declared) || declared.asElement().getKind() != ElementKind.ENUM) {
            return List.of();
        }
        return declared.asElement().getEnclosedElements().stream()
                .filter(element -> element.getKind() == ElementKind.ENUM_CONSTANT)
                .map(Element::getSimpleName)
                .map(Object::toString)
                .toList();
    }
}
