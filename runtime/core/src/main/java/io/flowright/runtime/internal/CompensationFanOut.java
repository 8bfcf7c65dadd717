package io.flowright.runtime.internal;

import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.generated.UndoneElement;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A compensation that runs for each element for which its task has done something. One that fails does not stop the others. */
final class CompensationFanOut extends FanOut {

    private final ElementEffects effects;

    /** The elements whose compensations have failed. */
    private final Set<Integer> failed = ConcurrentHashMap.newKeySet();

    CompensationFanOut(FlowRun<?> run, int number, ElementEffects effects) {
        super(run, number, effects.size());
        this.effects = effects;
        effects.attempts().forEach(this::hadAttempts);
        Replay.Known known = run.journal == null ? null : run.journal.known(number);
        if (known != null) {
            known.elements().forEach(this::goesOnUnlessEnded);
        }
    }

    /** One that has had further attempts here begins anew. */
    private void goesOnUnlessEnded(int index, Replay.Known known) {
        if (known.end() == null && earlierAttempts(index) == known.attempts()) {
            goesOn(index, known);
        }
    }

    @Override
    int open(Worker worker) {
        throw new IllegalStateException("the elements of " + spec.name() + " are known");
    }

    @Override
    UndoneElement element(int index) {
        return effects.element(index);
    }

    @Override
    boolean hasEnded(int index) {
        return !effects.isLeft(index) || failed.contains(index);
    }

    @Override
    void begins(int index) {}

    @Override
    boolean keep(int index, int attempts, @Nullable Object value, @Nullable ManagedTask managed) {
        try {
            effects.undone(index);
        } catch (Throwable t) {
            // As long as the result is remembered, others take what is no longer true.
            return keepFailure(index, attempts, t);
        }
        run.elementCompensated(task, index, attempts);
        return true;
    }

    @Override
    boolean keepFailure(int index, int attempts, Throwable cause) {
        failed.add(index);
        effects.attempted(index, attempts);
        run.elementNotCompensated(task, index, attempts, cause);
        return true;
    }

    @Override
    int record(
            Worker worker,
            Journal<?> journal,
            int index,
            int attempts,
            @Nullable Object value,
            @Nullable ManagedTask managed,
            @Nullable Instant startedAt,
            Journal.Continuation then) {
        try {
            effects.revoke(index);
        } catch (Throwable t) {
            return notRecordable(worker, index, attempts, t);
        }
        return journal.compensated(worker, task, index, attempts, next -> {
            effects.forget(index);
            run.elementCompensated(task, index, attempts);
            return then.go(next);
        });
    }

    /** The failure goes with whatever is recorded next. */
    @Override
    int recordFailure(
            Worker worker, Journal<?> journal, int index, int attempts, Throwable cause, Journal.Continuation then) {
        journal.failed(task, index, attempts, cause);
        return then.go(worker);
    }

    @Override
    int end(Worker worker, boolean complete) {
        if (!complete) {
            // Some are left. The run rests before it can be resumed, and then they are due again.
            return ReadyTasks.NONE;
        }
        return failed.isEmpty() ? run.compensated(worker, task, 1) : run.notCompensated(worker, task);
    }

    @Override
    boolean forgetFailures() {
        // Those that failed have failed for good, until the undoing begins again.
        return false;
    }

    @Override
    ProgressReport progress() {
        return effects.progress();
    }
}
