package io.flowright.runtime;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a run. No event holds the value of a key.
 *
 * @since 0.1
 */
public sealed interface FlowEvent {

    /** The durable name of the flow. */
    String flow();

    /** The id of the run. */
    String runId();

    /** The number of the event among those of its run, ascending. */
    long sequence();

    /** When it happened, by the engine's clock. */
    Instant at();

    /** Something that happened to one task of a run. */
    sealed interface TaskEvent extends FlowEvent {

        /** The durable name of the task. */
        String task();

        /**
         * The index of the element, from 0, where the task runs for each ({@code @ForEach}) and the event is of one. Null where
         * the event is of the task: what runs for each element starts once and ends once besides.
         */
        default @Nullable Integer element() {
            return null;
        }
    }

    /** A run started. */
    record RunStarted(String flow, String runId, long sequence, Instant at) implements FlowEvent {}

    /**
     * A run came to its end; one that failed may be resumed. It is told before anybody who waits for the run goes on, and
     * before {@link Run#status()} says so.
     *
     * @param status the state in which it ended
     * @param failure why, if it failed or was undone
     */
    record RunFinished(
            String flow,
            String runId,
            long sequence,
            Instant at,
            RunStatus status,
            @Nullable Throwable failure) implements FlowEvent {}

    /** A run was paused, and none of its tasks is running any more. */
    record RunPaused(String flow, String runId, long sequence, Instant at) implements FlowEvent {}

    /** A run that was paused or had failed goes on. */
    record RunResumed(String flow, String runId, long sequence, Instant at) implements FlowEvent {}

    /**
     * What the tasks of a run did is being undone from now on. Attempts of compensations are told as those of tasks, under the
     * compensation's name; what came of them, as {@link TaskCompensated} or {@link TaskCompensationFailed}.
     *
     * @param failure why
     */
    record RunCompensating(String flow, String runId, long sequence, Instant at, Throwable failure)
            implements FlowEvent {}

    /**
     * An attempt of a task started.
     *
     * @param attempt its number; the first is 1
     */
    record TaskStarted(
            String flow,
            String runId,
            long sequence,
            Instant at,
            String task,
            @Nullable Integer element,
            int attempt) implements TaskEvent {}

    /**
     * An attempt of a task failed; {@link RetryScheduled}, {@link TaskFailed} or, by a fallback, {@link TaskSucceeded}
     * follows.
     *
     * @param attempt its number; the first is 1
     * @param failure why
     */
    record TaskAttemptFailed(
            String flow,
            String runId,
            long sequence,
            Instant at,
            String task,
            @Nullable Integer element,
            int attempt,
            Throwable failure)
            implements TaskEvent {}

    /**
     * A task will be tried again.
     *
     * @param nextAttempt the number of the attempt to come
     * @param delay how long until then
     */
    record RetryScheduled(
            String flow,
            String runId,
            long sequence,
            Instant at,
            String task,
            @Nullable Integer element,
            int nextAttempt,
            Duration delay)
            implements TaskEvent {}

    /**
     * A task provided its keys.
     *
     * @param attempts how many attempts it took
     * @param took how long from the start of the first attempt
     */
    record TaskSucceeded(
            String flow,
            String runId,
            long sequence,
            Instant at,
            String task,
            @Nullable Integer element,
            int attempts,
            Duration took)
            implements TaskEvent {}

    /**
     * A task failed for good.
     *
     * @param attempts how many attempts there were
     * @param failure why the last of them failed
     */
    record TaskFailed(
            String flow,
            String runId,
            long sequence,
            Instant at,
            String task,
            @Nullable Integer element,
            int attempts,
            Throwable failure)
            implements TaskEvent {}

    /**
     * What a task did has been undone.
     *
     * @param element of a task that runs for each element: the one whose work has been undone; null: all that there was
     * @param attempts how many attempts of the compensation it took
     */
    record TaskCompensated(
            String flow,
            String runId,
            long sequence,
            Instant at,
            String task,
            @Nullable Integer element,
            int attempts) implements TaskEvent {}

    /**
     * What a task did could not be undone. The other compensations run nevertheless.
     *
     * @param element of a task that runs for each element: the one whose work could not be undone; null: the task as a whole
     * @param attempts how many attempts of the compensation there were
     * @param failure why the last of them failed
     */
    record TaskCompensationFailed(
            String flow,
            String runId,
            long sequence,
            Instant at,
            String task,
            @Nullable Integer element,
            int attempts,
            Throwable failure)
            implements TaskEvent {}

    /** A task does not run in this run. */
    record TaskSkipped(String flow, String runId, long sequence, Instant at, String task) implements TaskEvent {}

    /**
     * An attempt was given up: it had timed out or been interrupted, and its method did not return. The run goes on
     * without it.
     *
     * @param attempt its number; the first is 1
     * @param thread the name of the thread that is still busy with it
     */
    record TaskAbandoned(
            String flow,
            String runId,
            long sequence,
            Instant at,
            String task,
            @Nullable Integer element,
            int attempt,
            String thread)
            implements TaskEvent {}

    /**
     * A task said how far it is.
     *
     * @param done how much is done; null: it did not say
     * @param total of how much; null: not known
     * @param detail what it last said besides, as it is; null: nothing
     */
    record TaskProgressed(
            String flow,
            String runId,
            long sequence,
            Instant at,
            String task,
            @Nullable Integer element,
            @Nullable Long done,
            @Nullable Long total,
            @Nullable Record detail)
            implements TaskEvent {

        /** The share of the work that is done, from 0 to 1; null: not known. */
        public @Nullable Double fraction() {
            return new ProgressReport(done, total, null, null, null).fraction();
        }
    }

    /**
     * An attempt of this run changed the state of a circuit breaker.
     *
     * @param breaker the name of the breaker
     * @param state its new state: {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}
     */
    record BreakerChanged(String flow, String runId, long sequence, Instant at, String breaker, String state)
            implements FlowEvent {}
}
