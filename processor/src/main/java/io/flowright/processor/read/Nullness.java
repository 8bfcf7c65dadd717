package io.flowright.processor.read;

import javax.lang.model.AnnotatedConstruct;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;

/** Whether a declaration says that it may be null: by any annotation of the simple name {@code Nullable}. */
final class Nullness {

    private Nullness() {}

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
