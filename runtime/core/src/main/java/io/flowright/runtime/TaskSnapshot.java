package io.flowright.runtime;

import java.time.Duration;
import java.util.Map;
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
 * @param progress what it last said of how far it is; null if it never said. Of a task that runs for each element: how many it has
 *     been through
 * @param elements of a task that runs for each element: what those elements that have begun and not ended last said, by index; empty:
 *     nothing
 * @since 0.1
 */
public record TaskSnapshot(
        String name,
        TaskStatus status,
        int attempts,
        @Nullable FailureInfo failure,
        @Nullable Integer element,
        @Nullable ProgressReport progress,
        Map<Integer, ProgressReport> elements) {

    /** A snapshot; the map is copied. */
    public TaskSnapshot {
        elements = Map.copyOf(elements);
    }

    /** A snapshot of a task that has said nothing of itself. */
    public TaskSnapshot(
            String name, TaskStatus status, int attempts, @Nullable FailureInfo failure, @Nullable Integer element) {
        this(name, status, attempts, failure, element, null, Map.of());
    }

    /** How much is done; null: not known. */
    public @Nullable Long done() {
        return progress == null ? null : progress.done();
    }

    /** Of how much; null: not known. */
    public @Nullable Long total() {
        return progress == null ? null : progress.total();
    }

    /** What else it last said of itself, as text; null: nothing. */
    public @Nullable String detail() {
        return progress == null ? null : progress.detail();
    }

    /** How long it would take, when it last said how far it is; null: nobody could tell. */
    public @Nullable Duration remaining() {
        return progress == null ? null : progress.remaining();
    }

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
        return done() == null ? how : how + " (" + progress + ")";
    }
}
