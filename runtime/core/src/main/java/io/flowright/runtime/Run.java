package io.flowright.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * A run of a flow. Thread-safe.
 *
 * @param <R> the flow's result type
 */
public interface Run<R> {

    /** The id that was given with {@link RunOptions#id}, else one of its own. */
    String id();

    /** The state at this moment. */
    RunStatus status();

    /**
     * Waits until the run is no longer active and returns its result. On an engine's own thread the waiting thread runs
     * tasks of this run meanwhile.
     *
     * @throws FlowFailedException if a task failed; an {@link Error} of a task is thrown as it is
     * @throws RunPausedException if the run is paused
     * @throws java.util.concurrent.CancellationException if the run was cancelled
     * @throws FlowInterruptedException if the waiting thread is interrupted; the run goes on
     */
    R result();

    /**
     * As {@link #result()}, for at most {@code timeout}; when it runs out, the run goes on.
     *
     * @throws TimeoutException if the run is still active then
     */
    R result(Duration timeout) throws TimeoutException;

    /**
     * Completes as {@link #result()} ends, save that a pause does not end it. Each call returns a new future; completing
     * or cancelling it does nothing to the run.
     */
    CompletableFuture<R> future();

    /** What the run and each of its tasks are doing at this moment. */
    RunSnapshot snapshot();

    /** No further task starts; the run is {@code PAUSED} when those that run have finished. */
    void pause();

    /**
     * Goes on with a run that is paused or failed: failed tasks run again with the same arguments, then the rest. A
     * sequential engine does it on the calling thread before this method returns.
     *
     * @return whether this call resumed it; false: it was neither paused nor failed
     */
    boolean resume();

    /** No further task starts, running ones are interrupted, and the run is {@code CANCELLED}. */
    void cancel();
}
