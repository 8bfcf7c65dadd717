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
}
