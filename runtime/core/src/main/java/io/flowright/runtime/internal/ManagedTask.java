package io.flowright.runtime.internal;

import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.UnexpectedNullException;
import io.flowright.runtime.generated.TaskSpec;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task with policies, a stage or a context, in one run. The order from the outside in is fallback, idempotency, retry, rate
 * limit, bulkhead, circuit breaker, timeout; what stands between the retry and the method are the {@link Gates}, the call
 * and its timeout the {@link Attempt}.
 *
 * <p>At any time one worker, one wait or one attempt holds the task, so its fields need no lock; the volatile ones are read by
 * snapshots and by a stop of the run.
 */
final class ManagedTask {

    /** What a task has reported. */
    record Reported(long done, long total) {}

    /** The attempt ended in a retry that goes through the gates anew. */
    private static final int AGAIN = -3;

    final FlowRun<?> run;
    final int number;
    final TaskSpec spec;

    private final Gates gates;
    private volatile int attempts;
    private volatile @Nullable Reported progress;
    private volatile @Nullable Attempt attempt;
    private @Nullable RetryDecision retry;

    /** The clock's reading when the first attempt of this execution came to the gates. */
    private long began;

    private boolean begun;

    ManagedTask(FlowRun<?> run, int number) {
        this.run = run;
        this.number = number;
        spec = run.graph.task(number);
        gates = new Gates(run, this, spec);
    }

    /** How many attempts have begun. */
    int attempts() {
        return attempts;
    }

    @Nullable
    Reported progress() {
        return progress;
    }

    /**
     * Takes the task as far as it goes now.
     *
     * @return the task that the worker is to run next, {@link ReadyTasks#NONE} or {@link Crew#ABANDONED}
     */
    int step(Worker worker) {
        if (run.crew().isStuck(number)) {
            return ReadyTasks.NONE;
        }
        if (!begun) {
            begun = true;
            began = run.core.clock().nanos();
        }
        int next;
        do {
            next = pass(worker);
        } while (next == AGAIN);
        return next;
    }

    private int pass(Worker worker) {
        Gates.Passage passage;
        try {
            passage = gates.pass();
        } catch (Throwable t) {
            // The key template calls user code; its failure is the task's, and no attempt that could be repeated.
            return end(worker, t);
        }
        return switch (passage) {
            case OPEN -> attempt(worker);
            case WAITING -> ReadyTasks.NONE;
            case TAKEN -> succeeded(worker);
            case REFUSED -> attemptFailed(worker, attempts, gates.refusal());
        };
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the holder of the task writes it.
    void beginAttempt() {
        attempts = attempts + 1;
    }

    /** The attempt did not come to an end of its own, so it does not count. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the holder of the task writes it.
    void withdrawAttempt() {
        attempts = attempts - 1;
    }

    private int attempt(Worker worker) {
        RunObserver observer = run.observer;
        if (observer != null && run.crew().halt() == Crew.Halt.GO) {
            // Before the user's code is on the thread: an interrupt of the attempt must not hit a listener.
            observer.started(spec.name(), attempts);
        }
        Attempt begun = new Attempt(this, worker, attempts, worker.enter(number), null);
        if (run.crew().halt() != Crew.Halt.GO) {
            worker.exit();
            return stopped();
        }
        begun.startTimer();
        return call(worker, begun);
    }

    /** The fallback is called as an attempt of its own: it may return a stage, and a stop of the run may interrupt it. */
    private int fallBack(Worker worker, Throwable failure) {
        Attempt begun = new Attempt(this, worker, attempts, worker.enter(number), failure);
        if (run.crew().halt() == Crew.Halt.STOP) {
            worker.exit();
            return stopped();
        }
        return call(worker, begun);
    }

    private int call(Worker worker, Attempt current) {
        attempt = current;
        run.board().set(number, TaskStatus.RUNNING);
        RunObserver observer = run.observer;
        Object value = null;
        Throwable failure = null;
        try {
            value = observer == null ? current.call() : observer.call(current);
        } catch (Throwable t) {
            failure = t;
        }
        Worker.Exit exit = worker.exit();
        if (exit == Worker.Exit.ABANDONED) {
            run.crew().returned(number);
            return Crew.ABANDONED;
        }
        if (!current.returned(value, failure, exit == Worker.Exit.INTERRUPTED)) {
            // Its stage is pending and holds the task from now on.
            return ReadyTasks.NONE;
        }
        return concluded(worker);
    }

    /** As {@link #step}, after an attempt that ended elsewhere. */
    int conclude(Worker worker) {
        int next = concluded(worker);
        return next == AGAIN ? step(worker) : next;
    }

    private int concluded(Worker worker) {
        Attempt over = Objects.requireNonNull(attempt);
        attempt = null;
        if (over.stopped()) {
            return stopped();
        }
        Throwable failure = over.failure();
        if (failure == null) {
            failure = keep(over.value());
        }
        Throwable answered = over.answered();
        if (answered != null) {
            return failure == null ? succeeded(worker) : fallbackFailed(answered, failure);
        }
        // From the inside out: who is next in the room is to find the breaker as this attempt left it.
        gates.tellBreaker(failure);
        gates.leaveRoom();
        if (failure != null) {
            return attemptFailed(worker, over.number(), failure);
        }
        gates.remember(over.value());
        return succeeded(worker);
    }

    /** The run stops; the task waits to be resumed. */
    private int stopped() {
        gates.retreat();
        run.crew().stopped(number);
        return ReadyTasks.NONE;
    }

    private int succeeded(Worker worker) {
        if (run.observer != null) {
            run.observer.succeeded(spec.name(), attempts, began);
        }
        return run.crew().succeeded(worker, number);
    }

    /** Stores the value in the frame; returns what is wrong with it. */
    private @Nullable Throwable keep(@Nullable Object value) {
        if (value == null && !spec.nullable()) {
            return new UnexpectedNullException(
                    spec.provides().isEmpty() ? spec.name() : spec.provides().get(0));
        }
        try {
            run.frame.put(number, value);
            return null;
        } catch (Throwable t) {
            return t;
        }
    }

    /** An attempt has failed: another follows, or the end. */
    private int attemptFailed(Worker worker, int attemptNumber, Throwable failure) {
        if (run.observer != null) {
            run.observer.attemptFailed(spec.name(), attemptNumber, failure);
        }
        if (spec.retry() != null) {
            if (retry == null) {
                retry = new RetryDecision(spec.retry());
            }
            Duration pause =
                    retry.next(failure, Duration.ofNanos(run.core.clock().nanos() - began));
            if (pause != null) {
                gates.pause(pause);
                if (run.observer != null) {
                    run.observer.retryScheduled(spec.name(), attempts + 1, pause);
                }
                return AGAIN;
            }
        }
        return end(worker, failure);
    }

    /** No attempt follows: the fallback answers, or the task has failed. */
    private int end(Worker worker, Throwable failure) {
        gates.freeKey();
        // If the run is resumed, the task has all its attempts again.
        gates.reset();
        retry = null;
        begun = false;
        if (spec.fallback() && isAnswered(failure)) {
            return fallBack(worker, failure);
        }
        run.failed(number, attempts, failure);
        return ReadyTasks.NONE;
    }

    private int fallbackFailed(Throwable answered, Throwable failure) {
        if (!failure.equals(answered)) {
            failure.addSuppressed(answered);
        }
        run.failed(number, attempts, failure);
        return ReadyTasks.NONE;
    }

    /** An Error is the JVM's word, not the task's; a fallback answers it only where it was named. */
    private boolean isAnswered(Throwable failure) {
        return !(failure instanceof Error)
                || (spec.retry() != null && spec.retry().on().stream().anyMatch(type -> type.isInstance(failure)));
    }

    /** The run has stopped, and nobody holds the task: it begins before its first gate when the run is resumed. */
    void rest() {
        gates.retreat();
        Attempt given = attempt;
        if (given != null) {
            // Its method did not heed the interrupt.
            given.drop();
            attempt = null;
        }
    }

    /** The run stops; a pending stage is given up too if {@code all}. */
    void stopWaiting(boolean all) {
        gates.stopWaiting();
        Attempt running = attempt;
        if (all && running != null) {
            running.giveUpStage();
        }
    }

    void report(long done, long total) {
        progress = new Reported(done, total);
        if (run.observer != null) {
            run.observer.emit((flow, id, sequence, at) ->
                    new FlowEvent.TaskProgressed(flow, id, sequence, at, spec.name(), done, total));
        }
    }

    String idempotencyKey() {
        return gates.idempotencyKey();
    }
}
