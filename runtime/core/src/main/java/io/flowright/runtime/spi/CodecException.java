package io.flowright.runtime.spi;

import io.flowright.runtime.FlowException;
import org.jspecify.annotations.Nullable;

/**
 * A value could not be encoded, or bytes could not be decoded.
 *
 * @since 0.1
 */
public class CodecException extends FlowException {

    /** What is in the way, and behind it the exception that says so; null: none does. */
    public CodecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
