package io.flowright.runtime;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with flows and their runs, as opposed to what the users' own code throws.
 *
 * @since 0.1
 */
public class FlowException extends RuntimeException {

    /** An exception with this message, and this cause if there is one. */
    protected FlowException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** An exception with this message. */
    protected FlowException(String message) {
        super(message);
    }
}
