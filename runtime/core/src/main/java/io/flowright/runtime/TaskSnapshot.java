package io.flowright.runtime;

import org.jspecify.annotations.Nullable;

/**
 * How a task stood at one moment.
 *
 * @param name the durable name of the task
 * @param status its state
 * @param attempts how many attempts have begun, those that a stop of the run ended included
 * @param failure the failure of its last attempt; null if that did not fail, or is running. Of a task that succeeded: what
 *     its fallback answered
 * @param element of a task that runs for each element: the index of the one whose failure it is; null: of none alone
 * @param done how much it last said to have done; null if it never said. Of a task that runs for each element: how many it has
 *     been through
 * @param total of how much; null if it never said
 * @since 0.1
 */
public record TaskSnapshot(
        String name,
        TaskStatus status,
        int attempts,
        @Nullable FailureInfo failure,
        @Nullable Integer element,
        @Nullable Long done,
        @Nullable Long total) {

    /** Whether it succeeded by its fallback, which answered the {@link #failure}. */
    public boolean byFallback() {
        return status == TaskStatus.SUCCEEDED && failure != null;
    }

    /** One line: the name, the state and, where they say something, attempts, progress and failure. */
    @Override
    public String toString() {
        String text = name + " " + status + details();
        return failure == null ? text : text + ": " + failure;
    }

    /** What there is to say of the element, attempts, fallback and progress. */
    String details() {
        String which = element == null ? "" : ", element " + element;
        String repeated = which + (attempts > 1 ? " after " + attempts + " attempts" : "");
        String how = byFallback() ? repeated + " by its fallback" : repeated;
        return done == null ? how : how + " (" + done + " of " + total + " done)";
    }
}
