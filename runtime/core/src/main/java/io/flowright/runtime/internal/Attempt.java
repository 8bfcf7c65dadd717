package io.flowright.runtime.internal;

import io.flowright.runtime.Progress;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.TaskTimeoutException;
import io.flowright.runtime.generated.TaskSpec;
import io.flowright.runtime.spi.FlowClock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a managed task. Its end has one author: the method that returned, the stage that completed, the timeout, or
 * a stop of the run; whoever comes later is ignored.
 */
final class Attempt implements TaskContext {

    private final ManagedTask task;
    private final Worker worker;
    private final int number;
    private final long entry;
    private final @Nullable Throwable answered;

    // All below: under this object's monitor.
    private boolean over;
    private @Nullable AttemptProgress progress;
    private boolean timedOut;
    private boolean stopped;
    private @Nullable CompletionStage<?> stage;
    private @Nullable Object value;
    private @Nullable Throwable failure;
    private FlowClock.@Nullable Scheduled timer;
    private FlowClock.@Nullable Scheduled abandonment;

    /**
     * @param entry the entry of user code on the worker's thread that is this attempt's
     * @param answered the failure that the fallback answers; null: the task's own method is called
     */
    Attempt(ManagedTask task, Worker worker, int number, long entry, @Nullable Throwable answered) {
        this.entry = entry;
        this.answered = answered;
        this.task = task;
        this.worker = worker;
        this.number = number;
    }

    /** Calls the method, whose time runs from now on, or the fallback, which has all the time it wants. */
    @Nullable
    Object call() throws Throwable {
        if (answered != null) {
            return task.execution.fallback(answered, this);
        }
        startTimer();
        return task.execution.call(this);
    }

    /** The failure that this is the answer to; null: it is an attempt of the task itself. */
    @Nullable
    Throwable answered() {
        return answered;
    }

    private synchronized void startTimer() {
        Duration limit = task.spec.timeout();
        if (limit != null) {
            timer = task.run.core.schedule(limit, this::timeOut);
        }
    }

    /**
     * The method has returned, or thrown.
     *
     * @return whether the attempt is over; false: a stage is pending
     */
    boolean returned(@Nullable Object result, @Nullable Throwable thrown, boolean interrupted) {
        CompletionStage<?> pending;
        synchronized (this) {
            if (timedOut) {
                finish(null, timeout(thrown));
                if (result instanceof CompletionStage<?> late) {
                    cancel(late);
                }
                return true;
            }
            if (thrown != null || task.spec.kind() != TaskSpec.Kind.STAGE || result == null) {
                stopped = thrown != null && interrupted;
                finish(result, thrown);
                return true;
            }
            pending = (CompletionStage<?>) result;
            try {
                if (pending instanceof CompletableFuture<?> future && future.isDone()) {
                    // The thread goes on with it, as with a value.
                    finish(future.join(), null);
                    return true;
                }
            } catch (Throwable t) {
                stopped = interrupted;
                finish(null, unwrapped(t));
                return true;
            }
            // First of all, because from the moment at which the stage is to be seen a timeout can end the attempt and
            // another worker go on with the task.
            task.run.crew().park();
            task.execution.note(TaskStatus.WAITING);
            stage = pending;
        }
        try {
            pending.whenComplete(this::completed);
        } catch (Throwable t) {
            // The stage is the user's code: nothing that it throws may leave the task to nobody.
            completed(null, t);
        }
        if (task.execution.halt() == Crew.Halt.STOP) {
            // The stop may have looked before the stage was to be seen.
            giveUpStage();
        }
        return false;
    }

    private void completed(@Nullable Object result, @Nullable Throwable thrown) {
        synchronized (this) {
            if (over) {
                return;
            }
            finish(result, unwrapped(thrown));
        }
        task.run.crew().concluded(task);
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private void timeOut() {
        CompletionStage<?> pending;
        synchronized (this) {
            if (over) {
                return;
            }
            timedOut = true;
            pending = stage;
            if (pending != null) {
                finish(null, timeout(null));
            }
        }
        if (pending == null) {
            // Not under the monitor: it may cancel a run within, whose listeners and stages are not ours.
            worker.interrupt(entry);
            watch();
        } else {
            cancel(pending);
            task.run.crew().concluded(task);
        }
    }

    /** The method has been interrupted; it has only so much time to heed that. */
    private synchronized void watch() {
        if (!over) {
            abandonment = task.run.core.schedule(task.run.core.abandonAfter(), this::abandon);
        }
    }

    /** The method does not heed the interrupt. */
    private void abandon() {
        // Not under the monitor: listeners are told. Once the worker is given up, nobody else ends this attempt.
        if (!task.run.crew().abandon(worker, entry, true)) {
            return;
        }
        synchronized (this) {
            finish(null, timeout(null));
        }
        task.run.crew().concluded(task);
    }

    /** The run has stopped and gone on without the method, which is still on its thread. */
    synchronized void drop() {
        finish(null, null);
    }

    /** The run stops: a pending stage is cancelled, and what it completes with later is dropped. */
    void giveUpStage() {
        CompletionStage<?> pending;
        synchronized (this) {
            pending = stage;
            if (over || pending == null) {
                return;
            }
            stopped = true;
            finish(null, null);
        }
        cancel(pending);
        task.run.crew().concluded(task);
    }

    private static void cancel(CompletionStage<?> pending) {
        try {
            pending.toCompletableFuture().cancel(true);
        } catch (Throwable t) {
            // The interface lets a stage refuse; then it goes on and its completion is dropped.
        }
    }

    private TaskTimeoutException timeout(@Nullable Throwable thrown) {
        TaskTimeoutException timeout =
                new TaskTimeoutException(task.spec.name(), Objects.requireNonNull(task.spec.timeout()));
        if (thrown != null) {
            timeout.addSuppressed(thrown);
        }
        return timeout;
    }

    private void finish(@Nullable Object result, @Nullable Throwable thrown) {
        over = true;
        if (progress != null) {
            progress.freeze();
        }
        value = result;
        failure = thrown;
        if (timer != null) {
            timer.cancel();
        }
        if (abandonment != null) {
            abandonment.cancel();
        }
    }

    int number() {
        return number;
    }

    synchronized boolean isOver() {
        return over;
    }

    synchronized @Nullable Object value() {
        return value;
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Whether it ended because the run stops, which is no failure. */
    synchronized boolean stopped() {
        return stopped;
    }

    @Override
    public String flow() {
        return task.run.graph.name();
    }

    @Override
    public String task() {
        return task.spec.name();
    }

    @Override
    public String runId() {
        return task.run.id();
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public int element() {
        return task.execution.element();
    }

    @Override
    public String idempotencyKey() {
        return task.idempotencyKey();
    }

    @Override
    public long fencingToken() {
        Journal<?> journal = task.run.journal;
        return journal == null ? 0 : journal.epoch();
    }

    @Override
    public synchronized Progress progress() {
        if (progress == null) {
            progress = new AttemptProgress(this, task);
        }
        return progress;
    }
}
