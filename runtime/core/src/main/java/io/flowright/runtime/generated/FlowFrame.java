package io.flowright.runtime.generated;

import io.flowright.runtime.TaskContext;
import org.jspecify.annotations.Nullable;

/**
 * One run's values, in typed fields of the generated subclass, and the calls of its tasks.
 *
 * @param <R> the flow's result type
 */
public abstract class FlowFrame<R> {

    protected FlowFrame() {}

    /**
     * Runs all tasks in the order of their numbers, each after {@link #enter}. Overridden by flows whose tasks are all
     * direct; straight-line code that the JIT compiler can see through.
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

    /** Calls the fallback of a task. */
    public @Nullable Object fallback(int task, Throwable failure) throws Throwable {
        throw noSuchTask(task);
    }

    /** The rendered parts of an idempotent task's key: literal text (String) and values, in the template's order. */
    public @Nullable Object[] idempotencyKey(int task) {
        throw noSuchTask(task);
    }

    /** Lets go of the values of a key that is not kept; the number is that of the providing task and the key's place in it. */
    public void release(int task, int key) {
        throw noSuchTask(task);
    }

    /** The inputs, boxed, in declared order. */
    public abstract @Nullable Object[] inputs();

    /** The typed result of the finished run. */
    public abstract R result();

    /** Before each task of {@link #runAll}: notes the task, and ends the straight line when the run is to stop. */
    protected final void enter(int task) {}

    /** {@code value}, unless it is null: then the task that returned it fails. */
    protected static <T> T provided(@Nullable T value, String key) {
        if (value == null) {
            throw new NullPointerException(key);
        }
        return value;
    }

    /** {@code value}, unless it is null: then the caller of the flow made a mistake. */
    protected static <T> T input(@Nullable T value, String name) {
        if (value == null) {
            throw new NullPointerException("input " + name + " is null");
        }
        return value;
    }

    /** For the default branch of generated switches. */
    protected final IllegalArgumentException noSuchTask(int task) {
        return new IllegalArgumentException("no such task here: " + task);
    }
}
