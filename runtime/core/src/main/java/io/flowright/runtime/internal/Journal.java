package io.flowright.runtime.internal;

import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.InDoubtException;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.RecordedException;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunSnapshot;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.generated.CompensationSpec;
import io.flowright.runtime.generated.TaskSpec;
import io.flowright.runtime.internal.desk.RunDesk;
import io.flowright.runtime.internal.store.FlowValues;
import io.flowright.runtime.internal.store.Hashes;
import io.flowright.runtime.internal.store.Membership;
import io.flowright.runtime.internal.store.PendingWrite;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one run writes to the store of its engine, and what it finds there.
 *
 * <p><b>Recorded before dependants start, before the caller is told.</b> A task's dependants start only from {@link TaskBoard#over}. For
 * a task that is recorded this is called by what follows its write, and nothing else: {@link #record} hands that to the writer and
 * returns no task to go on with, unless the write is over. The same holds for the end of a run: {@link FlowRun#settle} gives the run its
 * status, wakes who waits and tells listeners in what follows {@link #end}. A write that is refused or has failed calls none of it:
 * the run stops here, and what was not recorded has not happened.
 *
 * <p>Meanwhile the task counts as a hand of the {@link Crew}, so that the run cannot be settled past it.
 */
final class Journal<R> {

    /** What follows a write. */
    interface Continuation {
        /** Returns the task that the worker is to run next. */
        int go(Worker worker);
    }

    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    /** As far as stores can tell the time: PostgreSQL ends in the year 294276, people before. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    /** Of so many attempts that follow each other at once, what is known goes to the store without waiting for the end. */
    private static final int MOST_NOTED = 64;

    private final FlowRun<R> run;
    private final DurableEngine engine;
    private final FlowValues<R> values;

    /** The run as it was found in the store; null: it began here. */
    private final @Nullable RunRecord found;

    /** What the store knew of its tasks then; null: it began here. */
    private final @Nullable Replay replay;

    /** Null: the run is only looked at. */
    private final @Nullable ValueHashes hashes;

    /** How far its tasks were then. */
    private final FoundProgress progress;

    /** The run is only looked at: it belongs to somebody else, or is done. */
    private final boolean reading;

    /** Nothing runs that is not recorded (save pure tasks): the run is about to be undone, or to fail. */
    private final boolean gathering;

    /** The run had begun to be undone; of one that is only looked at, that may be over. */
    private final boolean turning;

    /** Why the run, which was found again, is to be undone; else null. */
    private final @Nullable Throwable undo;

    private volatile Membership membership;
    private volatile long epoch;

    /** When the run began, which tells it from a later one with its id; null: it has not, or cannot. */
    private volatile @Nullable Instant createdAt;

    /** How many tasks are not over. */
    private final AtomicInteger left;

    /** How many records of tasks are on their way. */
    private final AtomicInteger underway = new AtomicInteger();

    /** Goes with the next write: nothing waits for it. */
    private final Queue<TaskRecord> notes = new ConcurrentLinkedQueue<>();

    private final AtomicInteger noted = new AtomicInteger();

    private final StoredKeys keys;

    private final Queue<KeyWrite> keyNotes = new ConcurrentLinkedQueue<>();

    /** The places whose start is recorded, and which are about to start. */
    private final Set<Long> started = ConcurrentHashMap.newKeySet();

    /** The tasks and compensations that have been told of their attempts in a process that is gone. */
    private final Set<Integer> prepared = ConcurrentHashMap.newKeySet();

    /** The places of which the store is told that they have failed, with the number of the attempt. */
    private final Map<Long, Integer> told = new ConcurrentHashMap<>();

    /** The same, before the run was resumed here. */
    private final Map<Long, Integer> takenBack = new ConcurrentHashMap<>();

    /** By place: the number of the attempt that was interrupted last. */
    private final Map<Long, Integer> interrupts = new ConcurrentHashMap<>();

    /** The status that the store has; null: it is active. */
    private volatile @Nullable RunStatus recorded;

    /** Whether the heart has beaten since the run began. Of the heartbeat's thread, as what follows. */
    private boolean beaten;

    /** What it was doing at the last beat; null: not known. */
    private byte @Nullable [] activity;

    /** A write was refused: the run is somebody else's. */
    private volatile boolean refused;

    /** A run that begins here. */
    Journal(FlowRun<R> run, DurableEngine engine, FlowValues<R> values) {
        this.run = run;
        this.engine = engine;
        this.values = values;
        membership = engine.membership();
        epoch = 1;
        found = null;
        replay = null;
        progress = FoundProgress.NONE;
        hashes = new ValueHashes(run, values);
        reading = false;
        gathering = false;
        turning = false;
        undo = null;
        left = new AtomicInteger(run.graph.wanted());
        keys = new StoredKeys(run, this);
    }

    /** A run that was found in the store. */
    Journal(FlowRun<R> run, DurableEngine engine, FlowValues<R> values, FlowRun.Found given) {
        found = given.run();
        this.run = run;
        this.engine = engine;
        this.values = values;
        reading = given.reading();
        membership = engine.membership();
        epoch = found.epoch();
        createdAt = found.createdAt();
        replay = new Replay(run.graph, given.tasks());
        hashes = reading ? null : new ValueHashes(run, values);
        if (hashes != null) {
            hashes.inputs(found.inputs());
        }
        progress = FoundProgress.of(run.graph, values, replay, given.tasks(), given.activity());
        turning = found.status() == RunStatus.COMPENSATING
                || found.status() == RunStatus.COMPENSATED
                || RunDesk.goingOn(found) == RunStatus.COMPENSATING;
        undo = given.undo();
        gathering = reading || turning || undo != null || (replay.anyFailed(run.graph) && run.haltsOnFailure());
        left = new AtomicInteger(run.graph.wanted());
        keys = new StoredKeys(run, this);
        recorded = turning ? RunStatus.COMPENSATING : null;
    }

    /** Whether a task, as opposed to compensations, is known to have failed for good. */
    boolean anyFailed() {
        return replay != null && replay.anyFailed(run.graph);
    }

    /** Whether the run was found in the store: what is known from there was so at that time. */
    boolean isFound() {
        return replay != null;
    }

    /**
     * The run, which was found and still belongs to the engine, is to be found once more.
     *
     * @param reason why it is to be undone then
     */
    void findAgain(Throwable reason) {
        engine.findAgain(Objects.requireNonNull(found), reason);
    }

    /** Why the run, which was found again, is to be undone; else null. */
    @Nullable
    Throwable undo() {
        return undo;
    }

    /** The idempotency keys of the run in the store. */
    StoredKeys keys() {
        return keys;
    }

    /** When the run began; null: it did not, because another has its id. */
    @Nullable
    Instant createdAt() {
        return createdAt;
    }

    /** Where a run is that rests here. */
    enum Whereabouts {
        HERE,
        ELSEWHERE,
        /** It has been purged: what is known here is all that is known. */
        NOWHERE
    }

    /** Where the run is, which rests here with this status. */
    Whereabouts whereabouts(RunStatus resting) {
        return engine.stored(run.id(), createdAt)
                .map(found ->
                        found.epoch() == epoch && found.status() == resting ? Whereabouts.HERE : Whereabouts.ELSEWHERE)
                .orElse(Whereabouts.NOWHERE);
    }

    /**
     * How the run had failed before it was resumed to be undone; null: it had not.
     *
     * @param error what the run itself has on record; null: nothing
     */
    RunFailures.@Nullable Failure failureTakenBack(byte @Nullable [] error) {
        for (int task = 0; task < run.graph.size(); task++) {
            Replay.Known known = known(task);
            if (known == null) {
                continue;
            }
            RunFailures.Failure failure = failureTakenBack(task, Place.NO_ELEMENT, known, error);
            for (Map.Entry<Integer, Replay.Known> element : known.elements().entrySet()) {
                failure =
                        failure == null ? failureTakenBack(task, element.getKey(), element.getValue(), error) : failure;
            }
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private RunFailures.@Nullable Failure failureTakenBack(
            int task, int element, Replay.Known known, byte @Nullable [] error) {
        TaskRecord last = known.last();
        boolean meant = known.isTakenBack() && last != null && (error == null || isSame(error, last.error()));
        return meant ? new RunFailures.Failure(task, element, failureOf(Objects.requireNonNull(last))) : null;
    }

    /** The text of a trace may differ: one may have been recorded again by whoever found it. */
    private boolean isSame(byte[] error, byte @Nullable [] other) {
        if (other == null) {
            return false;
        }
        FailureInfo one = values.failure(error);
        FailureInfo two = values.failure(other);
        return one.type().equals(two.type()) && Objects.equals(one.message(), two.message());
    }

    /** How compensations are known to have failed for good. */
    List<RunFailures.Failure> compensationFailures() {
        List<RunFailures.Failure> failures = new ArrayList<>();
        for (int i = 0; i < run.graph.compensations().size(); i++) {
            int number = run.graph.size() + i;
            Replay.Known known = known(number);
            TaskRecord end = known == null ? null : known.end();
            if (end != null && end.status() == TaskRecord.Status.FAILED) {
                failures.add(new RunFailures.Failure(number, Place.NO_ELEMENT, failureOf(end)));
            }
            if (known != null) {
                known.elements().forEach((element, one) -> {
                    TaskRecord ended = one.end();
                    if (ended != null && ended.status() == TaskRecord.Status.FAILED) {
                        failures.add(new RunFailures.Failure(number, element, failureOf(ended)));
                    }
                });
            }
        }
        return failures;
    }

    FlowValues<R> values() {
        return values;
    }

    DurableEngine engine() {
        return engine;
    }

    long epoch() {
        return epoch;
    }

    boolean isReading() {
        return reading;
    }

    boolean isGathering() {
        return gathering;
    }

    /** Whether the run had begun to be undone when it was found. */
    boolean isTurning() {
        return turning;
    }

    /** Whether the store knows that the run has come to rest. */
    boolean isEndRecorded() {
        RunStatus known = recorded;
        return known != null && !known.isActive();
    }

    /** Whether the run belongs to this incarnation of the engine. */
    boolean belongsTo(Membership member) {
        return membership.equals(member);
    }

    /** Whether the engine's lease lets it start tasks of the run. */
    boolean mayStart() {
        return reading || membership.ownership().mayStart();
    }

    /** As {@link #mayStart}; waits as long as that is in doubt. */
    boolean awaitMayStart() {
        return reading || membership.ownership().awaitMayStart();
    }

    /** When so much time from now will have passed, or the end of time. */
    Instant after(Duration time) {
        Instant now = now();
        return time.compareTo(Duration.between(now, END_OF_TIME)) < 0 ? now.plus(time) : END_OF_TIME;
    }

    private Instant now() {
        return Objects.requireNonNullElseGet(run.now(), Instant::now);
    }

    /** For the records of an attempt that begins now. */
    Instant began() {
        return now();
    }

    // ---- beginning and resuming ------------------------------------------------------------------------------------

    /** Records that the run begins; returns when that is safe. */
    RunWrite.Outcome begin(RunOptions options) {
        // No store need keep more of it.
        Instant now = now().truncatedTo(ChronoUnit.MICROS);
        createdAt = now;
        Duration deadline = options.deadline();
        byte[] inputs = values.inputs(run.frame.inputs());
        hashes().inputs(inputs);
        NewRun begun = new NewRun(
                membership.ownership().owner(),
                engine.version(run.graph),
                run.graph.version(),
                inputs,
                List.copyOf(options.targets()),
                deadline == null ? null : after(deadline),
                now,
                options.priority(),
                options.tags());
        RunWrite.Outcome outcome = writeNow(new RunWrite(run.id(), epoch, begun, List.of(), List.of(), null));
        if (outcome == RunWrite.Outcome.EXISTS) {
            createdAt = null;
        }
        return outcome;
    }

    private ValueHashes hashes() {
        return Objects.requireNonNull(hashes);
    }

    private RunWrite.Outcome writeNow(RunWrite write) {
        Awaited awaited = new Awaited(write);
        if (!membership.writer().submit(awaited, true)) {
            awaited.await();
        }
        RuntimeException failure = awaited.failure();
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(awaited.outcome());
    }

    /**
     * Takes the run, which rests, from the store; returns whether nobody else has. If it turns out that it went on elsewhere in between,
     * the engine goes on with it as another object.
     */
    boolean acquire(RunStatus from, RunStatus to) {
        Membership now = engine.membership();
        RunRecord taken = engine.acquire(run.id(), now, from, to).orElse(null);
        if (taken == null) {
            return false;
        }
        if (taken.epoch() != epoch + 1 || !taken.createdAt().equals(createdAt)) {
            run.hasMoved();
            engine.findAgain(taken, null);
            return false;
        }
        membership = now;
        epoch = taken.epoch();
        recorded = null;
        takenBack.putAll(told);
        told.clear();
        return true;
    }

    /** Ends a run that rests; returns whether it was still at rest. */
    boolean endResting(RunStatus ending) {
        return writeNow(new RunWrite(
                        run.id(), epoch, null, List.of(), List.of(), new RunWrite.Change(ending, null, true, now())))
                == RunWrite.Outcome.WRITTEN;
    }

    // ---- what has been recorded ------------------------------------------------------------------------------------

    /**
     * Deals with a task, or compensation, of which the store knows the end.
     *
     * @return the task that the worker is to run next, or {@link Crew#RUNS}
     */
    int replay(Worker worker, int number) {
        Replay.Known known = replay == null ? null : replay.of(number);
        if (known == null) {
            return Crew.RUNS;
        }
        TaskRecord end = known.end();
        if (end == null && specOf(number).fanOut() != null) {
            return Crew.RUNS;
        }
        if (end == null) {
            if (known.isInDoubt() && !gathering && specOf(number).once()) {
                run.crew().prepare(number, known, Duration.ZERO);
                return run.failed(
                        worker,
                        number,
                        Place.NO_ELEMENT,
                        known.attempts(),
                        new InDoubtException(specOf(number).name()));
            }
            if (prepared.add(number)) {
                run.crew().prepare(number, known, due(known));
            }
            return Crew.RUNS;
        }
        if (specOf(number).hashed() && known.hasSucceeded()) {
            if (prepared.add(number)) {
                run.crew().repeat(number, known.attempts());
            }
            return Crew.RUNS;
        }
        boolean undone = number >= run.graph.size();
        if (specOf(number).fanOut() != null) {
            // Its elements say how it ended, and what they did may have to be undone.
            return Crew.RUNS;
        }
        run.crew().prepare(number, known, Duration.ZERO);
        return switch (end.status()) {
            case SUCCEEDED, TAKEN -> undone ? run.compensationReplayed(worker, number) : succeeded(worker, number, end);
            case TOLERATED -> run.goOnWithout(worker, number, Place.NO_ELEMENT, failureOf(end));
            default -> run.failed(worker, number, Place.NO_ELEMENT, end.attempt(), failureOf(end));
        };
    }

    private int succeeded(Worker worker, int task, TaskRecord end) {
        values.restore(task, run.frame, end.result());
        if (hashes != null) {
            hashes.result(task, end.result());
        }
        return run.crew().over(worker, task, TaskStatus.SUCCEEDED);
    }

    /** How long the next attempt has to wait: never longer than was said, whatever a clock that is behind that of the one who said it. */
    Duration due(Replay.Known known) {
        TaskRecord last = known.last();
        Instant due = known.due();
        if (last == null || due == null) {
            return Duration.ZERO;
        }
        Instant now = now();
        Duration rest = Duration.between(now.isBefore(last.endedAt()) ? last.endedAt() : now, due);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    /** What is known of the elements of a task, or compensation; null: nothing. */
    Replay.@Nullable Known known(int number) {
        return replay == null ? null : replay.of(number);
    }

    /** What a task, an element or a compensation had said of how far it was before this process had the run; null: nothing. */
    @Nullable
    ProgressReport lastReport(int number, int element) {
        return progress.of(number, element);
    }

    /** The same of the elements of a task, by index. */
    Map<Integer, ProgressReport> lastReports(int number) {
        return progress.elements(number);
    }

    Throwable failureOf(TaskRecord end) {
        byte[] error = end.error();
        return error == null
                ? new IllegalStateException("the record of task '" + end.task() + "' has no failure")
                : exception(values.failure(error), end.task());
    }

    /** The failure of a run that is not one of a task. */
    Throwable failureOf(byte[] error) {
        return exception(values.failure(error), "");
    }

    private static Throwable exception(FailureInfo info, String task) {
        if (info.type().equals(InDoubtException.class.getName())) {
            return new InDoubtException(task);
        }
        return info.type().equals(CancellationException.class.getName())
                ? new CancellationException(info.message())
                : new RecordedException(info);
    }

    // ---- starting --------------------------------------------------------------------------------------------------

    /**
     * A task of which the store does not know the end is about to start.
     *
     * @return {@link Crew#RUNS}, or the task that the worker is to run next instead. A task that is to start once comes back when its
     *     start is recorded
     */
    int admit(Worker worker, int task) {
        if (task >= run.graph.size()) {
            return Crew.RUNS;
        }
        TaskSpec spec = specOf(task);
        if (gathering && !spec.pure() && spec.fanOut() == null) {
            CompensationSpec compensation = run.graph.compensationOf(task);
            if (compensation != null && compensation.started() && (!turning || isBegun(task))) {
                // It may have begun in the process that is gone, or is known to have.
                run.board().countUnsuccessful(task);
            }
            return ReadyTasks.NONE;
        }
        return spec.fanOut() == null
                ? admit(
                        worker,
                        Place.of(task, Place.NO_ELEMENT),
                        run.crew().nextAttempt(task),
                        next -> run.crew().advance(next, task))
                : Crew.RUNS;
    }

    private boolean isBegun(int task) {
        Replay.Known known = known(task);
        return known != null && known.attempts() > 0 || wasInterrupted(task, Place.NO_ELEMENT);
    }

    /** Whether an attempt of the task, or element, is known to have been interrupted when the run stopped. */
    boolean wasInterrupted(int task, int element) {
        return replay != null && replay.interrupted(Place.of(task, element)) > 0;
    }

    /** As above; {@code then} goes on with what starts once, a task or an element. */
    int admit(Worker worker, long place, int attempt, Continuation then) {
        TaskSpec spec = specOf(Place.task(place));
        if (!spec.once() || reading || started.remove(place)) {
            return Crew.RUNS;
        }
        TaskRecord start = start(Place.task(place), Place.element(place), attempt);
        return record(worker, Place.task(place), List.of(start), List.of(), null, next -> {
            started.add(place);
            return then.go(next);
        });
    }

    /** Whether the store is told of the attempts of the task, or compensation. */
    private boolean isRecorded(int number) {
        return !reading && !specOf(number).pure();
    }

    /**
     * Whether the store is told that it has failed for good: of a pure task too, else nobody would know why its run failed. But once the
     * run is being undone, a pure task is only run again for its value, and may do better the next time.
     */
    private boolean isFailureRecorded(int number) {
        return !reading && !(turning && specOf(number).pure());
    }

    private TaskRecord start(int task, int element, int attempt) {
        Instant now = now();
        return new TaskRecord(
                specOf(task).name(),
                elementText(element),
                0,
                attempt,
                TaskRecord.Kind.START,
                TaskRecord.Status.STARTED,
                null,
                null,
                now,
                now,
                null);
    }

    /** That an attempt has ended: of a task, of an element of it, or of their compensation. */
    private TaskRecord ended(
            int number,
            int element,
            int attempt,
            TaskRecord.Status status,
            byte @Nullable [] result,
            @Nullable Throwable failure,
            @Nullable Instant startedAt,
            @Nullable Instant due) {
        ProgressLog spoken = logOf(number, element);
        return ended(number, element, attempt, status, result, failure, startedAt, due, null, spoken);
    }

    private TaskRecord ended(
            int number,
            int element,
            int attempt,
            TaskRecord.Status status,
            byte @Nullable [] result,
            @Nullable Throwable failure,
            @Nullable Instant startedAt,
            @Nullable Instant due,
            @Nullable String hash,
            @Nullable ProgressLog spoken) {
        return new TaskRecord(
                specOf(run.graph.taskOf(number)).name(),
                elementText(element),
                0,
                attempt,
                number < run.graph.size() ? TaskRecord.Kind.END : TaskRecord.Kind.COMPENSATION,
                status,
                result,
                failure == null ? null : values.failure(failure),
                startedAt,
                now(),
                due,
                number < run.graph.size() ? hashes().taken(number, element) : null,
                hash,
                said(spoken));
    }

    // ---- recording -------------------------------------------------------------------------------------------------

    /**
     * A task that runs once has succeeded, and its value is in the frame.
     *
     * @param managed null: it was a call and nothing more
     * @param began the clock's reading when it began
     * @return the task that the worker is to run next
     */
    int succeeded(
            Worker worker,
            int task,
            int attempt,
            @Nullable ManagedTask managed,
            @Nullable Instant startedAt,
            long began) {
        TaskSpec spec = specOf(task);
        Continuation over = next -> {
            if (run.observer != null) {
                run.observer.succeeded(spec.name(), Place.NO_ELEMENT, attempt, began);
            }
            return run.crew().over(next, task, TaskStatus.SUCCEEDED);
        };
        if (!isRecorded(task) && !spec.hashed()) {
            return over.go(worker);
        }
        byte[] result;
        try {
            result = spec.hashed() ? values.encoded(task, run.frame) : values.result(task, run.frame);
        } catch (RuntimeException e) {
            return run.failed(worker, task, Place.NO_ELEMENT, attempt, e);
        }
        Replay.Known known = spec.hashed() ? known(task) : null;
        if (known != null && known.success() != null) {
            String other = difference(spec, known.success(), result);
            return other == null
                    ? over.go(worker)
                    : run.failed(worker, task, Place.NO_ELEMENT, attempt, new IllegalStateException(other));
        }
        if (reading) {
            return over.go(worker);
        }
        String hash = hashes().result(task, result);
        TaskRecord end = end(task, Place.NO_ELEMENT, attempt, managed, spec.hashed() ? null : result, hash, startedAt);
        List<KeyWrite> keys = completion(managed, result);
        boolean last = left.get() == 1 && underway.get() == 0 && run.tryFinish();
        RunWrite.Change change = last ? new RunWrite.Change(RunStatus.SUCCEEDED, null, true, end.endedAt()) : null;
        return record(worker, task, List.of(end), keys, change, over);
    }

    /** What is wrong with a value that was computed again; null: it is what it was. */
    private static @Nullable String difference(TaskSpec spec, TaskRecord before, byte @Nullable [] result) {
        String hash = result == null ? null : Hashes.hex(Hashes.of(result));
        return Objects.equals(hash, before.outputHash())
                ? null
                : "task '" + spec.name() + "' gave another value than the one that others have taken: its hash is "
                        + hash + " and was " + before.outputHash()
                        + "; a pure task has to give equal values for equal ones";
    }

    private TaskRecord end(
            int task,
            int element,
            int attempt,
            @Nullable ManagedTask managed,
            byte @Nullable [] result,
            @Nullable String hash,
            @Nullable Instant startedAt) {
        Throwable answered = managed == null ? null : managed.lastFailure();
        TaskRecord.Status status =
                managed != null && managed.isTaken() ? TaskRecord.Status.TAKEN : TaskRecord.Status.SUCCEEDED;
        ProgressLog spoken = managed == null ? null : managed.logIfAny();
        return ended(task, element, attempt, status, result, answered, startedAt, null, hash, spoken);
    }

    /** How far an attempt that has ended was; null: it did not say. */
    private byte @Nullable [] said(@Nullable ProgressLog spoken) {
        ProgressReport last = spoken == null ? null : spoken.look();
        if (last == null) {
            return null;
        }
        try {
            return values.progress(new ProgressReport(last.done(), last.total(), last.detail(), null, last.at()));
        } catch (Throwable e) {
            // The attempt is worth more than what it said.
            log.warn("What a task of run {} said of its progress cannot be recorded: {}", run.id(), e.toString());
            return null;
        }
    }

    private @Nullable ProgressLog logOf(int number, int element) {
        if (element == Place.NO_ELEMENT) {
            ManagedTask managed = run.crew().managed(number);
            return managed == null ? null : managed.logIfAny();
        }
        FanOut fanOut = run.crew().fanOut(number);
        return fanOut == null ? null : fanOut.logOf(element);
    }

    private static List<KeyWrite> completion(@Nullable ManagedTask managed, byte @Nullable [] result) {
        KeyWrite completion = managed == null ? null : managed.completion(result);
        return completion == null ? List.of() : List.of(completion);
    }

    /** An element has succeeded; {@code then} goes on once that is recorded. */
    int elementSucceeded(
            Worker worker,
            int task,
            int element,
            int attempt,
            @Nullable ManagedTask managed,
            byte @Nullable [] result,
            @Nullable Instant startedAt,
            Continuation then) {
        if (reading) {
            return then.go(worker);
        }
        String hash = hashes().element(task, element, result);
        if (specOf(task).pure()) {
            return then.go(worker);
        }
        TaskRecord end = end(task, element, attempt, managed, result, hash, startedAt);
        return record(worker, task, List.of(end), completion(managed, result), null, then);
    }

    /**
     * An element has succeeded after the quorum was reached: its result counts for nothing, but what it did may have to be undone.
     */
    int elementLate(Worker worker, int task, int element, int attempt, byte @Nullable [] result, Continuation then) {
        TaskRecord end = ended(task, element, attempt, TaskRecord.Status.TOLERATED, result, null, null, null);
        return record(worker, task, List.of(end), List.of(), null, then);
    }

    /** An element is known to have succeeded. */
    void elementFound(int task, int element, byte @Nullable [] result) {
        if (hashes != null) {
            hashes.element(task, element, result);
        }
    }

    /** An element has failed, and others go on; {@code then} goes on once that is recorded. */
    int elementTolerated(Worker worker, int task, int element, int attempt, Throwable failure, Continuation then) {
        return record(
                worker,
                task,
                List.of(ended(task, element, attempt, TaskRecord.Status.TOLERATED, null, failure, null, null)),
                List.of(),
                null,
                then);
    }

    /** An optional task has failed; the run goes on without it once that is recorded. */
    int tolerated(Worker worker, int task, int attempt, Throwable failure, Continuation then) {
        return elementTolerated(worker, task, Place.NO_ELEMENT, attempt, failure, then);
    }

    /** A task, an element or a compensation has failed for good. The run's own end, or whatever it records next, says so. */
    void failed(int number, int element, int attempt, Throwable failure) {
        long place = Place.of(number, element);
        if (isFailureRecorded(number) && attempt > attemptTakenBack(place)) {
            told.put(place, attempt);
            notes.add(ended(number, element, attempt, TaskRecord.Status.FAILED, null, failure, null, null));
        }
    }

    /** The last attempt whose failure is on record and was taken back: a second record of it would change nothing. */
    private int attemptTakenBack(long place) {
        Integer here = takenBack.get(place);
        int number = Place.task(place);
        int element = Place.element(place);
        Replay.Known known =
                replay == null ? null : element == Place.NO_ELEMENT ? replay.of(number) : replay.of(number, element);
        TaskRecord last = known == null || known.end() != null ? null : known.last();
        return here != null ? here : last == null ? -1 : last.attempt();
    }

    /** Whether the records of the task say how it has failed. */
    boolean tells(int task) {
        return told.keySet().stream().anyMatch(place -> Place.task(place) == task);
    }

    /** An attempt has failed, and another follows. Who waits for it waits for no record; but a wait is to survive the process. */
    void retrying(int number, int element, int attempt, Throwable failure, Duration pause) {
        if (!isRecorded(number)) {
            return;
        }
        Instant due = pause.isZero() ? null : after(pause);
        TaskRecord entry = ended(number, element, attempt, TaskRecord.Status.RETRYING, null, failure, null, due);
        if (due == null && noted.incrementAndGet() % MOST_NOTED != 0) {
            notes.add(entry);
        } else {
            submit(new Entry(write(List.of(entry), List.of(), null), number, worker -> ReadyTasks.NONE), false);
        }
    }

    /**
     * An attempt was interrupted. If that is because the run stops, the run's own end says so: nothing follows from it, but people want to
     * know. The attempt may be repeated with the number that it had, so another is found for each record.
     */
    void interrupted(int number, int element, int attempt, @Nullable Instant startedAt) {
        if (reading || run.crew().halt() != Crew.Halt.STOP) {
            return;
        }
        int task = run.graph.taskOf(number);
        int recordedAs = interrupts.merge(
                Place.of(task, element),
                Math.max(attempt, replay == null ? 0 : 1 + replay.interrupted(Place.of(task, element))),
                (before, now) -> Math.max(before + 1, now));
        notes.add(new TaskRecord(
                specOf(task).name(),
                elementText(element),
                0,
                recordedAs,
                TaskRecord.Kind.INTERRUPT,
                TaskRecord.Status.INTERRUPTED,
                null,
                null,
                startedAt,
                now(),
                null));
    }

    /** A compensation has succeeded, for an element or as a whole; {@code then} goes on once that is recorded. */
    int compensated(Worker worker, int number, int element, int attempt, Continuation then) {
        TaskRecord end = ended(number, element, attempt, TaskRecord.Status.SUCCEEDED, null, null, null, null);
        return record(worker, number, List.of(end), List.of(), null, then);
    }

    /** Goes with the next write. */
    void note(KeyWrite key) {
        keyNotes.add(key);
    }

    /** Does not go with the next write, unless it has gone. */
    void forget(KeyWrite key) {
        keyNotes.remove(key);
    }

    /** A task is over. */
    void isOver() {
        left.decrementAndGet();
    }

    private TaskSpec specOf(int number) {
        return run.graph.task(number);
    }

    private static String elementText(int element) {
        return element == Place.NO_ELEMENT ? "" : Integer.toString(element);
    }

    private RunWrite write(List<TaskRecord> rows, List<KeyWrite> keys, RunWrite.@Nullable Change change) {
        List<TaskRecord> tasks = drain(notes, rows);
        return new RunWrite(run.id(), epoch, null, tasks, drain(keyNotes, keys), change);
    }

    private static <T> List<T> drain(Queue<T> noted, List<T> further) {
        if (noted.isEmpty()) {
            return further;
        }
        List<T> all = new ArrayList<>();
        T next;
        while ((next = noted.poll()) != null) {
            all.add(next);
        }
        all.addAll(further);
        return all;
    }

    /** Records, and goes on with {@code then}: at once, if the write is over when this returns, or on whatever worker comes. */
    private int record(
            Worker worker,
            int number,
            List<TaskRecord> rows,
            List<KeyWrite> keys,
            RunWrite.@Nullable Change change,
            Continuation then) {
        if (reading) {
            return then.go(worker);
        }
        Entry entry = new Entry(write(rows, keys, change), number, then);
        // With other work at hand the thread does that: what it brings may go into the same commit.
        if (!submit(entry, run.board().ready().isEmpty())) {
            return ReadyTasks.NONE;
        }
        try {
            return entry.conclude(worker);
        } finally {
            run.crew().unpark();
        }
    }

    private boolean submit(Entry entry, boolean here) {
        run.crew().park();
        underway.incrementAndGet();
        return membership.writer().submit(entry, here);
    }

    /** A record of a task on its way; a hand of the crew. */
    private final class Entry extends PendingWrite implements Conclusion {

        private final int number;
        private final Continuation then;

        Entry(RunWrite write, int number, Continuation then) {
            super(write);
            this.number = number;
            this.then = then;
        }

        @Override
        public int task() {
            return number;
        }

        @Override
        protected void written() {
            run.core.offWriter(() -> run.crew().concluded(this));
        }

        @Override
        public int conclude(Worker worker) {
            underway.decrementAndGet();
            if (isWritten()) {
                RunWrite.Change change = write().change();
                if (change != null) {
                    recorded = change.status();
                }
                return refused ? ReadyTasks.NONE : then.go(worker);
            }
            lost(this, number);
            return ReadyTasks.NONE;
        }
    }

    private void lost(PendingWrite write, int number) {
        RuntimeException failure = write.failure();
        if (failure != null && !(failure instanceof StoreUnavailableException)) {
            // It can never be recorded, so it must not have happened.
            run.cannotRecord(number, failure);
            return;
        }
        refused = true;
        run.detach(failure == null ? new MovedException(run.id()) : failure);
    }

    // ---- what people see -------------------------------------------------------------------------------------------

    /** What the run is doing, encoded; null: it has just begun, or nothing has changed. For the heartbeat's thread. */
    @Nullable
    RunActivity activity() {
        if (!beaten) {
            beaten = true;
            return null;
        }
        byte[] now = values.activity(run.snapshot());
        if (Arrays.equals(now, activity)) {
            return null;
        }
        activity = now;
        return new RunActivity(run.id(), epoch, now);
    }

    // ---- ending ----------------------------------------------------------------------------------------------------

    /**
     * Records what becomes of the run, unless that is recorded.
     *
     * @param error why, if it is not for a task's failure
     * @param then is given what kept it from being recorded, or null; on this thread or another
     */
    void end(RunStatus ending, @Nullable Throwable error, boolean released, Consumer<@Nullable RuntimeException> then) {
        boolean givenBack = released && ending.isActive();
        if (reading || (ending == recorded && !givenBack)) {
            then.accept(null);
            return;
        }
        if (givenBack || ending == RunStatus.PAUSED) {
            sayLast();
        }
        byte[] failure = error == null ? null : values.failure(error);
        End end = new End(
                write(
                        ending == RunStatus.COMPENSATING && !givenBack ? begun() : List.of(),
                        List.of(),
                        new RunWrite.Change(ending, failure, released, now())),
                then);
        if (membership.writer().submit(end, true)) {
            end.conclude();
        }
    }

    /** What tasks that were stopped have said is what they can go on from, here or elsewhere. */
    private void sayLast() {
        try {
            RunSnapshot snapshot = run.snapshot();
            if (FlowValues.anySpoken(snapshot)) {
                engine.note(new RunActivity(run.id(), epoch, values.activity(snapshot)));
            }
        } catch (Throwable e) {
            log.warn("How far the tasks of run {} were is lost: {}", run.id(), e.toString());
        }
    }

    /** The tasks that have begun without success and are to be undone all the same. */
    private List<TaskRecord> begun() {
        List<TaskRecord> begun = new ArrayList<>();
        for (CompensationSpec compensation : run.graph.compensations()) {
            int task = compensation.task();
            if (!compensation.started()) {
                continue;
            }
            if (run.crew().fanOut(task) instanceof TaskFanOut fanOut) {
                ElementEffects effects = fanOut.effects();
                for (int index = 0; effects != null && index < effects.size(); index++) {
                    if (effects.hasOnlyBegun(index)) {
                        begun.add(start(task, index, 1 + fanOut.earlierAttempts(index)));
                    }
                }
            } else if (run.crew().hasBegun(task)) {
                begun.add(start(task, Place.NO_ELEMENT, run.crew().nextAttempt(task)));
            }
        }
        return begun;
    }

    private final class End extends PendingWrite {

        private final Consumer<@Nullable RuntimeException> then;

        End(RunWrite write, Consumer<@Nullable RuntimeException> then) {
            super(write);
            this.then = then;
        }

        @Override
        protected void written() {
            // What follows tells listeners and wakes who waits: it must not hold up the writer.
            EngineThreads.runForTimer(this::conclude);
        }

        void conclude() {
            RuntimeException failure = failure();
            if (isWritten()) {
                recorded = Objects.requireNonNull(write().change()).status();
                then.accept(null);
            } else {
                refused = true;
                then.accept(failure == null ? new MovedException(run.id()) : failure);
            }
        }
    }

    /** A write that a thread waits for. */
    private static final class Awaited extends PendingWrite {

        private final CountDownLatch over = new CountDownLatch(1);

        Awaited(RunWrite write) {
            super(write);
        }

        @Override
        protected void written() {
            over.countDown();
        }

        void await() {
            boolean interrupted = false;
            while (true) {
                try {
                    over.await();
                    break;
                } catch (InterruptedException e) {
                    // The store has the run or not; to leave now would be not to know.
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
