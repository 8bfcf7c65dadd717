package io.flowright.processor.read;

import io.flowright.processor.model.Compilation;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * A property of a type: a record component, a getter or a method without parameters.
 *
 * @param method that gives it
 * @param type its type, with the type arguments of the owner
 */
record Property(ExecutableElement method, TypeMirror type) {

    /** Finds {@code name()}, else {@code getName()}, else {@code isName()}. */
    static Optional<Property> find(TypeMirror owner, String name, Compilation compilation, String packageName) {
        if (owner.getKind() != TypeKind.DECLARED) {
            return Optional.empty();
        }
        DeclaredType declared = (DeclaredType) owner;
        List<String> names = names(name);
        return ElementFilter.methodsIn(compilation.elements().getAllMembers((TypeElement) declared.asElement()))
                .stream()
                .filter(method -> names.contains(method.getSimpleName().toString()))
                .filter(method -> isProperty(method) && compilation.isCallable(method, packageName))
                .min(Comparator.comparingInt(
                        method -> names.indexOf(method.getSimpleName().toString())))
                .map(method -> new Property(method, Projection.returnType(declared, method, compilation.types())));
    }

    /** The names that could have been meant, for a suggestion. */
    static Stream<String> namesOf(TypeMirror owner, Compilation compilation) {
        if (owner.getKind() != TypeKind.DECLARED) {
            return Stream.empty();
        }
        Element element = ((DeclaredType) owner).asElement();
        return ElementFilter.methodsIn(compilation.elements().getAllMembers((TypeElement) element)).stream()
                .filter(Property::isProperty)
                .filter(method -> !Reading.isNamed(method.getEnclosingElement(), "java.lang.Object"))
                .map(method -> method.getSimpleName().toString());
    }

    private static List<String> names(String name) {
        String capitalized = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return List.of(name, "get" + capitalized, "is" + capitalized);
    }

    private static boolean isProperty(ExecutableElement method) {
        return method.getParameters().isEmpty()
                && method.getTypeParameters().isEmpty()
                && method.getReturnType().getKind() != TypeKind.VOID
                && !method.getModifiers().contains(Modifier.STATIC);
    }
}
