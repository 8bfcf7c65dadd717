package io.flowright.runtime.internal;

import io.flowright.runtime.InDoubtException;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.QuorumNotReachedException;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.UnexpectedNullException;
import io.flowright.runtime.generated.CompensationSpec;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A task that runs for each element of a key or an input. */
final class TaskFanOut extends FanOut {

    /** What undoes the task; null: nothing does. */
    private final @Nullable CompensationSpec compensation;

    // Written once, before the task is offered to others; what is no longer needed is let go at the end.
    private @Nullable Object[] elements = {};
    private volatile @Nullable ElementEffects effects;
    private volatile ElementResults results;

    /** The task has failed, and the run goes on without it: nothing of it runs again. */
    private volatile boolean tolerated;

    /** The clock's reading when the elements were read; for listeners. */
    private long began;

    /** How many attempts the element had for which the task failed. */
    private volatile int attempts = 1;

    TaskFanOut(FlowRun<?> run, int task) {
        super(run, task, -1);
        compensation = run.graph.compensationOf(task);
        results = new ElementResults(spec, 0);
    }

    /** Reads the elements, which may call code of the user's. */
    @Override
    int open(Worker worker) {
        TaskExecution whole = new TaskExecution(run, task);
        if (run.crew().isStuck(whole)) {
            return ReadyTasks.NONE;
        }
        RunObserver observer = run.observer;
        if (observer != null && run.crew().halt() == Crew.Halt.GO) {
            began = run.core.clock().nanos();
            observer.started(spec.name(), Place.NO_ELEMENT, 1);
        }
        worker.enter(whole.place());
        if (run.crew().halt() != Crew.Halt.GO) {
            worker.exit();
            whole.ready();
            return ReadyTasks.NONE;
        }
        whole.note(TaskStatus.RUNNING);
        @Nullable Object[] read = {};
        Throwable thrown = null;
        try {
            read = run.frame.elements(task);
        } catch (Throwable t) {
            thrown = t;
        }
        Worker.Exit exit = worker.exit();
        if (exit == Worker.Exit.ABANDONED) {
            run.crew().returned(whole.place());
            return Crew.ABANDONED;
        }
        if (thrown != null) {
            if (run.crew().isStopped(worker, exit, thrown)) {
                whole.stopped();
                return ReadyTasks.NONE;
            }
            return whole.failed(worker, 1, thrown);
        }
        Throwable mistake = mistakeOf(read);
        if (mistake != null) {
            return whole.failed(worker, 1, mistake);
        }
        elements = read;
        results = new ElementResults(spec, read.length);
        effects = compensation == null ? null : new ElementEffects(read.length, compensation.started());
        Journal<?> journal = run.journal;
        Replay.Known known = journal == null ? null : journal.known(task);
        if (journal != null && known != null) {
            // Of a run that was resumed: elements whose failures were too many run again.
            boolean again = each.quorum() > 0 && known.last() != null && known.end() == null;
            known.elements().forEach((index, element) -> restore(journal, index, element, again));
            countLate(journal, known);
        }
        boolean ended = results.failure() != null || results.isQuorumReached();
        if (journal != null && (journal.isGathering() || ended) && !spec.pure() && results.count() < read.length) {
            // What is missing does not run any more, though it may have begun in the process that is gone.
            noteBegun(journal);
            if (!ended) {
                whole.note(TaskStatus.PENDING);
                return ReadyTasks.NONE;
            }
        }
        return opened(worker, read.length, ended);
    }

    /**
     * Where the process died before all of those were on record that had reached the quorum, nobody has used their results. Then elements
     * that came after them count, in the order in which they were written: who finds the run later still comes to the same ones.
     */
    private void countLate(Journal<?> journal, Replay.Known known) {
        List<Map.Entry<Integer, Replay.Known>> late = known.elements().entrySet().stream()
                .filter(element -> element.getValue().isLate())
                .sorted(Comparator.comparingInt(element -> element.getValue().position()))
                .toList();
        for (Map.Entry<Integer, Replay.Known> element : late) {
            if (results.isQuorumReached() || results.failure() != null) {
                return;
            }
            byte[] result = Objects.requireNonNull(element.getValue().end()).result();
            count(journal, element.getKey(), run.restoredElement(task, result), result);
        }
    }

    /** The element is among the results. */
    private void count(Journal<?> journal, int index, @Nullable Object value, byte @Nullable [] result) {
        results.add(index, asReturned(value));
        journal.elementFound(task, index, result);
    }

    private void restore(Journal<?> journal, int index, Replay.Known known, boolean again) {
        if (index >= elements.length) {
            throw new IllegalStateException(
                    "task '" + spec.name() + "' has the record of element " + index + ", but only " + elements.length
                            + " elements: " + each.source() + " is not what it was when it was recorded");
        }
        hadAttempts(index, known.attempts());
        TaskRecord end = known.end();
        if (again && end != null && end.status() == TaskRecord.Status.TOLERATED && end.error() != null) {
            begins(index);
            return;
        }
        if (end == null) {
            goesOn(index, known);
            if (known.isInDoubt() && spec.once() && !journal.isGathering()) {
                results.addFailure(index, known.attempts(), new InDoubtException(spec.name()));
            } else {
                begins(index);
            }
            return;
        }
        boolean taken = end.status() == TaskRecord.Status.TAKEN;
        boolean late = known.isLate();
        if (taken || late || end.status() == TaskRecord.Status.SUCCEEDED) {
            Object value = run.restoredElement(task, end.result());
            if (!late) {
                count(journal, index, value, end.result());
            }
            ElementEffects undoable = effects;
            if (undoable != null && !taken) {
                undoable.succeeded(index, elements[index], value, restoredElement(index, known));
            }
            return;
        }
        begins(index);
        results.addFailure(index, end.attempt(), journal.failureOf(end));
    }

    /**
     * What may have begun: all that is missing; but of a run that had turned back, that is on record, and only what a stop cut short is
     * not.
     */
    private void noteBegun(Journal<?> journal) {
        ElementEffects undoable = effects;
        if (undoable == null) {
            return;
        }
        for (int index = 0; index < elements.length; index++) {
            boolean begun = !journal.isTurning() || journal.wasInterrupted(task, index);
            if (begun && !results.has(index) && !undoable.isLeft(index)) {
                undoable.began(index, elements[index]);
            }
        }
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
        Object given = given(value);
        boolean absent = each.optionalResults() && given == null;
        byte[] result;
        Object kept;
        try {
            result = journal.values().element(task, absent, given);
            kept = absent ? null : journal.values().seen(task, result, given);
        } catch (RuntimeException e) {
            return notRecordable(worker, index, attempts, e);
        }
        if (!keep(index, attempts, asReturned(kept), managed)) {
            close();
        }
        if (!results.has(index)) {
            // The quorum was reached without it. Were it recorded as one of them, it might be among the results after a
            // crash.
            return compensation == null
                    ? then.go(worker)
                    : journal.elementLate(worker, task, index, attempts, result, then);
        }
        return journal.elementSucceeded(worker, task, index, attempts, managed, result, startedAt, then);
    }

    @Override
    int recordFailure(
            Worker worker, Journal<?> journal, int index, int attempts, Throwable cause, Journal.Continuation then) {
        return journal.elementTolerated(worker, task, index, attempts, cause, then);
    }

    private @Nullable Throwable mistakeOf(@Nullable Object[] read) {
        int hole = each.nullableElements() ? -1 : Arrays.asList(read).indexOf(null);
        if (hole >= 0) {
            return UnexpectedNullException.ofElement(each.source(), hole);
        }
        return read.length < each.quorum()
                ? new QuorumNotReachedException(spec.name(), each.quorum(), read.length, 0)
                : null;
    }

    @Override
    @Nullable
    Object element(int index) {
        return elements[index];
    }

    @Override
    boolean hasEnded(int index) {
        // A worker may still look for an element when others have ended them all, and the results have been handed
        // over.
        ElementResults known = results;
        return index >= known.size() || known.has(index);
    }

    @Override
    void begins(int index) {
        ElementEffects undoable = effects;
        if (undoable != null) {
            undoable.began(index, elements[index]);
        }
    }

    @Override
    boolean keep(int index, int attempts, @Nullable Object value, @Nullable ManagedTask managed) {
        ElementEffects undoable = effects;
        if (undoable != null) {
            undoable.succeeded(index, elements[index], given(value), managed);
        }
        return !results.add(index, value);
    }

    @Override
    boolean keepFailure(int index, int attempts, Throwable cause) {
        if (run.observer != null) {
            run.observer.failed(spec.name(), index, attempts, cause);
        }
        return results.addFailure(index, attempts, cause);
    }

    @Override
    int end(Worker worker, boolean complete) {
        ElementResults.Failure failure = results.failure();
        if (failure != null) {
            attempts = failure.attempts();
            return fail(worker, failure.element(), failure.cause());
        }
        if (!complete) {
            // Some results are missing. The run rests before it can be resumed, and then they are due again.
            return ReadyTasks.NONE;
        }
        try {
            run.frame.put(task, results.values());
        } catch (Throwable t) {
            return fail(worker, Place.NO_ELEMENT, t);
        }
        elements = new Object[0];
        results = new ElementResults(spec, 0);
        if (run.observer != null) {
            run.observer.succeeded(spec.name(), Place.NO_ELEMENT, 1, began);
        }
        return run.crew().succeeded(worker, task);
    }

    /** The task has failed, with one element or as a whole; returns the task that the worker is to run next. */
    private int fail(Worker worker, int element, Throwable cause) {
        if (run.goesOnWithout(task, cause)) {
            tolerated = true;
            elements = new Object[0];
        }
        return run.failed(worker, task, element, attempts, cause);
    }

    @Override
    void rest() {
        if (!tolerated) {
            super.rest();
        }
    }

    @Override
    boolean forgetFailures() {
        results.forgetFailures();
        return results.isQuorumReached();
    }

    @Override
    @Nullable
    ProgressReport progress() {
        int all = total();
        if (all < 0) {
            return null;
        }
        ElementResults known = results;
        // Once the task has succeeded there are none any more.
        return ProgressReport.of(known.size() < all ? all : known.count(), all);
    }

    /** What there is to undo; null: nothing, or nothing can be. */
    @Nullable
    ElementEffects effects() {
        return effects;
    }

    /** How many attempts began for the element that failed; 1 where none has. */
    int attempts() {
        return attempts;
    }
}
