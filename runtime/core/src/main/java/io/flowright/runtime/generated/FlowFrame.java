package io.flowright.runtime.generated;

import io.flowright.runtime.TaskContext;
import io.flowright.runtime.UnexpectedNullException;
import org.jspecify.annotations.Nullable;

/**
 * The values of one run, in typed fields of the generated subclass, and the calls of its tasks.
 *
 * <p>A frame has no locks: the scheduler sees to it that what a task wrote happens-before whatever reads it.
 *
 * @param <R> the flow's result type
 */
public abstract class FlowFrame<R> {

    private int position = -1;

    private volatile boolean stopped;

    protected FlowFrame() {}

    /**
     * Runs all tasks in the order of their numbers, each after {@link #enter}. Flows whose tasks are all direct override
     * it with straight-line code, which the JIT compiler sees through: on one thread with nobody watching there is nothing
     * left to decide between two tasks.
     */
    public void runAll() throws Throwable {
        throw new UnsupportedOperationException();
    }

    /** Runs a direct task and keeps its result. */
    public void run(int task) throws Throwable {
        throw noSuchTask(task);
    }

    /** Calls the method of a managed task and returns its result (a stage, for one that returns a stage). */
    public @Nullable Object call(int task, TaskContext context) throws Throwable {
        throw noSuchTask(task);
    }

    /** Keeps the result of a managed task; a record with several keys is taken apart here. */
    public void put(int task, @Nullable Object value) {
        throw noSuchTask(task);
    }

    /** Calls the fallback of a task and returns its result (a stage, where the task returns a stage). */
    public @Nullable Object fallback(int task, Throwable failure, TaskContext context) throws Throwable {
        throw noSuchTask(task);
    }

    /** The parts of an idempotent task's key in the template's order: literal text and values. */
    public @Nullable Object[] idempotencyKey(int task) {
        throw noSuchTask(task);
    }

    /** Lets go of a value that is not kept: that of key number {@code key} of those that {@code task} provides. */
    public void release(int task, int key) {
        throw noSuchTask(task);
    }

    /** The inputs, boxed, in declared order. */
    public abstract @Nullable Object[] inputs();

    /** The typed result of the finished run. */
    public abstract R result();

    /**
     * Comes before each task of {@link #runAll}: notes which task it is, and ends the straight line when the run is to
     * stop.
     */
    protected final void enter(int task) {
        position = task;
        if (stopped) {
            throw StraightLineStopped.INSTANCE;
        }
    }

    /** The task that {@link #runAll} entered last; -1 before the first. For the thread that runs it. */
    public final int position() {
        return position;
    }

    /** Sees to it that {@link #runAll} enters no further task. From any thread. */
    public final void stop() {
        stopped = true;
    }

    /** Whether {@link #stop} was called. */
    public final boolean stopped() {
        return stopped;
    }

    /** {@code value}, unless it is null: then the task that returned it fails. */
    protected static <T> T provided(@Nullable T value, String key) {
        if (value == null) {
            throw new UnexpectedNullException(key);
        }
        return value;
    }

    /** {@code value}, unless it is null: then the caller of the flow made a mistake. */
    protected static <T> T input(@Nullable T value, String name) {
        if (value == null) {
            throw new NullPointerException("Input '" + name + "' is null");
        }
        return value;
    }

    /** For the default branch of generated switches. */
    protected static IllegalArgumentException noSuchTask(int task) {
        return new IllegalArgumentException("No such task here: " + task);
    }
}
