package io.flowright.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The thread that waited for a run was interrupted. Its interrupt flag is set again. A run that was only waited for
 * goes on.
 *
 * @since 0.1
 */
public class FlowInterruptedException extends FlowException {

    /** For the runtime. */
    public FlowInterruptedException(String message) {
        super(message);
    }

    /** For the runtime. */
    public FlowInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
