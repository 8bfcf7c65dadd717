package io.flowright.processor.read;

import io.flowright.processor.model.Compilation;
import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.type.TypeMirror;

/** Whether a declaration says that it may be null: by any annotation of the simple name {@code Nullable}. */
final class Nullness {

    private Nullness() {}

    /** Whether a component of a record may be null; where the compiler hides that, it may. */
    static boolean isNullable(RecordComponentElement component, TypeMirror type, Compilation compilation) {
        ExecutableElement accessor = component.getAccessor();
        return isNullable(component, component.asType())
                || isNullable(accessor, accessor.getReturnType())
                || (!type.getKind().isPrimitive() && !compilation.showsNullness(component));
    }

    static boolean isNullable(Element element, TypeMirror type) {
        return isNullable(element) || isNullable(type);
    }

    static boolean isNullable(AnnotatedConstruct construct) {
        return construct.getAnnotationMirrors().stream()
                .anyMatch(annotation -> annotation
                        .getAnnotationType()
                        .asElement()
                        .getSimpleName()
                        .contentEquals("Nullable"));
    }
}
