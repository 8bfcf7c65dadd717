package io.flowright.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run stood at one moment. No text of it holds the value of a key.
 *
 * @param flow the durable name of the flow
 * @param version the version of the flow; empty if it has none
 * @param runId the id of the run
 * @param status its state
 * @param startedAt when it started; null if it has not, or if nobody had asked for records then
 * @param finishedAt when it ended; null if it has not, or if nobody had asked for records then
 * @param tasks its tasks, in the order in which one thread runs them
 * @param compensations what is done to undo tasks, in declared order; each is named as its task and {@code .compensation}, and
 *     has its task's status. Empty as long as the run is not undone
 * @param warnings what went wrong without failing the run
 * @since 0.1
 */
public record RunSnapshot(
        String flow,
        String version,
        String runId,
        RunStatus status,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<TaskSnapshot> tasks,
        List<TaskSnapshot> compensations,
        List<String> warnings) {

    /** A snapshot; the lists are copied. */
    public RunSnapshot {
        tasks = List.copyOf(tasks);
        compensations = List.copyOf(compensations);
        warnings = List.copyOf(warnings);
    }

    /** The task with this name. */
    public TaskSnapshot task(String name) {
        return tasks.stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("flow " + flow + " has no task " + name));
    }

    /** How long the run took; null if it has not ended, or if nobody had asked for records in time. */
    public @Nullable Duration took() {
        return startedAt == null || finishedAt == null ? null : Duration.between(startedAt, finishedAt);
    }

    /**
     * A report of several lines for people: first each task that failed, waits for another attempt after a failure or
     * succeeded by its fallback, with the chain of causes; then what is under way, what succeeded and what did not run.
     *
     * <pre>
     * flow order, run 0b7c: FAILED after 1s 204ms
     *   FAILED: charge after 5 attempts
     *     java.io.IOException: the payment service hung up
     *       caused by java.net.SocketException: Connection reset
     *   SUCCEEDED: load, reserve
     *   never ran: ship, mail
     * </pre>
     */
    public String report() {
        return new RunReport(this).text();
    }

    /** One line: flow, run and state, and how many tasks succeeded. */
    @Override
    public String toString() {
        long succeeded = tasks.stream()
                .filter(task -> task.status() == TaskStatus.SUCCEEDED)
                .count();
        return "flow " + flow + ", run " + runId + ": " + status + ", " + succeeded + " of " + tasks.size()
                + " tasks succeeded";
    }
}
