package io.flowright.processor.model;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * A place in the source at which a diagnostic can stand.
 *
 * @param element the parameter, method or class
 * @param annotation the annotation on it, where that is more exact
 * @param value the annotation's value, where that is more exact still
 */
public record Site(
        Element element,
        @Nullable AnnotationMirror annotation,
        @Nullable AnnotationValue value) {

    public static Site of(Element element) {
        return new Site(element, null, null);
    }

    /** The value of an attribute of this annotation; where it is left to its default, the annotation. */
    public Site attribute(String name) {
        if (annotation == null) {
            return this;
        }
        return annotation.getElementValues().entrySet().stream()
                .filter(entry -> entry.getKey().getSimpleName().contentEquals(name))
                .findFirst()
                .map(entry -> new Site(element, annotation, entry.getValue()))
                .orElse(this);
    }
}
