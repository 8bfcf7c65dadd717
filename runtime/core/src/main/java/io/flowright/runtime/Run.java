package io.flowright.runtime;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

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
     * @throws FlowFailedException if a task failed, whether or not the run was undone then; failures of compensations are
     *     suppressed exceptions. An {@link Error} of a task is thrown as it is
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

    /**
     * No further task starts; the run is {@code PAUSED} when those that run have finished. A run that has not begun, because
     * it waits for its turn ({@link Engine.Builder#maxActiveRuns}), is paused as soon as it has its turn, before its first
     * task. Nothing happens to a run that is not active. A run that another engine works on is told through the store, within a second.
     */
    default void pause() {
        pause(PauseMode.DRAIN);
    }

    /**
     * As {@link #pause()}, and says what becomes of the tasks that run. With {@link PauseMode#INTERRUPT} they are interrupted, and run
     * again, with the same arguments, when the run goes on; no policy counts such an attempt as a failure.
     */
    void pause(PauseMode mode);

    /**
     * Goes on with a run that is paused or failed: failed tasks run again with the same arguments, then the rest. One that
     * was being undone goes on with that, and compensations that failed run again. A
     * sequential engine does it on the calling thread before this method returns. An engine that bounds its active runs
     * counts it as one of them again: beyond {@link Engine.Builder#maxActiveRuns} this method waits, or refuses, as a start
     * does, and the run stays as it is meanwhile.
     *
     * <p>A task that had failed has all attempts of its {@code @Retry} again, and their numbers go on; one that was paused
     * between two attempts has those that were left. The {@linkplain RunOptions#deadline() deadline} ended with the stop: a
     * resumed run has none.
     *
     * @return whether this call resumed it; false: it was neither paused nor failed, or no longer when its turn came
     * @throws EngineRejectedException if the engine has as many active runs as it may and refuses more
     * @throws FlowInterruptedException if the thread is interrupted while it waits for the turn; the run stays as it is
     * @throws IllegalStateException if the engine is closed
     */
    boolean resume();

    /**
     * As {@link #resume()}, for a run whose task is in doubt ({@link InDoubtException}): the task has done its work, and this is its
     * result. Anything else that has failed runs again.
     *
     * @param task the durable name of a task that has failed and runs once
     * @param result what its method would have returned; null for a task that returns nothing
     * @return whether this call resumed it
     * @throws IllegalArgumentException if there is no such task, or it has not failed
     * @throws IllegalStateException if the run is not in a store, where no task is in doubt, or the engine is closed
     */
    boolean resume(String task, @Nullable Object result);

    /**
     * No further task starts, running ones are interrupted, and the run is {@code CANCELLED}; one that has not begun, or
     * rests, at once. What its tasks did stays. Nothing happens to a run that is done, nor to one that is being undone: pause
     * that first.
     */
    void cancel();

    /**
     * As {@link #cancel()}, and says what becomes of what the tasks did. With {@link CancelMode#COMPENSATE} the run is
     * {@code COMPENSATING} once nothing runs any more, and {@link #result()} throws a {@link FlowFailedException} with a
     * {@link java.util.concurrent.CancellationException} as its cause, unless something had failed before. A run that rests
     * goes on as by {@link #resume()}, but with its compensations. Where the flow has none, or the run has not begun, there is
     * nothing to undo, and the run is {@code CANCELLED}.
     *
     * @throws EngineRejectedException if the run rests, and the engine has as many active runs as it may and refuses more
     * @throws FlowInterruptedException if the thread is interrupted while a run that rests waits for its turn
     * @throws IllegalStateException if the run rests and the engine is closed
     */
    void cancel(CancelMode mode);
}
