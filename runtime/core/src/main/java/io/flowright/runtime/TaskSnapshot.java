package io.flowright.runtime;

import org.jspecify.annotations.Nullable;

/**
 * How a task stood at one moment.
 *
 * @param name the durable name of the task
 * @param status its state
 * @param attempts how many attempts have begun
 * @param failure the failure of its last attempt; null if that did not fail
 * @param done how much it last said to have done; null if it never said
 * @param total of how much; null if it never said
 * @since 0.1
 */
public record TaskSnapshot(
        String name,
        TaskStatus status,
        int attempts,
        @Nullable FailureInfo failure,
        @Nullable Long done,
        @Nullable Long total) {

    /** One line: the name, the state and, where they say something, attempts, progress and failure. */
    @Override
    public String toString() {
        String text = name + " " + status + details();
        return failure == null ? text : text + ": " + failure;
    }

    /** What there is to say of attempts and progress. */
    String details() {
        String repeated = attempts > 1 ? " after " + attempts + " attempts" : "";
        return done == null ? repeated : repeated + " (" + done + " of " + total + " done)";
    }
}
