package io.flowright.processor.read;

import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;

/** The type that a value of a type argument has at least. */
final class Wildcards {

    private Wildcards() {}

    /** {@code Order} for {@code ? extends Order}, {@code Object} for {@code ?} and {@code ? super Order}, else the type. */
    static TypeMirror upperBound(TypeMirror argument, Elements elements) {
        if (!(argument instanceof WildcardType wildcard)) {
            return argument;
        }
        TypeMirror bound = wildcard.getExtendsBound();
        return bound == null ? elements.getTypeElement("java.lang.Object").asType() : bound;
    }
}
