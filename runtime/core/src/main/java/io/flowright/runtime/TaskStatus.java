package io.flowright.runtime;

/**
 * The states of a task in a run. Each belongs to one of three groups: active (it goes on by itself), resumable (it
 * rests until someone acts on the run) and done (nothing is left to do, unless the run compensates).
 *
 * <table>
 * <caption>What may follow what</caption>
 * <tr><th>status</th><th>group</th><th>may become</th></tr>
 * <tr><td>PENDING</td><td>active</td><td>RUNNING; WAITING for its turn; SUCCEEDED with a remembered result; RETRYING or
 *     FAILED when an open breaker refused it; SKIPPED; CANCELLED</td></tr>
 * <tr><td>RUNNING</td><td>active</td><td>SUCCEEDED; FAILED; RETRYING; WAITING for a stage; PENDING when a pause ended the
 *     attempt; CANCELLED</td></tr>
 * <tr><td>RETRYING</td><td>active</td><td>RUNNING; WAITING for its turn; PENDING when the run was paused; FAILED when the
 *     deadline came first; CANCELLED</td></tr>
 * <tr><td>WAITING</td><td>active</td><td>RUNNING; SUCCEEDED; FAILED; RETRYING when its turn did not come; PENDING when the
 *     run was paused; CANCELLED</td></tr>
 * <tr><td>COMPENSATING</td><td>active</td><td>COMPENSATED, COMPENSATION_FAILED</td></tr>
 * <tr><td>FAILED</td><td>resumable</td><td>PENDING when the run was resumed; COMPENSATING</td></tr>
 * <tr><td>COMPENSATION_FAILED</td><td>resumable</td><td>COMPENSATING</td></tr>
 * <tr><td>SUCCEEDED</td><td>done</td><td>COMPENSATING</td></tr>
 * <tr><td>CANCELLED</td><td>done</td><td>COMPENSATING, if an attempt had begun</td></tr>
 * <tr><td>SKIPPED, COMPENSATED</td><td>done</td><td>nothing</td></tr>
 * </table>
 *
 * @since 0.1
 */
public enum TaskStatus {
    /** It has not run, or is to run again. */
    PENDING,
    /** An attempt is running. */
    RUNNING,
    /** An attempt failed, and the next one is due after a delay. */
    RETRYING,
    /** It waits for its turn (rate limit, bulkhead, an equal task of another run) or for the stage that it returned. */
    WAITING,
    /** It provided its keys. */
    SUCCEEDED,
    /** Its last attempt failed. */
    FAILED,
    /** The run does not need it. */
    SKIPPED,
    /** The run ended before it could. */
    CANCELLED,
    /** What it did is being undone. */
    COMPENSATING,
    /** What it did has been undone. */
    COMPENSATED,
    /** What it did could not be undone. */
    COMPENSATION_FAILED;

    private static final Transitions<TaskStatus> TABLE = new Transitions<>(TaskStatus.class)
            .active(PENDING, RUNNING, WAITING, SUCCEEDED, RETRYING, FAILED, SKIPPED, CANCELLED)
            .active(RUNNING, SUCCEEDED, FAILED, RETRYING, WAITING, PENDING, CANCELLED)
            .active(RETRYING, RUNNING, WAITING, PENDING, FAILED, CANCELLED)
            .active(WAITING, RUNNING, SUCCEEDED, FAILED, RETRYING, PENDING, CANCELLED)
            .active(COMPENSATING, COMPENSATED, COMPENSATION_FAILED)
            .resumable(FAILED, PENDING, COMPENSATING)
            .resumable(COMPENSATION_FAILED, COMPENSATING)
            .done(SUCCEEDED, COMPENSATING)
            .done(CANCELLED, COMPENSATING)
            .done(SKIPPED)
            .done(COMPENSATED);

    /** Whether a task in this state may come into that one next. No state becomes itself. */
    public boolean canBecome(TaskStatus next) {
        return TABLE.allows(this, next);
    }

    /** Whether the task goes on by itself while its run does. */
    public boolean isActive() {
        return TABLE.isActive(this);
    }

    /** Whether the task rests, and resuming the run sets it going again. */
    public boolean isResumable() {
        return TABLE.isResumable(this);
    }

    /** Whether nothing is left to do for the task, unless its run compensates. */
    public boolean isDone() {
        return TABLE.isDone(this);
    }
}
