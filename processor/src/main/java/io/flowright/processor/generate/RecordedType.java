package io.flowright.processor.generate;

import com.palantir.javapoet.CodeBlock;

/**
 * A type as a recorded value is read back: with its type arguments, but without wildcards and type variables, in whose place stands
 * what bounds them.
 *
 * @param text its name, the same under every compiler; equal for equal types
 * @param code the expression of a {@link java.lang.reflect.Type}, by the methods of {@code FlowRecording}
 */
record RecordedType(String text, CodeBlock code) {

    boolean generic() {
        return text.indexOf('<') >= 0;
    }
}
