package io.flowright.runtime.internal;

import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.FlowFailure;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.generated.CompensationSpec;
import io.flowright.runtime.generated.FlowGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one run undoes, and what has come of it. A compensation is known by its number in the frame. Guarded by the run's lock.
 *
 * <p>The compensations run as tasks do, on a board of their own over the reversed graph: a compensation is ready once all that
 * depended on its task has been undone. Tasks without anything to undo are passed over there.
 */
final class Undoing {

    private final FlowGraph graph;
    private final FlowRun<?> run;
    private final ManagedTasks managed;

    /** Of tasks that run for each element what there was to undo, by the number of the compensation. */
    private final Map<Integer, ElementEffects> effects = new HashMap<>();

    /** The tasks that had succeeded. */
    private final BitSet succeeded = new BitSet();

    /** The compensations that were due when the undoing began. */
    private final BitSet due = new BitSet();

    /** Those of {@link #due} that have not succeeded. */
    private final BitSet left = new BitSet();

    /**
     * Those of {@link #due} whose task is on record, but could not be taken over here: a pure task before it was computed again, and failed.
     * Where that does not fail they can be made good.
     */
    private final BitSet missed = new BitSet();

    private @Nullable RunFailures failures;

    /**
     * Looks at what the tasks have done.
     *
     * @param tasks null: all of them are direct
     * @param fanOuts null: none runs for each element
     */
    Undoing(FlowRun<?> run, TaskBoard board, @Nullable ManagedTasks tasks, @Nullable FanOuts fanOuts) {
        this.run = run;
        graph = run.graph;
        List<CompensationSpec> compensations = graph.compensations();
        managed = new ManagedTasks(run, graph.size() + compensations.size());
        for (int task = 0; task < graph.size(); task++) {
            succeeded.set(task, board.status(task) == TaskStatus.SUCCEEDED);
        }
        for (int i = 0; i < compensations.size(); i++) {
            CompensationSpec compensation = compensations.get(i);
            int number = graph.size() + i;
            if (compensation.execution().fanOut() != null) {
                FanOut begun = fanOuts == null ? null : fanOuts.known(compensation.task());
                addEffects(number, begun);
                missed.set(number, begun == null && isMissed(number, compensation, board));
                continue;
            }
            ManagedTask known = tasks == null ? null : tasks.known(compensation.task());
            boolean effective = succeeded.get(compensation.task())
                    ? known == null || known.isToUndo(compensation.started())
                    : compensation.started() && hasBegun(compensation.task(), board, known);
            due.set(number, effective);
            missed.set(number, !effective && isMissed(number, compensation, board));
        }
        left.or(due);
        due.or(missed);
    }

    private boolean isMissed(int number, CompensationSpec compensation, TaskBoard board) {
        Replay.Known known = run.journal == null ? null : run.journal.known(compensation.task());
        if (run.journal == null || known == null || board.status(compensation.task()) != TaskStatus.PENDING) {
            return false;
        }
        Replay.Known undone = run.journal.known(number);
        return isToUndo(compensation, known, undone)
                || known.elements().entrySet().stream()
                        .anyMatch(element -> isToUndo(
                                compensation,
                                element.getValue(),
                                undone == null ? null : undone.elements().get(element.getKey())));
    }

    private static boolean isToUndo(CompensationSpec compensation, Replay.Known known, Replay.@Nullable Known undone) {
        if (undone != null && undone.hasSucceeded()) {
            return false;
        }
        return known.end() == null ? compensation.started() && known.attempts() > 0 : known.hasSucceeded();
    }

    /** However the task has ended, what it did for an element is to be undone. */
    private void addEffects(int number, @Nullable FanOut begun) {
        ElementEffects done = begun instanceof TaskFanOut task ? task.effects() : null;
        if (done != null && done.anyDue()) {
            effects.put(number, done);
            due.set(number);
            Replay.Known known = run.journal == null ? null : run.journal.known(number);
            if (known != null) {
                known.elements().forEach((index, element) -> {
                    done.attempted(index, element.attempts());
                    if (element.hasSucceeded()) {
                        done.forget(index);
                    }
                });
            }
        }
    }

    private static boolean hasBegun(int task, TaskBoard board, @Nullable ManagedTask known) {
        return known == null ? board.unsuccessful(task) > 0 : known.begunAttempts() > 0;
    }

    /** Why a run is undone, as data. What an exception of the user's says of itself may throw. */
    static FlowFailure reason(RunFailures.Failure failure, FlowGraph graph) {
        String task = failure.task() == ReadyTasks.NONE
                ? null
                : graph.task(failure.task()).name();
        try {
            return FlowFailure.of(task, failure.cause());
        } catch (Throwable t) {
            String type = failure.cause().getClass().getName();
            return new FlowFailure(task, new FailureInfo(FailureInfo.Kind.BUG, type, null, type, null));
        }
    }

    /** The compensations as tasks; the same when the undoing is resumed, so that their attempts are counted on. */
    ManagedTasks managed() {
        return managed;
    }

    /** The compensations that run for each element, which begin anew; null: there are none. */
    @Nullable
    FanOuts fanOuts() {
        return effects.isEmpty()
                ? null
                : new FanOuts(
                        run,
                        graph.size() + graph.compensations().size(),
                        number -> new CompensationFanOut(run, number, Objects.requireNonNull(effects.get(number))));
    }

    BitSet succeeded() {
        return succeeded;
    }

    /** Begins, or begins again, with what is left; returns that. */
    BitSet begin() {
        failures = null;
        for (int number = missed.nextSetBit(0); number >= 0; number = missed.nextSetBit(number + 1)) {
            failed(
                    number,
                    Place.NO_ELEMENT,
                    new IllegalStateException(
                            "what task '" + graph.task(graph.taskOf(number)).name()
                                    + "' did could not be undone: what it takes was computed again, and that failed"));
        }
        return (BitSet) left.clone();
    }

    void succeeded(int number) {
        left.clear(number);
    }

    /** Of a run that is only looked at: takes from the store what has come of it. */
    void read(Journal<?> journal) {
        begin();
        for (int number = due.nextSetBit(0); number >= 0; number = due.nextSetBit(number + 1)) {
            Replay.Known known = journal.known(number);
            ElementEffects done = effects.get(number);
            if (known != null && done == null) {
                managed.get(number).restore(known, Duration.ZERO);
            }
            if (done == null ? known != null && known.hasSucceeded() : !done.anyLeft()) {
                left.clear(number);
            }
        }
        journal.compensationFailures().forEach(failure -> failed(failure.task(), failure.element(), failure.cause()));
    }

    /**
     * A compensation has failed for good; {@link ReadyTasks#NONE}: the engine could not go on with them.
     *
     * @param element the element that could not be undone, or {@link Place#NO_ELEMENT}
     */
    void failed(int number, int element, Throwable failure) {
        if (failures == null) {
            failures = new RunFailures();
        }
        failures.add(number, element, failure);
    }

    boolean isComplete() {
        return left.isEmpty() && failures == null;
    }

    List<RunFailures.Failure> failures() {
        return failures == null ? List.of() : failures.all();
    }

    /** How the task stands; null: it is not undone. */
    @Nullable
    TaskStatus statusOf(int task) {
        int number = graph.compensationNumber(task);
        return number < 0 || !due.get(number) ? null : status(number);
    }

    private TaskStatus status(int number) {
        if (!left.get(number) && !missed.get(number)) {
            return TaskStatus.COMPENSATED;
        }
        return failures == null || failures.of(number) == null
                ? TaskStatus.COMPENSATING
                : TaskStatus.COMPENSATION_FAILED;
    }

    /** Of a task that runs for each element, and is undone: how many elements have been undone, of how many; else null. */
    @Nullable
    ProgressReport progressOf(int task) {
        ElementEffects done = effects.get(graph.compensationNumber(task));
        return done == null ? null : done.progress();
    }

    List<TaskSnapshot> snapshots() {
        List<TaskSnapshot> snapshots = new ArrayList<>(due.cardinality());
        for (int number = due.nextSetBit(0); number >= 0; number = due.nextSetBit(number + 1)) {
            snapshots.add(snapshot(number));
        }
        return snapshots;
    }

    private TaskSnapshot snapshot(int number) {
        RunFailures.Failure failure = failures == null ? null : failures.of(number);
        ManagedTask begun = managed.known(number);
        boolean here = run.journal == null || !run.journal.isReading();
        FanOut each = begun == null && here ? run.crew().fanOut(number) : null;
        ProgressReport progress = begun == null ? progressOf(graph.taskOf(number)) : begun.said();
        Long undone = begun == null && progress != null ? progress.done() : null;
        boolean anyElement = undone != null && (undone > 0 || failure != null);
        return new TaskSnapshot(
                graph.task(number).name(),
                status(number),
                begun == null ? (anyElement ? 1 : 0) : begun.attempts(),
                failure == null ? null : FailureInfo.of(failure.cause()),
                failure == null || failure.element() == Place.NO_ELEMENT ? null : failure.element(),
                progress,
                each == null ? Map.of() : each.said());
    }
}
