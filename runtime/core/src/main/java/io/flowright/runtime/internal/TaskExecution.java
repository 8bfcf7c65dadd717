package io.flowright.runtime.internal;

import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TaskStatus;
import org.jspecify.annotations.Nullable;

/** The execution of a task that runs once. */
record TaskExecution(FlowRun<?> run, int task) implements Execution {

    @Override
    public int element() {
        return Place.NO_ELEMENT;
    }

    @Override
    public Crew.Halt halt() {
        return run.crew().halt();
    }

    @Override
    public @Nullable Object call(TaskContext context) throws Throwable {
        return run.frame.call(task, context);
    }

    @Override
    public @Nullable Object fallback(Throwable failure, TaskContext context) throws Throwable {
        return run.frame.fallback(task, failure, context);
    }

    @Override
    public @Nullable Object[] idempotencyKey() {
        return run.frame.idempotencyKey(task);
    }

    @Override
    public void keep(@Nullable Object value) {
        run.frame.put(task, value);
    }

    @Override
    public void restore(byte @Nullable [] result) {
        run.restore(task, result);
    }

    @Override
    public void note(TaskStatus status) {
        run.board().set(task, status);
    }

    @Override
    public int succeeded(Worker worker, int attempts) {
        if (task >= run.graph.size()) {
            return run.compensated(worker, task, attempts);
        }
        Journal<?> journal = run.journal;
        ManagedTask managed = run.crew().managed(task);
        return journal == null || managed == null
                ? run.crew().succeeded(worker, task)
                : journal.succeeded(worker, task, attempts, managed, managed.startedAt(), managed.began());
    }

    @Override
    public int failed(Worker worker, int attempts, Throwable failure) {
        return run.failed(worker, task, Place.NO_ELEMENT, attempts, failure);
    }

    @Override
    public void stopped() {
        run.crew().stopped(task);
    }

    @Override
    public void ready() {
        run.crew().makeReady(task);
    }
}
