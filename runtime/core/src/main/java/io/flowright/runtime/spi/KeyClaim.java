package io.flowright.runtime.spi;

import org.jspecify.annotations.Nullable;

/**
 * What came of a claim on an idempotency key.
 *
 * @since 0.1
 */
public sealed interface KeyClaim {

    /**
     * The run has the key, and executes the task.
     *
     * @param generation how often what was done under the key has been undone
     */
    record Owned(long generation) implements KeyClaim {}

    /**
     * The task has been executed for the key, and its result is remembered.
     *
     * @param result the encoded result; null: the task has none
     * @param generation as for {@link Owned}
     */
    @SuppressWarnings("ArrayRecordComponent") // Bytes on their way, which nobody compares or changes.
    record Completed(byte @Nullable [] result, long generation) implements KeyClaim {

        /** Without the result. */
        @Override
        public String toString() {
            return "Completed[generation=" + generation + "]";
        }
    }

    /** Another run, which some live engine works on, executes the task for the key. */
    record Busy() implements KeyClaim {}
}
