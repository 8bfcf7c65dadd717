package io.flowright.runtime;

/**
 * The states of a run. Each belongs to one of three groups: active (it goes on by itself), resumable (it rests until
 * someone acts) and done (it never changes again).
 *
 * <table>
 * <caption>What may follow what</caption>
 * <tr><th>status</th><th>group</th><th>may become</th></tr>
 * <tr><td>PENDING</td><td>active</td><td>RUNNING, CANCELLED</td></tr>
 * <tr><td>RUNNING</td><td>active</td><td>WAITING, PAUSED, SUCCEEDED, FAILED, COMPENSATING, CANCELLED</td></tr>
 * <tr><td>WAITING</td><td>active</td><td>RUNNING, PAUSED, COMPENSATING, CANCELLED, FAILED</td></tr>
 * <tr><td>COMPENSATING</td><td>active</td><td>COMPENSATED, COMPENSATION_FAILED, PAUSED</td></tr>
 * <tr><td>PAUSED</td><td>resumable</td><td>RUNNING, COMPENSATING, CANCELLED</td></tr>
 * <tr><td>FAILED</td><td>resumable</td><td>RUNNING, COMPENSATING, CANCELLED</td></tr>
 * <tr><td>COMPENSATION_FAILED</td><td>resumable</td><td>COMPENSATING, CANCELLED</td></tr>
 * <tr><td>SUCCEEDED, COMPENSATED, CANCELLED</td><td>done</td><td>nothing</td></tr>
 * </table>
 *
 * @since 0.1
 */
public enum RunStatus {
    /** It is known but has not started. */
    PENDING,
    /** Its tasks run. */
    RUNNING,
    /** All that is left to do waits for the world or for a timer. */
    WAITING,
    /** What its tasks did is being undone. */
    COMPENSATING,
    /** It was paused. */
    PAUSED,
    /** A task failed. */
    FAILED,
    /** What its tasks did could not be undone altogether. */
    COMPENSATION_FAILED,
    /** All its tasks are done. */
    SUCCEEDED,
    /** It failed, and what its tasks did has been undone. */
    COMPENSATED,
    /** It was cancelled. */
    CANCELLED;

    private static final Transitions<RunStatus> TABLE = new Transitions<>(RunStatus.class)
            .active(PENDING, RUNNING, CANCELLED)
            .active(RUNNING, WAITING, PAUSED, SUCCEEDED, FAILED, COMPENSATING, CANCELLED)
            .active(WAITING, RUNNING, PAUSED, COMPENSATING, CANCELLED, FAILED)
            .active(COMPENSATING, COMPENSATED, COMPENSATION_FAILED, PAUSED)
            .resumable(PAUSED, RUNNING, COMPENSATING, CANCELLED)
            .resumable(FAILED, RUNNING, COMPENSATING, CANCELLED)
            .resumable(COMPENSATION_FAILED, COMPENSATING, CANCELLED)
            .done(SUCCEEDED)
            .done(COMPENSATED)
            .done(CANCELLED);

    /** Whether a run in this state may come into that one next. No state becomes itself. */
    public boolean canBecome(RunStatus next) {
        return TABLE.allows(this, next);
    }

    /** Whether the run goes on by itself: {@code result()} waits for it. */
    public boolean isActive() {
        return TABLE.isActive(this);
    }

    /** Whether the run rests and someone may set it going again. */
    public boolean isResumable() {
        return TABLE.isResumable(this);
    }

    /** Whether the run never changes again. */
    public boolean isDone() {
        return TABLE.isDone(this);
    }
}
