package io.flowright.processor.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * What the compiler knows while it compiles.
 *
 * @param sources the qualified names of the top-level types that are compiled from source; all others come from class files
 */
public record Compilation(Elements elements, Types types, Set<String> sources) {

    private static final int SHOWS_TYPE_ANNOTATIONS = 22;

    /**
     * Whether the element is compiled from source, so that it has a line, real parameter names and an order. ECJ forgets the
     * methods of parameters in source from the second round on.
     */
    public boolean isSource(Element element) {
        Element outermost = element;
        while (outermost != null && !isTopLevel(outermost)) {
            outermost = outermost.getEnclosingElement();
        }
        return outermost == null
                || sources.contains(((TypeElement) outermost).getQualifiedName().toString());
    }

    private static boolean isTopLevel(Element element) {
        Element owner = element.getEnclosingElement();
        return owner != null && owner.getKind() == ElementKind.PACKAGE;
    }

    /**
     * Whether a missing {@code @Nullable} on the element means something. Compilers before JDK 22 hide the type annotations of
     * class files (JDK-8225377), where nothing can be concluded.
     */
    public boolean showsNullness(Element element) {
        return isSource(element) || Runtime.version().feature() >= SHOWS_TYPE_ANNOTATIONS;
    }

    /** Whether code in the package can name the element, or call it. */
    public boolean isAccessible(Element element, String packageName) {
        boolean samePackage = elements.getPackageOf(element).getQualifiedName().contentEquals(packageName);
        for (Element part = loaded(element);
                part != null && part.getKind() != ElementKind.PACKAGE;
                part = part.getEnclosingElement()) {
            Set<Modifier> modifiers = part.getModifiers();
            if (modifiers.contains(Modifier.PRIVATE) || (!samePackage && !modifiers.contains(Modifier.PUBLIC))) {
                return false;
            }
        }
        return true;
    }

    /** ECJ hands out classes that a class file only mentions with no modifiers, until they are asked for by name. */
    private Element loaded(Element element) {
        TypeElement loaded =
                element instanceof TypeElement type ? elements.getTypeElement(type.getQualifiedName()) : null;
        return loaded == null ? element : loaded;
    }

    /** Whether code in the package can call the method on an object whose type it can name. */
    public boolean isCallable(ExecutableElement method, String packageName) {
        return method.getModifiers().contains(Modifier.PUBLIC)
                || (!method.getModifiers().contains(Modifier.PRIVATE)
                        && elements.getPackageOf(method).getQualifiedName().contentEquals(packageName));
    }

    /**
     * Whether a value of one type can be handed to a parameter of another: boxing or primitive widening, else subtyping with
     * generics. Never an unchecked conversion. A type that could not be read (no type) fits anything.
     */
    public boolean fits(TypeMirror provided, TypeMirror wanted) {
        if (provided.getKind() == TypeKind.NONE) {
            return true;
        }
        if (provided.getKind() == TypeKind.VOID || wanted.getKind() == TypeKind.VOID) {
            return false;
        }
        if (provided.getKind().isPrimitive()) {
            return wanted.getKind().isPrimitive()
                    ? types.isAssignable(provided, wanted)
                    : isSubtype(types.boxedClass((PrimitiveType) provided).asType(), wanted);
        }
        if (wanted.getKind().isPrimitive()) {
            return unboxes(provided) && types.isAssignable(types.unboxedType(provided), wanted);
        }
        return isSubtype(provided, wanted);
    }

    /** Whether two types are the same. A type that could not be read (no type) is the same as any. */
    public boolean isSame(TypeMirror one, TypeMirror other) {
        return one.getKind() == TypeKind.NONE || other.getKind() == TypeKind.NONE || types.isSameType(one, other);
    }

    private boolean isSubtype(TypeMirror provided, TypeMirror wanted) {
        if (types.isSameType(provided, wanted)) {
            return true;
        }
        return types.isSubtype(provided, wanted) && !isUnchecked(provided, wanted);
    }

    /** Whether a raw type would be taken for a parameterized one, which ECJ calls a subtype. */
    private boolean isUnchecked(TypeMirror provided, TypeMirror wanted) {
        if (provided.getKind() == TypeKind.ARRAY && wanted.getKind() == TypeKind.ARRAY) {
            return isUnchecked(((ArrayType) provided).getComponentType(), ((ArrayType) wanted).getComponentType());
        }
        if (!(wanted instanceof DeclaredType parameterized)
                || parameterized.getTypeArguments().isEmpty()) {
            return false;
        }
        Deque<TypeMirror> supertypes = new ArrayDeque<>(List.of(provided));
        while (!supertypes.isEmpty()) {
            TypeMirror type = supertypes.remove();
            if (type instanceof DeclaredType declared && declared.asElement().equals(parameterized.asElement())) {
                return declared.getTypeArguments().isEmpty();
            }
            supertypes.addAll(types.directSupertypes(type));
        }
        return false;
    }

    private boolean unboxes(TypeMirror type) {
        try {
            types.unboxedType(type);
            return true;
        } catch (IllegalArgumentException notABox) {
            return false;
        }
    }
}
