package io.flowright.runtime.internal;

import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.UnexpectedNullException;
import io.flowright.runtime.generated.TaskSpec;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task with policies, a stage or a context, in one run; of a task that runs for each element, one element. The order from the outside in is fallback, idempotency, retry, rate
 * limit, bulkhead, circuit breaker, timeout; what stands between the retry and the method are the {@link Gates}, the call
 * and its timeout the {@link Attempt}.
 *
 * <p>At any time one worker, one wait or one attempt holds the task, so its fields need no lock; the volatile ones are read by
 * snapshots and by a stop of the run.
 */
final class ManagedTask implements Conclusion {

    /** The attempt ended in a retry that goes through the gates anew. */
    private static final int AGAIN = -3;

    final FlowRun<?> run;
    final Execution execution;
    final TaskSpec spec;

    private final Gates gates;

    /** How many attempts count: all that have begun but those that a stop of the run ended. */
    private volatile int attempts;

    private volatile int stoppedAttempts;

    /** How its last attempt failed, if it did; of a task that succeeded: what its fallback answered. */
    private volatile @Nullable Throwable lastFailure;

    /** What its attempts have said of how far they are; null: nothing. */
    private volatile @Nullable ProgressLog log;

    private volatile @Nullable Attempt attempt;
    private @Nullable RetryDecision retry;

    /** The clock's reading when the first attempt of this execution came to the gates. */
    private long began;

    /** When the last attempt began; only where that is recorded. */
    private @Nullable Instant startedAt;

    /** How many attempts before this process count for the retries. */
    private int counted;

    private boolean begun;

    /** Whether the value is the stored result of another execution. */
    private boolean taken;

    ManagedTask(FlowRun<?> run, Execution execution) {
        this.run = run;
        this.execution = execution;
        spec = run.graph.task(execution.task());
        gates = new Gates(run, this, spec);
    }

    /** The number of the current attempt, or of the last one. */
    int attempts() {
        return attempts;
    }

    /** How many attempts have begun. */
    int begunAttempts() {
        return attempts + stoppedAttempts;
    }

    /** How its last attempt failed, if it did; of a task that succeeded: what its fallback answered. */
    @Nullable
    Throwable lastFailure() {
        return lastFailure;
    }

    /** What its attempts have said of how far they are; null: nothing. */
    @Nullable
    ProgressLog logIfAny() {
        return log;
    }

    /** Where an attempt says how far it is. Under the attempt's monitor. */
    ProgressLog log() {
        ProgressLog known = log;
        if (known == null) {
            Journal<?> journal = run.journal;
            known = new ProgressLog(
                    run,
                    spec.name(),
                    journal == null ? null : journal.lastReport(execution.task(), execution.element()));
            log = known;
        }
        return known;
    }

    /** Attempts of another stay of the run have said something. */
    void hadLog(@Nullable ProgressLog said) {
        log = said;
    }

    /** What it last said, as it was last looked at; null: nothing. */
    @Nullable
    ProgressReport said() {
        ProgressLog known = log;
        return known == null ? null : known.seen();
    }

    /**
     * Takes the task as far as it goes now.
     *
     * @return the task that the worker is to run next, {@link ReadyTasks#NONE} or {@link Crew#ABANDONED}
     */
    int step(Worker worker) {
        if (run.crew().isStuck(execution)) {
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
            case TAKEN -> {
                taken = true;
                yield succeeded(worker, null);
            }
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
        startedAt = run.journal == null ? null : run.journal.began();
        if (observer != null && execution.halt() == Crew.Halt.GO) {
            // Before the user's code is on the thread: an interrupt of the attempt must not hit a listener.
            observer.started(spec.name(), execution.element(), attempts);
        }
        Attempt begun = new Attempt(this, worker, attempts, worker.enter(execution.place()), null);
        if (execution.halt() != Crew.Halt.GO) {
            worker.exit();
            return stopped();
        }
        lastFailure = null;
        return call(worker, begun);
    }

    /** The fallback is called as an attempt of its own: it may return a stage, and a stop of the run may interrupt it. */
    private int fallBack(Worker worker, Throwable failure) {
        Attempt begun = new Attempt(this, worker, attempts, worker.enter(execution.place()), failure);
        if (execution.halt() == Crew.Halt.STOP) {
            worker.exit();
            return stopped();
        }
        return call(worker, begun);
    }

    private int call(Worker worker, Attempt current) {
        attempt = current;
        execution.note(TaskStatus.RUNNING);
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
            run.crew().returned(execution.place());
            return Crew.ABANDONED;
        }
        boolean interrupted = exit == Worker.Exit.INTERRUPTED
                || (failure != null && run.crew().callerInterrupted(worker, failure));
        if (!current.returned(value, failure, interrupted)) {
            // Its stage is pending and holds the task from now on.
            return ReadyTasks.NONE;
        }
        return concluded(worker);
    }

    @Override
    public int task() {
        return execution.task();
    }

    /** As {@link #step}, after an attempt that ended elsewhere. */
    @Override
    public int conclude(Worker worker) {
        int next = concluded(worker);
        return next == AGAIN ? step(worker) : next;
    }

    private int concluded(Worker worker) {
        Attempt over = Objects.requireNonNull(attempt);
        attempt = null;
        Throwable failure = over.failure();
        if (over.stopped() || (failure != null && run.handsOverWith(failure))) {
            countStopped(over);
            if (run.journal != null) {
                run.journal.interrupted(execution.task(), execution.element(), over.number(), startedAt);
            }
            return stopped();
        }
        if (failure == null) {
            failure = keep(over.value());
        }
        Throwable answered = over.answered();
        if (answered != null) {
            return failure == null ? succeeded(worker, answered) : fallbackFailed(worker, answered, failure);
        }
        // From the inside out: who is next in the room is to find the breaker as this attempt left it.
        gates.tellBreaker(failure);
        gates.leaveRoom();
        if (failure != null) {
            return attemptFailed(worker, over.number(), failure);
        }
        try {
            gates.remember(over.value());
        } catch (Throwable t) {
            // The store's failure. The task has done its work, so this is not for its retry to answer.
            return end(worker, t);
        }
        return succeeded(worker, null);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the holder of the task writes it.
    private void countStopped(Attempt over) {
        if (over.answered() == null) {
            stoppedAttempts = stoppedAttempts + 1;
        }
    }

    /** The run stops; the task waits to be resumed. */
    private int stopped() {
        gates.retreat();
        execution.stopped();
        return ReadyTasks.NONE;
    }

    private int succeeded(Worker worker, @Nullable Throwable answered) {
        lastFailure = answered;
        if (run.observer != null && run.journal == null && !isCompensation()) {
            run.observer.succeeded(spec.name(), execution.element(), attempts, began);
        }
        return execution.succeeded(worker, attempts);
    }

    private boolean isCompensation() {
        return execution.task() >= run.graph.size();
    }

    /** Keeps the value; returns what is wrong with it. */
    private @Nullable Throwable keep(@Nullable Object value) {
        if (value == null && !spec.nullable()) {
            return new UnexpectedNullException(FanOut.keyOf(spec));
        }
        try {
            if (!isCompensation()) {
                execution.keep(value);
            }
            return null;
        } catch (Throwable t) {
            return t;
        }
    }

    /** An attempt has failed: another follows, or the end. */
    private int attemptFailed(Worker worker, int attemptNumber, Throwable failure) {
        lastFailure = failure;
        if (run.observer != null) {
            run.observer.attemptFailed(spec.name(), execution.element(), attemptNumber, failure);
        }
        if (spec.retry() != null) {
            if (retry == null) {
                retry = new RetryDecision(spec.retry(), counted);
                counted = 0;
            }
            Duration pause =
                    retry.next(failure, Duration.ofNanos(run.core.clock().nanos() - began));
            if (pause != null) {
                gates.pause(pause);
                if (run.journal != null) {
                    run.journal.retrying(execution.task(), execution.element(), attempts, failure, pause);
                }
                if (run.observer != null) {
                    run.observer.retryScheduled(spec.name(), execution.element(), attempts + 1, pause);
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
        return execution.failed(worker, attempts, failure);
    }

    private int fallbackFailed(Worker worker, Throwable answered, Throwable failure) {
        if (!failure.equals(answered)) {
            failure.addSuppressed(answered);
        }
        return execution.failed(worker, attempts, failure);
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
            countStopped(given);
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

    /**
     * Whether the task, which has succeeded, has done something that is to be undone: a value that was stored before is another
     * execution's.
     *
     * @param started whether an outcome that is not known is to be undone too, as there is behind a fallback's value
     */
    boolean isToUndo(boolean started) {
        return !taken && (started || lastFailure == null);
    }

    /** What the task did has been undone: its remembered result is no longer true. */
    void revoke() {
        gates.revokeKey();
    }

    /** The task has had attempts in a process that is gone; the next is due after {@code pause}. */
    void restore(Replay.Known known, Duration pause) {
        attempts = known.attempts();
        counted = known.countedAttempts();
        TaskRecord end = known.end();
        taken = end != null && end.status() == TaskRecord.Status.TAKEN;
        TaskRecord last = known.last();
        if (last != null && last.error() != null && run.journal != null) {
            lastFailure = run.journal.failureOf(last);
        }
        if (last != null && last.progress() != null) {
            log();
        }
        if (end == null && !pause.isZero()) {
            gates.pause(pause);
        }
    }

    /** So many attempts of another stay of the run have ended before. */
    void hadAttempts(int number) {
        attempts = number;
    }

    /** Whether the value is the stored result of another execution. */
    boolean isTaken() {
        return taken;
    }

    /** What is to be written because the execution has succeeded with this result; null: nothing. */
    @Nullable
    KeyWrite completion(byte @Nullable [] result) {
        return gates.completion(result);
    }

    /** When the last attempt began; null: none did. */
    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    /** The clock's reading when the first attempt came to the gates. */
    long began() {
        return began;
    }

    String idempotencyKey() {
        return gates.idempotencyKey();
    }
}
