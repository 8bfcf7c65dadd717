package io.flowright.runtime.internal;

import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ManagedTask} executes, a task or one element of a task that runs for each: what is called, and where it is noted
 * how the execution stands and ends.
 */
interface Execution {

    /** The number of the task. */
    int task();

    /** The index of the element, or {@link Place#NO_ELEMENT}. */
    int element();

    default long place() {
        return Place.of(task(), element());
    }

    /** Whether attempts begin, and whether those that run are interrupted. */
    Crew.Halt halt();

    @Nullable
    Object call(TaskContext context) throws Throwable;

    @Nullable
    Object fallback(Throwable failure, TaskContext context) throws Throwable;

    @Nullable
    Object[] idempotencyKey();

    /** Keeps what the method returned. */
    void keep(@Nullable Object value);

    /** Keeps a result that was recorded by another execution. */
    void restore(byte @Nullable [] result);

    void note(TaskStatus status);

    /** It has succeeded after so many attempts, and its value is kept; returns the task that the worker is to run next. */
    int succeeded(Worker worker, int attempts);

    /** It has failed for good; returns the task that the worker is to run next. */
    int failed(Worker worker, int attempts, Throwable failure);

    /** A stop ended it before its time, which is no failure. */
    void stopped();

    /** It can go on; some worker is to take it. */
    void ready();
}
