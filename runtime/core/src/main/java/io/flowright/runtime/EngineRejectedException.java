package io.flowright.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The engine did not take a run or a task: it is closed, is busy with as many runs as it may have, or its executor
 * refused.
 *
 * @since 0.1
 */
public class EngineRejectedException extends FlowException {

    /** For the runtime. */
    public EngineRejectedException(String message) {
        super(message);
    }

    /** For the runtime. */
    public EngineRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
