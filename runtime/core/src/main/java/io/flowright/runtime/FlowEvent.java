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
    }

    /** A run started. */
    record RunStarted(String flow, String runId, long sequence, Instant at) implements FlowEvent {}

    /**
     * A run came to its end; one that failed may be resumed. It is told before anybody who waits for the run goes on, and
     * before {@link Run#status()} says so.
     *
     * @param status the state in which it ended
     * @param failure why, if it failed
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
     * An attempt of a task started.
     *
     * @param attempt its number; the first is 1
     */
    record TaskStarted(String flow, String runId, long sequence, Instant at, String task, int attempt)
            implements TaskEvent {}

    /**
     * An attempt of a task failed; {@link RetryScheduled}, {@link TaskFailed} or, by a fallback, {@link TaskSucceeded}
     * follows.
     *
     * @param attempt its number; the first is 1
     * @param failure why
     */
    record TaskAttemptFailed(
            String flow, String runId, long sequence, Instant at, String task, int attempt, Throwable failure)
            implements TaskEvent {}

    /**
     * A task will be tried again.
     *
     * @param nextAttempt the number of the attempt to come
     * @param delay how long until then
     */
    record RetryScheduled(
            String flow, String runId, long sequence, Instant at, String task, int nextAttempt, Duration delay)
            implements TaskEvent {}

    /**
     * A task provided its keys.
     *
     * @param attempts how many attempts it took
     * @param took how long from the start of the first attempt
     */
    record TaskSucceeded(String flow, String runId, long sequence, Instant at, String task, int attempts, Duration took)
            implements TaskEvent {}

    /**
     * A task failed for good.
     *
     * @param attempts how many attempts there were
     * @param failure why the last of them failed
     */
    record TaskFailed(
            String flow, String runId, long sequence, Instant at, String task, int attempts, Throwable failure)
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
    record TaskAbandoned(String flow, String runId, long sequence, Instant at, String task, int attempt, String thread)
            implements TaskEvent {}

    /**
     * A task said how far it is.
     *
     * @param done how much is done
     * @param total of how much
     */
    record TaskProgressed(String flow, String runId, long sequence, Instant at, String task, long done, long total)
            implements TaskEvent {}

    /**
     * An attempt of this run changed the state of a circuit breaker.
     *
     * @param breaker the name of the breaker
     * @param state its new state: {@code CLOSED}, {@code OPEN} or {@code HALF_OPEN}
     */
    record BreakerChanged(String flow, String runId, long sequence, Instant at, String breaker, String state)
            implements FlowEvent {}
}
