package io.flowright.annotations;

/**
 * What becomes of a run when one of its tasks has failed for good.
 *
 * <pre>{@code
 * @Flow(onFailure = OnFailure.CONTINUE)
 * class NightlyTasks {
 *     @Task
 *     void rotateLogs() {}
 *
 *     @Task
 *     void sendReports() {}
 * }
 * }</pre>
 */
public enum OnFailure {
    /** {@link #COMPENSATE} if a task of the flow has a compensation, else {@link #HOLD}. */
    DEFAULT,
    /**
     * No further task starts, running ones are awaited and their results kept (under {@code run} they are interrupted). The run is
     * {@code FAILED}, and resuming it runs the failed tasks again, then the rest.
     */
    HOLD,
    /**
     * As {@link #HOLD}, then what succeeded is undone by its {@link Compensates compensations}: the run is {@code COMPENSATING}, then
     * {@code COMPENSATED}, or {@code COMPENSATION_FAILED} if one of them failed. After a {@link VirtualMachineError}, or without a
     * thread to run on, nothing is undone and the run is {@code FAILED}.
     */
    COMPENSATE,
    /** All that does not depend on the failed task still runs; then the run is {@code FAILED}, with every failure. */
    CONTINUE
}
