package io.flowright.runtime.internal;

import io.flowright.annotations.OnFailure;
import io.flowright.runtime.CancelMode;
import io.flowright.runtime.DeadlineExceededException;
import io.flowright.runtime.EngineRejectedException;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowFailure;
import io.flowright.runtime.FlowInterruptedException;
import io.flowright.runtime.PauseMode;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunDetachedException;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunPausedException;
import io.flowright.runtime.RunSnapshot;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.UncoveredCaseException;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.internal.store.FlowValues;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.IdempotencyStore;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one run in memory: how it starts, stops, fails, goes on and ends. Its tasks stand on the {@link TaskBoard}, its
 * threads are the {@link Crew}.
 */
final class FlowRun<R> implements Run<R> {

    private static final Logger log = LoggerFactory.getLogger(FlowRun.class);

    final EngineCore core;
    final FlowGraph graph;
    final FlowFrame<R> frame;

    /** Null: nobody watches. */
    final @Nullable RunObserver observer;

    /** What it writes to the engine's store; null: the engine has none. */
    final @Nullable Journal<R> journal;

    /** Guards what says so, here and in the parts of the run. */
    final ReentrantLock lock = new ReentrantLock();

    private final RunOptions options;
    private final TaskBoard tasks;
    private final @Nullable ManagedTasks managed;
    private final @Nullable FanOuts fanOuts;
    private final Crew crew;

    private volatile RunStatus status = RunStatus.PENDING;

    /** Null: the run has needed nothing of it. Made under the lock. */
    private volatile @Nullable Extras extras;

    // All below: under the lock.
    /** The listeners are being told; nothing changes the end any more. */
    private boolean settling;

    private @Nullable String id;

    /** The last task has succeeded, and its record makes the run a success. */
    private boolean finishing;

    /** Null: nobody waits yet. */
    private @Nullable Waiters<R> waiters;

    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;

    /** Whether a failure interrupts what runs beside it, because the caller of {@code run} waits for nothing else. */
    private boolean interruptOnFailure;

    private boolean holdsPermit;

    /** By which the engine knows it among its active runs. */
    private int noted = ActiveRuns.NO_SLOT;

    /**
     * What a run that simply succeeds does without: apart, so that such runs are smaller. Under the lock, save what is volatile: that is
     * read without.
     */
    private static final class Extras {

        /** In place of what a run does not have; nobody writes to it. */
        static final Extras NONE = new Extras();

        /** The board of the compensations, once those run; null: tasks run. Changes while nobody works. */
        volatile @Nullable TaskBoard board;

        /** Why the run does not go on here, though it may elsewhere; null: it does. */
        volatile @Nullable RuntimeException lost;

        /** The engine looks whether the run, which is paused, goes on elsewhere. Under the lock. */
        boolean watched;

        /** Somebody is about to take the run, which rests, from the store. */
        volatile boolean resuming;

        /** What the run is to become when it has come to rest; null: it is to succeed. */
        @Nullable
        RunStatus target;

        /** Null: nothing has failed. */
        @Nullable
        RunFailures failures;

        /** What optional tasks failed with; null: none has. */
        @Nullable
        RunFailures tolerated;

        /** How a task failed on the interrupted thread of the caller, for whom the run was cancelled; null: none did. */
        @Nullable
        Throwable interruption;

        /** What the run undoes; null: nothing has been undone yet. */
        @Nullable
        Undoing undoing;

        /** Of a run that is only looked at: what the store has of that; null: nothing, or nobody has asked yet. */
        @Nullable
        Undoing undone;

        /** The run is being given back to the store. */
        boolean handedOver;

        /** How the run is to be paused as it begins to be undone, if it comes to that; null: it is not. */
        Crew.@Nullable Halt pauseLater;

        /** As {@link #pauseLater}, and given back then. */
        boolean handOverLater;

        /** How the run is to be cancelled if it turns out to be paused, which is being told and recorded; null: it is not. */
        @Nullable
        CancelMode cancelLater;

        /** The run goes on here as another object, which takes over once more what the store has of it. */
        boolean foundAgain;

        /** The run, which was found, is cancelled, to be undone, as soon as it has begun. */
        boolean undoAsked;

        /** Null: the run has none, or none any more. */
        FlowClock.@Nullable Scheduled deadline;
    }

    FlowRun(EngineCore core, FlowGraph graph, FlowFrame<R> frame, RunOptions options) {
        this(core, graph, frame, options, null);
    }

    /** @param found what the store of the engine has of the run; null: it begins here */
    FlowRun(EngineCore core, FlowGraph graph, FlowFrame<R> frame, RunOptions options, @Nullable Found found) {
        this.core = core;
        this.graph = options.targets().isEmpty() ? graph : graph.restrictedTo(options.targets(), frame);
        this.frame = frame;
        this.options = options;
        id = options.id();
        boolean reading = found != null && found.reading();
        observer = core.observed() && !reading ? new RunObserver(core, this) : null;
        DurableEngine durable = core.durable();
        FlowValues<R> values = durable == null ? null : durable.values(graph);
        journal = durable == null || values == null
                ? null
                : found == null ? new Journal<>(this, durable, values) : new Journal<>(this, durable, values, found);
        tasks = new TaskBoard(this.graph, frame, core.pool() == null);
        managed = graph.direct() ? null : new ManagedTasks(this, graph.size());
        fanOuts = graph.fansOut() ? new FanOuts(this, graph.size(), task -> new TaskFanOut(this, task)) : null;
        crew = new Crew(this, tasks, managed, fanOuts);
    }

    /**
     * What the store has of a run.
     *
     * @param activity what its engine had last said of it; null: nothing, or nobody needs to know
     * @param reading whether the run is only looked at
     * @param undo why it is to be undone, as is perhaps not on record; null: it is not, or its status says so
     */
    @SuppressWarnings("ArrayRecordComponent") // Bytes on their way, which nobody compares or changes.
    record Found(
            RunRecord run,
            List<TaskRecord> tasks,
            byte @Nullable [] activity,
            boolean reading,
            @Nullable Throwable undo) {}

    /** Where the run's idempotent tasks look for results. */
    IdempotencyStore keys() {
        return journal != null && core.ownIdempotency() == null ? journal.keys() : core.idempotency();
    }

    /** The board of what runs now. */
    TaskBoard board() {
        TaskBoard compensations = known().board;
        return compensations == null ? tasks : compensations;
    }

    /** To read from; what is written to goes through {@link #extras()}. */
    private Extras known() {
        Extras made = extras;
        return made == null ? Extras.NONE : made;
    }

    private Extras extras() {
        lock.lock();
        try {
            Extras made = extras;
            if (made == null) {
                made = new Extras();
                extras = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    Crew crew() {
        return crew;
    }

    /** Whether a task, as opposed to compensations, has succeeded. */
    boolean hasSucceeded(int task) {
        return tasks.status(task) == TaskStatus.SUCCEEDED;
    }

    /** The engine bounds its active runs, and this is one of them. */
    void holdPermit() {
        lock.lock();
        try {
            holdsPermit = true;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock, or before the run begins. */
    void noted(int number) {
        noted = number;
    }

    /** Whether anybody can know this run by its id: only by one that it had before it began, so without the lock. */
    boolean isNamed() {
        return id != null;
    }

    boolean isActive() {
        return status.isActive();
    }

    /** Under the lock: whether its end is still to come here, be it after a pause. */
    boolean isUndecided() {
        return status.isActive() || (status == RunStatus.PAUSED && !isLost());
    }

    boolean isPending() {
        return status == RunStatus.PENDING;
    }

    /** Whether the store has it as a run of this engine, as far as is known here. */
    boolean isOfEngine() {
        return !isLost() && (!isPending() || (journal != null && journal.isFound()));
    }

    /** Under the lock: whether a thread may begin to work on it. */
    boolean isOpen() {
        return status.isActive() && !settling;
    }

    // ---- beginning -------------------------------------------------------------------------------------------------

    /** Runs on the calling thread, with what help the engine gives, and returns or throws how it ended. */
    R runHere() {
        if (begin(true, false)) {
            crew.participate(true, Long.MAX_VALUE);
        }
        return outcome();
    }

    /** As {@link #runHere()} on the engine's own threads alone. */
    R runThere() {
        if (begin(true, false)) {
            crew.wake();
            if (!await(Long.MAX_VALUE)) {
                // The caller wants it no longer; as its own, the run ends with its interest.
                cancelHere();
                waiters().awaitUninterruptibly();
            }
        }
        return outcome();
    }

    /** Lets the engine's threads run it; on a sequential engine the calling thread does, to the end. */
    void start() {
        if (begin(false, true)) {
            goOn();
        }
    }

    /** Goes on with a run that was found in the store. */
    void startFound(RunRecord found) {
        if (beginFound(found)) {
            if (known().undoAsked) {
                cancel(CancelMode.COMPENSATE);
            }
            goOn();
        }
    }

    /** As {@link #startFound} for a run that is only looked at; the calling thread does it. */
    R readFound(RunRecord found) {
        if (beginFound(found)) {
            crew.participate(true, Long.MAX_VALUE);
        }
        return outcome();
    }

    private boolean beginFound(RunRecord found) {
        Throwable undo = journal().undo();
        boolean turned = undo != null || found.status() == RunStatus.COMPENSATING;
        lock.lock();
        try {
            startedAt = found.createdAt();
            if (isPending()
                    && found.deadline() != null
                    && found.status() == RunStatus.RUNNING
                    && !journal().isGathering()) {
                Duration rest = Duration.between(core.clock().now(), found.deadline());
                extras().deadline = core.schedule(
                        rest.isNegative() ? Duration.ZERO : rest,
                        () -> expire(Duration.between(found.createdAt(), found.deadline())));
            }
            byte[] error = found.error();
            // Else the records of the tasks say why.
            if (!journal().anyFailed()) {
                if (undo != null) {
                    addFailure(ReadyTasks.NONE, undo);
                } else if (turned || (error != null && journal().isReading())) {
                    addFailureFound(error);
                }
            }
            if (journal().isReading()) {
                extras().target = found.status();
            } else if (journal().isGathering()) {
                // Once all that is recorded has been taken over, the run goes on to this.
                extras().target = turned ? RunStatus.COMPENSATING : RunStatus.FAILED;
            }
        } finally {
            lock.unlock();
        }
        return begin(false, true);
    }

    /** Under the lock: why the run is undone, or has failed, where no task has failed since it was last resumed. */
    private void addFailureFound(byte @Nullable [] error) {
        RunFailures.Failure before = journal().failureTakenBack(error);
        if (before != null) {
            extras().failures = added(known().failures, before.task(), before.element(), before.cause());
        } else {
            addFailure(
                    ReadyTasks.NONE,
                    error == null ? cancelledToBeUndone() : journal().failureOf(error));
        }
    }

    private CancellationException cancelledToBeUndone() {
        return new CancellationException("run " + id() + " was cancelled, to be undone");
    }

    private Journal<R> journal() {
        return Objects.requireNonNull(journal);
    }

    boolean isLost() {
        return known().lost != null;
    }

    /** The run, which was about to begin, does not. */
    void discard(RuntimeException reason) {
        extras().lost = reason;
        cancelHere();
        giveBack(RunStatus.CANCELLED);
    }

    /** Records that the run begins; returns false if there is another with its id. */
    boolean recordBegin() {
        return journal().begin(options) != RunWrite.Outcome.EXISTS;
    }

    private void goOn() {
        if (core.pool() == null) {
            crew.participate(true, Long.MAX_VALUE);
        } else {
            // Somebody may wait for the run since before it began, with the thread that it needs.
            crew.wake();
        }
    }

    /** Makes the first tasks ready; returns false if the run was cancelled or paused before. */
    private boolean begin(boolean interruptSiblings, boolean timed) {
        boolean begun;
        boolean held = false;
        lock.lock();
        try {
            begun = status == RunStatus.PENDING;
            if (begun) {
                interruptOnFailure = interruptSiblings;
                status = RunStatus.RUNNING;
                if (startedAt == null) {
                    startClocks(timed || observer != null);
                }
                held = holdTogether();
            }
        } finally {
            lock.unlock();
        }
        if (!begun) {
            try {
                if (journal != null && status == RunStatus.CANCELLED && !isLost()) {
                    // By somebody who joined it while its begin was being recorded.
                    journal.endResting(RunStatus.CANCELLED);
                }
            } finally {
                giveBack(RunStatus.CANCELLED);
            }
            return false;
        }
        if (observer != null) {
            observer.emit(journal != null && journal.isFound() ? FlowEvent.RunResumed::new : FlowEvent.RunStarted::new);
        }
        tasks.begin();
        if (held) {
            crew.unpark();
        }
        return status.isActive();
    }

    /** Under the lock. */
    private void startClocks(boolean timed) {
        Duration limit = options.deadline();
        startedAt = timed ? now() : null;
        if (limit == null) {
            return;
        }
        try {
            extras().deadline = core.schedule(limit, () -> expire(limit));
        } catch (Throwable t) {
            // Without its deadline the run is not what its caller asked for.
            addFailure(ReadyTasks.NONE, t);
            aim(RunStatus.FAILED, Crew.Halt.DRAIN);
        }
    }

    /**
     * Under the lock, as the run becomes active: where there is something to tell before anything else of the run, or to end
     * at once, the calling thread counts as a hand, so that nobody else settles the run meanwhile.
     */
    private boolean holdTogether() {
        boolean held = observer != null || known().target != null;
        if (held) {
            crew.park();
        }
        return held;
    }

    /**
     * Takes over a straight line that was stopped, or failed, at the task {@code position}, and throws how the run ended.
     *
     * @param interrupted whether the task failed because its caller was interrupted
     */
    R endStopped(int position, Throwable failure, boolean interrupted) {
        tasks.beginAt(position);
        lock.lock();
        try {
            crew.remaining(graph.size() - position);
            status = RunStatus.RUNNING;
            if (interrupted) {
                extras().interruption = failure;
                tasks.countUnsuccessful(position);
            }
            if (interrupted || frame.stopped()) {
                aim(RunStatus.CANCELLED, Crew.Halt.DRAIN);
            } else {
                tasks.hold(position);
                tasks.set(position, TaskStatus.FAILED);
                if (!isGuardBroken(position)) {
                    tasks.countUnsuccessful(position);
                }
                addFailure(position, failure);
                aim(RunStatus.FAILED, haltAfter(failure));
            }
        } finally {
            lock.unlock();
        }
        crew.participate(true, Long.MAX_VALUE);
        return outcome();
    }

    /** Whether the task of a straight line failed before its code began. Guards only read values, so they fail again. */
    private boolean isGuardBroken(int task) {
        try {
            return graph.task(task).conditional() && !frame.runs(task);
        } catch (Throwable t) {
            return true;
        }
    }

    // ---- failing, stopping, going on -------------------------------------------------------------------------------

    /**
     * A task has failed for good; returns the task that the worker is to run next.
     *
     * @param element the element whose failure it is, or {@link Place#NO_ELEMENT}
     */
    int failed(Worker worker, int task, int element, int attempts, Throwable failure) {
        if (task >= graph.size()) {
            return compensationFailed(worker, task, attempts, failure);
        }
        board().set(task, TaskStatus.FAILED);
        if (observer != null) {
            observer.failed(graph.task(task).name(), Place.NO_ELEMENT, attempts, failure);
        }
        if (goesOnWithout(task, failure)) {
            return journal == null
                    ? goOnWithout(worker, task, element, failure)
                    : journal.tolerated(
                            worker, task, attempts, failure, next -> goOnWithout(next, task, element, failure));
        }
        if (journal != null) {
            journal.failed(task, element, attempts, failure);
        }
        fail(task, element, failure, isGathering() ? Crew.Halt.GO : haltAfter(failure));
        return ReadyTasks.NONE;
    }

    /** The run goes on without a task that has failed; that is recorded where it has to be. */
    int goOnWithout(Worker worker, int task, int element, Throwable failure) {
        lock.lock();
        try {
            extras().tolerated = added(known().tolerated, task, element, failure);
        } finally {
            lock.unlock();
        }
        return crew.over(worker, task, TaskStatus.FAILED);
    }

    private boolean isGathering() {
        return journal != null && journal.isGathering() && known().undoing == null;
    }

    /** Whether a task that fails ends the run. */
    boolean haltsOnFailure() {
        return graph.onFailure() != OnFailure.CONTINUE;
    }

    /** Whether the task may fail so: its key is absent then. A case that the proof knew nothing of is no failure of the task. */
    boolean goesOnWithout(int task, Throwable failure) {
        return graph.task(task).optional()
                && !(failure instanceof Error)
                && !(failure instanceof UncoveredCaseException);
    }

    private int compensationFailed(Worker worker, int number, int attempts, Throwable failure) {
        if (journal != null) {
            journal.failed(number, Place.NO_ELEMENT, attempts, failure);
        }
        elementNotCompensated(number, Place.NO_ELEMENT, attempts, failure);
        return notCompensated(worker, number);
    }

    /** A compensation has failed for good for an element, or for {@link Place#NO_ELEMENT}. */
    void elementNotCompensated(int number, int element, int attempts, Throwable failure) {
        addCompensationFailure(number, element, failure);
        if (observer != null) {
            observer.compensationFailed(graph.task(graph.taskOf(number)).name(), element, attempts, failure);
        }
    }

    /** The compensation is over, and its failures are known; returns what the worker is to run next. */
    int notCompensated(Worker worker, int number) {
        return crew.over(worker, number, TaskStatus.FAILED);
    }

    private void addCompensationFailure(int number, int element, Throwable failure) {
        lock.lock();
        try {
            undoing().failed(number, element, failure);
            for (RunFailures.Failure cause : causes()) {
                // The caller gets the Error itself, as it is.
                if (cause.cause() instanceof Error error && !error.equals(failure)) {
                    error.addSuppressed(failure);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** A compensation has succeeded; returns what the worker is to run next. */
    int compensated(Worker worker, int number, int attempts) {
        int task = graph.taskOf(number);
        ManagedTask undone = managed == null ? null : managed.known(task);
        try {
            if (undone != null) {
                undone.revoke();
            }
        } catch (Throwable t) {
            // As long as the result is remembered, others take what is no longer true.
            return compensationFailed(worker, number, attempts, t);
        }
        return journal == null
                ? compensationRecorded(worker, number, attempts)
                : journal.compensated(
                        worker,
                        number,
                        Place.NO_ELEMENT,
                        attempts,
                        next -> compensationRecorded(next, number, attempts));
    }

    private int compensationRecorded(Worker worker, int number, int attempts) {
        int task = graph.taskOf(number);
        if (observer != null) {
            observer.compensated(graph.task(task).name(), Place.NO_ELEMENT, attempts);
        }
        return compensationReplayed(worker, number);
    }

    /** A compensation is known to have succeeded; returns what the worker is to run next. */
    int compensationReplayed(Worker worker, int number) {
        lock.lock();
        try {
            undoing().succeeded(number);
        } finally {
            lock.unlock();
        }
        return crew.over(worker, number, TaskStatus.SUCCEEDED);
    }

    /** What a task did for an element has been undone. */
    void elementCompensated(int number, int element, int attempts) {
        if (observer != null) {
            int task = graph.taskOf(number);
            observer.compensated(graph.task(task).name(), element, attempts);
        }
    }

    private Undoing undoing() {
        return Objects.requireNonNull(known().undoing);
    }

    /** What the failure of a task means for the others. */
    private Crew.Halt haltAfter(Throwable failure) {
        if (graph.onFailure() == OnFailure.CONTINUE && !(failure instanceof VirtualMachineError)) {
            return Crew.Halt.GO;
        }
        return interruptOnFailure ? Crew.Halt.STOP : Crew.Halt.DRAIN;
    }

    private void fail(int task, int element, Throwable failure, Crew.Halt how) {
        lock.lock();
        try {
            if (!isOpen() || finishing) {
                return;
            }
            if (status == RunStatus.COMPENSATING) {
                undoing().failed(task, Place.NO_ELEMENT, failure);
                aim(RunStatus.COMPENSATION_FAILED, how);
            } else {
                extras().failures = added(known().failures, task, element, failure);
                aim(RunStatus.FAILED, how);
            }
        } finally {
            lock.unlock();
        }
        crew.stop();
    }

    /**
     * Something failed outside of any attempt: code of the user's that only the engine calls, or the engine itself. No run may
     * wait for ever because of it.
     */
    void broke(int task, Throwable failure) {
        if (crew.halt() != Crew.Halt.GO) {
            log.error("{} failed while it was stopping", this, failure);
        }
        if (task == ReadyTasks.NONE || board().status(task) == TaskStatus.SUCCEEDED) {
            fail(ReadyTasks.NONE, Place.NO_ELEMENT, failure, Crew.Halt.DRAIN);
        } else {
            board().set(task, TaskStatus.FAILED);
            fail(task, Place.NO_ELEMENT, failure, Crew.Halt.DRAIN);
        }
    }

    private void addFailure(int task, Throwable failure) {
        extras().failures = added(known().failures, task, Place.NO_ELEMENT, failure);
    }

    private static RunFailures added(@Nullable RunFailures known, int task, int element, Throwable failure) {
        RunFailures failures = known == null ? new RunFailures() : known;
        failures.add(task, element, failure);
        return failures;
    }

    private void expire(Duration limit) {
        stopIf(() -> {
            if (!isOpen() || finishing || known().deadline == null) {
                // The run has come to rest meanwhile; if it has been resumed, that is without a deadline.
                return false;
            }
            addFailure(ReadyTasks.NONE, new DeadlineExceededException(id(), limit));
            return aim(RunStatus.FAILED, Crew.Halt.STOP);
        });
    }

    /**
     * Stops the run if it is to be stopped.
     *
     * @param decision says so under the lock, and has said by {@link #aim} what the run is to become then
     * @return what was decided
     */
    private boolean stopIf(BooleanSupplier decision) {
        lock.lock();
        try {
            if (!decision.getAsBoolean()) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        crew.stop();
        settle();
        return true;
    }

    /** The engine's executor refused to give a thread. */
    void rejected(EngineRejectedException cause) {
        if (!crew.refused()) {
            fail(ReadyTasks.NONE, Place.NO_ELEMENT, cause, Crew.Halt.DRAIN);
            settle();
        }
    }

    /**
     * Under the lock: no further task starts, and the run is to end so, unless something graver was said before.
     *
     * @return true, for those who decide it
     */
    private boolean aim(RunStatus wanted, Crew.Halt how) {
        RunStatus before = known().target;
        if (before == null || gravity(wanted) > gravity(before)) {
            extras().target = wanted;
        }
        crew.halt(how);
        return true;
    }

    private static int gravity(RunStatus status) {
        return switch (status) {
            case PAUSED -> 1;
            case FAILED -> 2;
            default -> 3;
        };
    }

    /**
     * The last task has succeeded: whether its record may make the run a success. Then nothing changes the end any more.
     */
    boolean tryFinish() {
        lock.lock();
        try {
            finishing = isOpen() && status == RunStatus.RUNNING && known().target == null;
            return finishing;
        } finally {
            lock.unlock();
        }
    }

    /** What a task did can never be recorded, so it counts as not done. */
    void cannotRecord(int task, RuntimeException failure) {
        lock.lock();
        try {
            finishing = false;
        } finally {
            lock.unlock();
        }
        broke(task, failure);
    }

    /** The engine's lease is over, or nearly: the run may be somebody else's at any moment. */
    void leaseEnded() {
        detach(new StoreUnavailableException("run " + id() + " of flow " + graph.name()
                + " does not go on here: the engine could not renew its lease at its store"));
    }

    /** The run does not go on here. What it has recorded is safe; whoever owns it goes on from there. */
    void detach(RuntimeException reason) {
        stopIf(() -> {
            if (!status.isActive() || isLost() || isPending() || (journal != null && journal.isEndRecorded())) {
                return false;
            }
            extras().lost = reason;
            return aim(RunStatus.PAUSED, Crew.Halt.STOP);
        });
    }

    /**
     * If a task failed because the engine closes, and gives the run back for which the task waited, hands this one over too: its turn may
     * not have come yet. Under no lock.
     *
     * @return whether the failure is none of the task, because the run is handed over
     */
    boolean handsOverWith(Throwable failure) {
        if (!(failure instanceof RunDetachedException) || journal == null || !core.isClosing()) {
            return false;
        }
        handOver(false);
        return known().handedOver;
    }

    /** The engine closes: what has begun is recorded, nothing else begins, and the run is for any engine to adopt. */
    void handOver(boolean atOnce) {
        stopIf(() -> {
            Crew.Halt how = atOnce ? Crew.Halt.STOP : Crew.Halt.DRAIN;
            // Who has paused it does not want it to go on elsewhere.
            if (isTurning()) {
                return pauseLater(how, known().pauseLater == null || known().handOverLater);
            }
            if (!isOpen() || finishing || isPending()) {
                return false;
            }
            if (known().pauseLater == null) {
                pauseLater(how, true);
            }
            extras().handedOver |= known().target == null;
            return aim(RunStatus.PAUSED, how);
        });
    }

    /**
     * Under the lock: whether the run is about to undo what its tasks did, or finds out what that is. It does not rest before it knows all
     * of that: half of it would be undone, or nothing.
     */
    private boolean isTurning() {
        return status.isActive() && (settling || isGathering());
    }

    /** Under the lock: what the run is to do as it begins to be undone, if it comes to that. Returns false: nothing stops for it. */
    private boolean pauseLater(Crew.Halt how, boolean handedOver) {
        extras().pauseLater = how;
        extras().handOverLater = handedOver;
        return false;
    }

    /** Among those that wait for their turn. */
    int priority() {
        return options.priority();
    }

    @Override
    public void pause(PauseMode mode) {
        StoredRun<R> moved = moved();
        if (moved != null) {
            moved.pause(mode);
            return;
        }
        Crew.Halt how = Objects.requireNonNull(mode, "mode") == PauseMode.INTERRUPT ? Crew.Halt.STOP : Crew.Halt.DRAIN;
        stopIf(() -> {
            if (isTurning()) {
                return pauseLater(how, false);
            }
            if (!isOpen() || finishing) {
                return false;
            }
            extras().handedOver = false;
            // Should it be undone instead, it rests as that begins.
            pauseLater(how, false);
            return aim(RunStatus.PAUSED, how);
        });
    }

    /** The caller's thread was interrupted while it ran a task, which failed so. The run ends with the caller's interest. */
    void callerInterrupted(Throwable failure) {
        lock.lock();
        try {
            extras().interruption = failure;
        } finally {
            lock.unlock();
        }
        cancelHere();
    }

    /** The engine closes: what the run undoes rests, anything else is cancelled. */
    void close() {
        if (journal != null) {
            if (!giveUpBeginning()) {
                giveUpGathering();
                handOver(true);
            }
            return;
        }
        boolean paused = stopIf(() -> {
            if (isTurning() || (isOpen() && known().target == RunStatus.COMPENSATING)) {
                return pauseLater(Crew.Halt.STOP, false);
            }
            return isOpen() && status == RunStatus.COMPENSATING && aim(RunStatus.PAUSED, Crew.Halt.STOP);
        });
        if (!paused) {
            cancelHere();
        }
    }

    /** If the run has not begun here, it does not: what the store has of it is for others. */
    private boolean giveUpBeginning() {
        lock.lock();
        try {
            if (!isPending()) {
                return false;
            }
            extras().lost = new RunDetachedException(id());
            become(RunStatus.CANCELLED);
        } finally {
            lock.unlock();
        }
        core.ended(this);
        core.reconsiderPermits();
        keepPromises();
        return true;
    }

    /** The engine does not wait any longer until the run knows what to undo: whoever adopts it finds that out once more. */
    private void giveUpGathering() {
        boolean gathers;
        lock.lock();
        try {
            gathers = isOpen() && isGathering() && journal().undo() == null;
        } finally {
            lock.unlock();
        }
        if (gathers) {
            detach(new RunDetachedException(id()));
        }
    }

    @Override
    public void cancel(CancelMode mode) {
        StoredRun<R> moved = moved();
        if (moved != null) {
            moved.cancel(mode);
            return;
        }
        boolean found = journal != null && journal.isFound();
        if (Objects.requireNonNull(mode, "mode") == CancelMode.KEEP
                || graph.compensations().isEmpty()
                || (isPending() && !found)) {
            cancelHere();
            return;
        }
        if (found && isUndoneLater()) {
            return;
        }
        boolean running;
        lock.lock();
        try {
            if (status.isActive() && settling) {
                extras().cancelLater = mode;
                return;
            }
            running = isOpen() && !finishing && status == RunStatus.RUNNING;
            if (known().failures == null && (running || status.isResumable())) {
                addFailure(ReadyTasks.NONE, cancelledToBeUndone());
            }
            if (running) {
                forgetPause();
                aim(RunStatus.COMPENSATING, Crew.Halt.STOP);
            }
        } finally {
            lock.unlock();
        }
        if (running) {
            crew.stop();
            settle();
        } else {
            restart(true);
        }
    }

    /** Under the lock: the run is to be undone, which was said later than that it is to be paused. */
    private void forgetPause() {
        if (!known().handOverLater) {
            extras().pauseLater = null;
        }
    }

    /** Of a run that was found: what other processes have done is to be known before it is undone. Whether that is still to come. */
    private boolean isUndoneLater() {
        lock.lock();
        try {
            if (isPending()) {
                extras().undoAsked = true;
                return true;
            }
            if (status != RunStatus.RUNNING || !isOpen() || !isGathering()) {
                return false;
            }
            if (known().failures == null && !journal().anyFailed()) {
                addFailure(ReadyTasks.NONE, cancelledToBeUndone());
            }
            forgetPause();
            return aim(RunStatus.COMPENSATING, Crew.Halt.GO);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cancel() {
        StoredRun<R> moved = moved();
        if (moved == null) {
            cancelHere();
        } else {
            moved.cancel();
        }
    }

    /** As {@link #cancel()}, for those who want it no longer here. */
    void cancelHere() {
        RunStatus resting = status;
        if (journal != null
                && resting.isResumable()
                && (!isHere(resting) || !journal.endResting(RunStatus.CANCELLED))) {
            // Somebody has resumed it, or it is gone, and its id may be another's.
            return;
        }
        RunStatus before;
        lock.lock();
        try {
            before = status;
            if (before == RunStatus.PENDING && !isLost() && isBeingUndoneElsewhere()) {
                return;
            }
            if (before == RunStatus.PENDING || before.isResumable()) {
                finishedAt = startedAt == null ? null : now();
                become(RunStatus.CANCELLED);
            } else if (isOpen()
                    && !finishing
                    && before != RunStatus.COMPENSATING
                    && !(isGathering() && known().target == RunStatus.COMPENSATING)) {
                aim(RunStatus.CANCELLED, Crew.Halt.STOP);
            } else {
                if (settling) {
                    extras().cancelLater = CancelMode.KEEP;
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        if (before == RunStatus.PENDING || before.isResumable()) {
            if (before != RunStatus.PENDING) {
                // Of a run that never began nobody has been told.
                tell(RunStatus.CANCELLED);
            }
            core.ended(this);
            core.reconsiderPermits();
            keepPromises();
        } else {
            crew.stop();
            settle();
        }
    }

    /** Whether the run, which is yet to begin here, was found while it was being undone. */
    private boolean isBeingUndoneElsewhere() {
        return journal != null && (journal.isTurning() || journal.undo() != null);
    }

    @Override
    public boolean resume() {
        StoredRun<R> moved = moved();
        return moved == null ? restart(false) : moved.resume();
    }

    /**
     * Goes on with a run that rests.
     *
     * @param undo whether with its compensations; one that had begun with those goes on with them in any case
     */
    private boolean restart(boolean undo) {
        RunStatus resting = status;
        if (!resting.isResumable() || isLost()) {
            return false;
        }
        core.checkOpen();
        if (journal == null) {
            return restart(resting, undo);
        }
        Journal<R> store = journal;
        DurableEngine engine = store.engine();
        if (store.isFound() || engine.patiently(() -> store.whereabouts(resting)) != Journal.Whereabouts.HERE) {
            // What is known here belongs to the time before: it goes on from what the store has now.
            return goesOnAs(engine.resume(graph, id(), store.createdAt(), undo));
        }
        Object claimant = engine.strays().expect(id());
        try {
            return restart(resting, undo) || known().lost instanceof MovedException;
        } finally {
            engine.strays().arrived(claimant);
        }
    }

    private boolean restart(RunStatus resting, boolean undo) {
        EngineCore.Admission admission = core.admit(graph, priority(), () -> status.isResumable());
        extras().resuming = true;
        try {
            if (admission != EngineCore.Admission.UNWANTED && !acquire(resting, undo)) {
                core.giveUp(admission);
                admission = EngineCore.Admission.UNWANTED;
            }
        } catch (Throwable t) {
            extras().resuming = false;
            core.giveUp(admission);
            throw t;
        }
        boolean resumed;
        boolean held = false;
        boolean turning = false;
        List<RunFailures.Failure> again = List.of();
        lock.lock();
        try {
            resumed = admission != EngineCore.Admission.UNWANTED && status.isResumable();
            if (resumed) {
                holdsPermit = admission == EngineCore.Admission.WITH_PERMIT;
                extras().handedOver = false;
                core.resumed(this);
                if (undo && known().failures == null && known().undoing == null) {
                    addFailure(ReadyTasks.NONE, cancelledToBeUndone());
                }
                boolean back = undo || known().undoing != null;
                turning = back && !(known().undoing != null && status == RunStatus.PAUSED);
                status = back ? RunStatus.COMPENSATING : RunStatus.RUNNING;
                extras().target = null;
                finishedAt = null;
                interruptOnFailure = false;
                if (turning) {
                    settling = true;
                } else {
                    crew.proceed();
                    held = holdTogether();
                }
                if (!back) {
                    again = causes();
                    extras().failures = null;
                }
            }
        } finally {
            extras().resuming = false;
            lock.unlock();
        }
        if (!resumed) {
            core.giveUp(admission);
            return false;
        }
        core.reconsiderPermits();
        if (turning) {
            turnBack();
        } else if (observer != null) {
            observer.emit(FlowEvent.RunResumed::new);
        }
        if (journal != null && core.isClosing()) {
            // Who closes the engine may have looked before.
            close();
        }
        settle();
        for (RunFailures.Failure failure : again) {
            if (failure.task() != ReadyTasks.NONE) {
                crew.stopped(failure.task());
            }
        }
        if (held) {
            crew.unpark();
        }
        goOn();
        return true;
    }

    /** In a store, exactly one of those who resume the run gets it. */
    private boolean acquire(RunStatus resting, boolean undo) {
        return journal == null
                || journal.acquire(
                        resting, undo || known().undoing != null ? RunStatus.COMPENSATING : RunStatus.RUNNING);
    }

    @Override
    public boolean resume(String task, @Nullable Object result) {
        Objects.requireNonNull(task, "task");
        DurableEngine engine = core.durable();
        if (engine == null || journal == null) {
            throw new IllegalStateException("run " + id() + " of flow " + graph.name()
                    + " is in memory, where no task is in doubt: resume() runs what has failed again");
        }
        StoredRun<R> moved = moved();
        if (moved != null) {
            return moved.resume(task, result);
        }
        if (status != RunStatus.FAILED || isLost()) {
            return false;
        }
        core.checkOpen();
        return goesOnAs(engine.resume(graph, id(), journal.createdAt(), task, result));
    }

    /** The run goes on as another object; null: it does not. */
    private boolean goesOnAs(@Nullable FlowRun<?> other) {
        if (other == null) {
            return false;
        }
        hasMoved();
        return true;
    }

    /** The run goes on, or will, as another object. */
    void hasMoved() {
        extras().lost = new MovedException(id());
        EngineThreads.runForTimer(this::keepPromises);
    }

    /** Whether the run rests here, as far as the store can say now. */
    private boolean isHere(RunStatus resting) {
        try {
            return journal().whereabouts(resting) == Journal.Whereabouts.HERE;
        } catch (StoreUnavailableException e) {
            return true;
        }
    }

    /** A run that rests here may have gone on elsewhere, which only its store knows, if it answers. */
    void lookElsewhere() {
        try {
            askWhereabouts();
        } catch (StoreUnavailableException e) {
            log.debug("Whether run {} has gone on elsewhere is not known: {}", id(), e.toString());
        }
    }

    private void askWhereabouts() {
        RunStatus resting = status;
        if (journal == null || journal.isReading() || isLost() || !resting.isResumable() || known().resuming) {
            return;
        }
        long epoch = journal.epoch();
        Journal.Whereabouts where = journal.whereabouts(resting);
        // What a paused run comes to nobody knows any more once it has been purged.
        boolean moved = where == Journal.Whereabouts.ELSEWHERE
                || (where == Journal.Whereabouts.NOWHERE && resting == RunStatus.PAUSED);
        lock.lock();
        try {
            moved = moved && !known().resuming && status == resting && journal.epoch() == epoch && !isLost();
            if (moved) {
                extras().lost = new MovedException(id());
            }
        } finally {
            lock.unlock();
        }
        if (moved) {
            EngineThreads.runForTimer(this::keepPromises);
        }
    }

    /** If somebody has a promise of the end of the run, which is paused: the engine sees whether it goes on elsewhere, for nobody tells. */
    private void watch() {
        lock.lock();
        try {
            if (journal == null || known().watched || !isToBeWatched()) {
                return;
            }
            extras().watched = true;
        } finally {
            lock.unlock();
        }
        journal.engine().watch(this);
    }

    /**
     * The engine has come to the run, which is to be watched.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    void watched() {
        try {
            askWhereabouts();
        } finally {
            lock.lock();
            try {
                extras().watched = false;
            } finally {
                lock.unlock();
            }
            watch();
        }
    }

    /** Under the lock. */
    private boolean isToBeWatched() {
        return status == RunStatus.PAUSED && !isLost() && !core.isClosing() && waiters != null && waiters.anyPromised();
    }

    /** For the record; null if the user's clock fails. */
    @Nullable
    Instant now() {
        try {
            return core.clock().now();
        } catch (Throwable t) {
            log.error("The clock failed", t);
            return null;
        }
    }

    // ---- ending ----------------------------------------------------------------------------------------------------

    /** If nothing can change any more, gives the run its new status and tells everybody. */
    void settle() {
        RunStatus ending;
        lock.lock();
        try {
            ending = beginSettling();
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            settleAs(ending);
        }
    }

    /** Under the lock: if nothing can change any more, what becomes of the run, which the caller is to {@link #settleAs}; else null. */
    @Nullable
    RunStatus beginSettling() {
        if (!isOpen()
                || isPending()
                || !crew.isQuiet()
                || (crew.remaining() > 0 && (known().target == null || crew.hasReady()))) {
            return null;
        }
        settling = true;
        return ending();
    }

    /** Not under the lock. */
    void settleAs(RunStatus ending) {
        if (journal == null || isLost()) {
            settled(ending);
        } else {
            record(ending);
        }
    }

    /** Before anything follows from the end, or from the beginning of its undoing, that is recorded. */
    private void record(RunStatus ending) {
        List<RunFailures.Failure> causes = causes();
        // The record of a task says itself why it failed; but a run that is undone is to say so, wherever it is paused.
        boolean undone = ending == RunStatus.COMPENSATING || known().undoing != null;
        boolean givenBack = ending == RunStatus.PAUSED && known().handedOver;
        boolean foundAgain = ending == RunStatus.PAUSED && known().foundAgain && !givenBack;
        boolean said = causes.isEmpty()
                || foundAgain
                || (!undone
                        && causes.get(0).task() != ReadyTasks.NONE
                        && journal().tells(causes.get(0).task()));
        Throwable error = said ? null : causes.get(0).cause();
        RunStatus shown = givenBack || foundAgain ? status : ending;
        journal().end(shown, error, givenBack || !shown.isActive(), failure -> {
            if (failure != null || givenBack) {
                extras().lost = failure == null ? new RunDetachedException(id()) : failure;
            } else if (foundAgain) {
                extras().lost = new MovedException(id());
            }
            try {
                settled(!isLost() ? ending : RunStatus.PAUSED);
            } finally {
                if (foundAgain && failure == null) {
                    journal().findAgain(causes.get(0).cause());
                }
            }
        });
    }

    private void settled(RunStatus ending) {
        if (ending == RunStatus.COMPENSATING) {
            turnBack();
            crew.wake();
            settle();
            return;
        }
        if (ending != RunStatus.SUCCEEDED) {
            crew.rest();
        }
        // Before anybody who waits can go on, so that who has the result has also been told all events.
        if (!isLost()) {
            tell(ending);
        }
        giveBack(ending);
        CancelMode cancelled;
        lock.lock();
        try {
            settling = false;
            finishing = false;
            if (known().pauseLater != null) {
                // It has come to rest.
                extras().pauseLater = null;
            }
            cancelled = known().cancelLater;
            if (cancelled != null) {
                extras().cancelLater = null;
            }
            cancelDeadline();
            finishedAt = startedAt == null || ending == RunStatus.PAUSED ? null : now();
            become(ending);
        } finally {
            lock.unlock();
        }
        if (crew.requested()) {
            core.forgetRequest();
        }
        if (ending != RunStatus.PAUSED || isLost()) {
            keepPromises();
        } else if (journal != null && !core.knows(this)) {
            // It has been resumed, and goes on as another object, since its store had it paused.
            EngineThreads.runForTimer(() -> {
                lookElsewhere();
                watch();
            });
        } else {
            watch();
        }
        if (isLost()) {
            core.ended(this);
        }
        if (cancelled != null && ending == RunStatus.PAUSED && !isLost()) {
            cancel(cancelled);
        }
    }

    /** Under the lock, while quiet: what becomes of the run now. */
    private RunStatus ending() {
        if (isLost()) {
            return RunStatus.PAUSED;
        }
        if (journal != null && journal.isReading()) {
            return read();
        }
        boolean complete = crew.remaining() == 0;
        if (status == RunStatus.COMPENSATING) {
            return !complete
                    ? Objects.requireNonNull(known().target)
                    : undoing().isComplete() ? RunStatus.COMPENSATED : RunStatus.COMPENSATION_FAILED;
        }
        if (complete && known().target != RunStatus.COMPENSATING) {
            return RunStatus.SUCCEEDED;
        }
        RunStatus wanted = Objects.requireNonNull(known().target);
        if (wanted == RunStatus.FAILED && isUndoneOnFailure()) {
            wanted = RunStatus.COMPENSATING;
        }
        if (wanted == RunStatus.COMPENSATING && !complete && isToBeFoundAgain()) {
            extras().foundAgain = true;
            return RunStatus.PAUSED;
        }
        return wanted;
    }

    /**
     * Whether the run was stopped before all that other processes had done was taken over. What they have on record, and what may have
     * begun there, is to be undone too; who finds a run that is to be undone looks at all of that, and runs nothing.
     */
    private boolean isToBeFoundAgain() {
        return journal != null
                && journal.isFound()
                && !journal.isGathering()
                && !graph.compensations().isEmpty();
    }

    /** What is shown of a run that is only looked at. */
    private RunStatus read() {
        RunStatus shown = Objects.requireNonNull(known().target);
        if (shown.isActive()) {
            // It goes on elsewhere; here it does not.
            return RunStatus.PAUSED;
        }
        if (shown == RunStatus.SUCCEEDED && crew.remaining() > 0) {
            addFailure(ReadyTasks.NONE, new IllegalStateException("the records of run " + id() + " are not complete"));
            return RunStatus.FAILED;
        }
        return shown;
    }

    /** After a failure of the JVM nothing more is to be tried, and without threads nothing can be. */
    private boolean isUndoneOnFailure() {
        return graph.compensatesOnFailure()
                && causes().stream()
                        .noneMatch(failure -> failure.cause() instanceof VirtualMachineError
                                || failure.cause() instanceof EngineRejectedException);
    }

    /** While settling: from now on the run undoes what its tasks did. */
    private void turnBack() {
        crew.rest();
        List<RunFailures.Failure> causes = causes();
        FlowFailure reason = Undoing.reason(causes.get(0), graph);
        if (observer != null) {
            Throwable cause = causes.get(0).cause();
            observer.emit((flow, run, sequence, at) -> new FlowEvent.RunCompensating(flow, run, sequence, at, cause));
        }
        lock.lock();
        try {
            cancelDeadline();
            Extras own = extras();
            Undoing undone = own.undoing == null ? new Undoing(this, tasks, managed, fanOuts) : own.undoing;
            own.undoing = undone;
            frame.undo(reason, undone.succeeded());
            FlowGraph reversed = graph.reversed();
            TaskBoard compensations = new TaskBoard(reversed, frame, core.pool() == null);
            own.board = compensations;
            crew.turnBack(compensations, undone.managed(), undone.fanOuts(), undone.begin(), reversed.wanted());
            own.target = null;
            settling = false;
            status = RunStatus.COMPENSATING;
            if (own.pauseLater != null) {
                own.handedOver = own.handOverLater;
                aim(RunStatus.PAUSED, own.pauseLater);
            }
            own.pauseLater = null;
            own.cancelLater = null;
            if (own.lost != null) {
                aim(RunStatus.PAUSED, Crew.Halt.STOP);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<RunFailures.Failure> causes() {
        lock.lock();
        try {
            RunFailures failures = known().failures;
            return failures == null ? List.of() : failures.all();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void cancelDeadline() {
        FlowClock.Scheduled deadline = known().deadline;
        if (deadline != null) {
            deadline.cancel();
            extras().deadline = null;
        }
    }

    /** Under the lock: the run is no longer active. */
    private void become(RunStatus ending) {
        status = ending;
        if (waiters != null) {
            waiters.wake();
        }
        crew.dissolve();
    }

    /**
     * What the run holds of the engine; given back first, so that who waits for this run can start the next. Without the lock: while
     * the run settles, or is given up before it has begun, no other thread changes what it holds.
     */
    private void giveBack(RunStatus ending) {
        boolean permit = holdsPermit;
        int number = noted;
        holdsPermit = false;
        noted = ActiveRuns.NO_SLOT;
        core.settled(this, number, permit, ending);
    }

    private void tell(RunStatus ending) {
        if (observer == null) {
            return;
        }
        if (ending == RunStatus.PAUSED) {
            observer.emit(FlowEvent.RunPaused::new);
            return;
        }
        Throwable cause = hasFailed(ending) ? causes().get(0).cause() : null;
        observer.emit((flow, run, sequence, at) -> new FlowEvent.RunFinished(flow, run, sequence, at, ending, cause));
    }

    private static boolean hasFailed(RunStatus ending) {
        return switch (ending) {
            case FAILED, COMPENSATED, COMPENSATION_FAILED -> true;
            default -> false;
        };
    }

    // ---- what users see --------------------------------------------------------------------------------------------

    @Override
    public String id() {
        lock.lock();
        try {
            if (id == null) {
                id = RunIds.next(core.clock());
            }
            return id;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RunStatus status() {
        lookElsewhere();
        RunStatus seen = status;
        if (isLost()) {
            return elsewhere().map(Run::status).orElse(RunStatus.RUNNING);
        }
        if (seen != RunStatus.RUNNING || managed == null) {
            return seen;
        }
        lock.lock();
        try {
            return status == RunStatus.RUNNING && crew.isWaiting() ? RunStatus.WAITING : status;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public R result() {
        if (!await(Long.MAX_VALUE)) {
            throw interrupted();
        }
        lookElsewhere();
        return outcome();
    }

    @Override
    public R result(Duration timeout) throws TimeoutException {
        long until = System.nanoTime() + Nanos.of(Objects.requireNonNull(timeout, "timeout"));
        if (!await(until)) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            throw new TimeoutException(this + " after " + Durations.text(timeout));
        }
        lookElsewhere();
        return outcome(until);
    }

    private FlowInterruptedException interrupted() {
        return new FlowInterruptedException("interrupted while waiting for run " + id() + " of flow " + graph.name());
    }

    /** The calling thread, which runs a task of the engine, works on the run until that is no longer active, or the time is up. */
    void help(long until) {
        await(until);
    }

    /** Waits until the run is no longer active; false: interrupted, the flag is set, or the time was up. */
    private boolean await(long until) {
        if (core.pool() != null && core.works()) {
            // A thread of the engine works while it waits, else runs that wait for runs could use up all threads.
            return crew.participate(false, until);
        }
        return waiters().await(until);
    }

    private Waiters<R> waiters() {
        lock.lock();
        try {
            if (waiters == null) {
                waiters = new Waiters<>(this, lock);
            }
            return waiters;
        } finally {
            lock.unlock();
        }
    }

    /** The run has ended. Not under the lock: what follows a future is code of the user's. */
    private void keepPromises() {
        Waiters<R> known;
        lock.lock();
        try {
            known = waiters;
        } finally {
            lock.unlock();
        }
        if (known != null) {
            known.complete();
        }
    }

    /** What {@link #result()} returns or throws now that the run is no longer active. */
    R outcome() {
        try {
            return outcome(Long.MAX_VALUE);
        } catch (TimeoutException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param until how long to wait where it goes on elsewhere */
    private R outcome(long until) throws TimeoutException {
        RuntimeException away = known().lost;
        Optional<StoredRun<R>> moved = movedTo();
        if (moved.isPresent()) {
            return moved.get().result(until);
        }
        if (away != null) {
            throw away;
        }
        return switch (status) {
            case SUCCEEDED -> frame.result();
            case PAUSED -> throw paused();
            case CANCELLED -> throw cancellation();
            case FAILED, COMPENSATED, COMPENSATION_FAILED -> throw failure();
            default -> throw new IllegalStateException(this + " again: it has been resumed");
        };
    }

    private CancellationException cancellation() {
        CancellationException cancellation =
                new CancellationException("run " + id() + " of flow " + graph.name() + " was cancelled");
        lock.lock();
        try {
            Throwable interruption = known().interruption;
            if (interruption != null) {
                cancellation.initCause(interruption);
            }
        } finally {
            lock.unlock();
        }
        return cancellation;
    }

    private RunPausedException paused() {
        RunPausedException paused = new RunPausedException(id());
        // There are causes if it was paused while it was undone.
        causes().forEach(failure -> paused.addSuppressed(failure.cause()));
        return paused;
    }

    private RuntimeException failure() {
        List<RunFailures.Failure> all;
        List<RunFailures.Failure> undone;
        lock.lock();
        try {
            all = causes();
            undone = known().undoing != null
                    ? undoing().failures()
                    : journal != null && journal.isReading() ? journal.compensationFailures() : List.of();
        } finally {
            lock.unlock();
        }
        return all.isEmpty()
                ? new IllegalStateException(this + " again: it has been resumed")
                : RunFailures.exception(
                        all, undone, graph, this, snapshot(), observer == null ? List.of() : observer.told());
    }

    /** The run as which this one goes on, without a question to the store; null: it does not. */
    @Nullable
    StoredRun<R> moved() {
        DurableEngine engine = core.durable();
        return engine != null && known().lost instanceof MovedException
                ? new StoredRun<>(core, engine, graph, id(), journal == null ? null : journal.createdAt())
                : null;
    }

    /** The run as which this one goes on; empty: it does not, or the store cannot say. */
    private Optional<StoredRun<R>> movedTo() {
        return known().lost instanceof MovedException ? elsewhere() : Optional.empty();
    }

    /** The run as the store has it; empty: it cannot say. */
    private Optional<StoredRun<R>> elsewhere() {
        try {
            DurableEngine engine = core.durable();
            return engine == null || journal == null ? Optional.empty() : engine.find(graph, id(), journal.createdAt());
        } catch (StoreUnavailableException e) {
            return Optional.empty();
        }
    }

    /** Keeps a recorded result of a task that runs once. */
    void restore(int task, byte @Nullable [] result) {
        journal().values().restore(task, frame, result);
    }

    /** A recorded result for one element; null: it is absent, or null. */
    @Nullable
    Object restoredElement(int task, byte @Nullable [] result) {
        return journal().values().element(task, result);
    }

    @Override
    public CompletableFuture<R> future() {
        lookElsewhere();
        Optional<StoredRun<R>> moved = movedTo();
        if (moved.isPresent()) {
            return moved.get().future();
        }
        CompletableFuture<R> future = waiters().future();
        watch();
        return future;
    }

    @Override
    public RunSnapshot snapshot() {
        look();
        lock.lock();
        try {
            return snapshots().take(status(), startedAt, finishedAt);
        } finally {
            lock.unlock();
        }
    }

    /** Sees what tasks say of themselves, which may call code of the user's: not under the lock. */
    private void look() {
        ManagedTasks current;
        FanOuts currentEach;
        lock.lock();
        try {
            current = crew.managed();
            currentEach = crew.fanOuts();
        } finally {
            lock.unlock();
        }
        look(current, currentEach);
        if (current != managed) {
            // The run is being undone.
            look(managed, fanOuts);
        }
    }

    private static void look(@Nullable ManagedTasks tasks, @Nullable FanOuts each) {
        if (tasks != null) {
            tasks.look();
        }
        if (each != null) {
            each.look();
        }
    }

    /** As {@link #snapshot()}, of a run that is only looked at and stands so. */
    RunSnapshot snapshotAs(RunStatus shown, @Nullable Instant endedAt) {
        lock.lock();
        try {
            return snapshots().take(shown, startedAt, endedAt);
        } finally {
            lock.unlock();
        }
    }

    private Snapshots snapshots() {
        Extras own = known();
        Undoing undoing = journal != null && journal.isReading() ? undoneElsewhere() : own.undoing;
        return new Snapshots(this, tasks, managed, fanOuts, own.failures, own.tolerated, undoing);
    }

    /** What has been undone of a run that is only looked at; null: it is not one that is undone. */
    private @Nullable Undoing undoneElsewhere() {
        Extras own = extras();
        if (own.undone == null && journal().isTurning()) {
            own.undone = new Undoing(this, tasks, managed, fanOuts);
            own.undone.read(journal());
        }
        return own.undone;
    }

    void reportAbandoned(long place, Thread thread) {
        int task = Place.task(place);
        int element = Place.element(place);
        core.reportAbandoned(this, graph.task(task).name(), element, crew.attemptAt(place), thread);
    }

    @Override
    public String toString() {
        return "run of flow " + graph.name() + " is " + status();
    }
}
