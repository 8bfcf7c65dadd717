package io.flowright.runtime.internal;

import io.flowright.runtime.Progress;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.TaskTimeoutException;
import io.flowright.runtime.generated.TaskSpec;
import io.flowright.runtime.spi.FlowClock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a managed task. Its end has one author: the method that returned, the stage that completed, the timeout, or
 * a stop of the run; whoever comes later is ignored.
 */
final class Attempt implements TaskContext, Progress {

    private final ManagedTask task;
    private final Worker worker;
    private final int number;
    private final long entry;

    // All below: under this object's monitor.
    private boolean over;
    private boolean timedOut;
    private boolean stopped;
    private @Nullable CompletionStage<?> stage;
    private @Nullable Object value;
    private @Nullable Throwable failure;
    private FlowClock.@Nullable Scheduled timer;
    private FlowClock.@Nullable Scheduled abandonment;

    /**
     * @param entry the entry of user code on the worker's thread that is this attempt's
     */
    Attempt(ManagedTask task, Worker worker, int number, long entry) {
        this.entry = entry;
        this.task = task;
        this.worker = worker;
        this.number = number;
    }

    synchronized void startTimer() {
        Duration limit = task.spec.timeout();
        if (limit != null) {
            timer = task.run.core.clock().schedule(limit, this::timeOut);
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
                return true;
            }
            if (thrown != null || task.spec.kind() != TaskSpec.Kind.STAGE || result == null) {
                stopped = thrown != null && interrupted;
                finish(result, thrown);
                return true;
            }
            pending = (CompletionStage<?>) result;
            stage = pending;
        }
        task.run.crew().park();
        task.run.board().set(task.number, TaskStatus.WAITING);
        pending.whenComplete(this::completed);
        if (task.run.crew().halt() == Crew.Halt.STOP) {
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
            Throwable cause =
                    thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            finish(result, cause);
        }
        task.run.crew().concluded(task);
    }

    private void timeOut() {
        CompletionStage<?> pending;
        synchronized (this) {
            if (over) {
                return;
            }
            timedOut = true;
            pending = stage;
            if (pending == null) {
                worker.interrupt(entry);
                abandonment = task.run.core.clock().schedule(task.run.core.abandonAfter(), this::abandon);
            } else {
                finish(null, timeout(null));
            }
        }
        if (pending != null) {
            cancel(pending);
            task.run.crew().concluded(task);
        }
    }

    private void abandon() {
        synchronized (this) {
            if (over || !task.run.crew().abandon(worker, entry, true)) {
                return;
            }
            finish(null, timeout(null));
        }
        task.run.crew().concluded(task);
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
        } catch (UnsupportedOperationException e) {
            // The interface permits it; then the stage goes on and its completion is dropped.
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
    public String idempotencyKey() {
        return task.idempotencyKey();
    }

    @Override
    public Progress progress() {
        return this;
    }

    @Override
    public void update(long done, long total) {
        if (done < 0 || done > total) {
            throw new IllegalArgumentException("Progress of task '" + task() + "': " + done + " of " + total);
        }
        synchronized (this) {
            if (over) {
                return;
            }
        }
        task.report(done, total);
    }
}
