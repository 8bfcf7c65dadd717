package io.flowright.runtime.internal;

import io.flowright.runtime.DeadlineExceededException;
import io.flowright.runtime.EngineRejectedException;
import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowInterruptedException;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunPausedException;
import io.flowright.runtime.RunSnapshot;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.spi.FlowClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The life of one run in memory: how it starts, stops, fails, goes on and ends. Its tasks stand on the {@link TaskBoard}, its
 * threads are the {@link Crew}.
 */
final class FlowRun<R> implements Run<R> {

    final EngineCore core;
    final FlowGraph graph;
    final FlowFrame<R> frame;

    /** Null: nobody watches. */
    final @Nullable RunObserver observer;

    private final RunOptions options;
    private final ReentrantLock lock = new ReentrantLock();
    private final TaskBoard board;
    private final @Nullable ManagedTasks managed;
    private final Crew crew;

    private volatile RunStatus status = RunStatus.PENDING;

    // All below: under the lock.
    /** Null: nothing has failed. */
    private @Nullable RunFailures failures;

    /** What the run is to become when it has come to rest; null: it is to succeed. */
    private @Nullable RunStatus target;

    /** The listeners are being told; nothing changes the end any more. */
    private boolean settling;

    private @Nullable String id;
    private @Nullable Condition settled;
    private List<CompletableFuture<R>> futures = List.of();
    private FlowClock.@Nullable Scheduled deadline;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;

    /** Whether a failure interrupts what runs beside it, because the caller of {@code run} waits for nothing else. */
    private boolean interruptOnFailure;

    private boolean holdsPermit;

    /** By which the engine knows it among its active runs. */
    private int noted = ActiveRuns.NO_SLOT;

    FlowRun(EngineCore core, FlowGraph graph, FlowFrame<R> frame, RunOptions options) {
        this.core = core;
        this.graph = graph;
        this.frame = frame;
        this.options = options;
        id = options.id();
        observer = core.observed() ? new RunObserver(core, this) : null;
        board = new TaskBoard(graph, frame, core.pool() == null);
        managed = graph.direct() ? null : new ManagedTasks(this);
        crew = new Crew(this, board, managed, lock);
    }

    TaskBoard board() {
        return board;
    }

    Crew crew() {
        return crew;
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

    void noted(int number) {
        lock.lock();
        try {
            noted = number;
        } finally {
            lock.unlock();
        }
    }

    /** Whether anybody can know this run by its id. */
    boolean isNamed() {
        lock.lock();
        try {
            return id != null;
        } finally {
            lock.unlock();
        }
    }

    boolean isActive() {
        return status.isActive();
    }

    /** Under the lock: whether a thread may begin to work on it. */
    boolean isOpen() {
        return status.isActive() && !settling;
    }

    // ---- beginning -------------------------------------------------------------------------------------------------

    /** Runs on the calling thread, with what help the engine gives, and returns or throws how it ended. */
    R runHere() {
        begin(true, false);
        crew.participate(true, Long.MAX_VALUE);
        return outcome();
    }

    /** As {@link #runHere()} on the engine's own threads alone. */
    R runThere() {
        begin(true, false);
        crew.requestHelp();
        if (!await(Long.MAX_VALUE)) {
            // The caller wants it no longer; as its own, the run ends with its interest.
            cancel();
            awaitUninterruptibly();
        }
        return outcome();
    }

    /** Lets the engine's threads run it; on a sequential engine the calling thread does, to the end. */
    void start() {
        begin(false, true);
        if (core.pool() == null) {
            crew.participate(true, Long.MAX_VALUE);
        } else {
            crew.requestHelp();
        }
    }

    private void begin(boolean interruptSiblings, boolean timed) {
        Duration limit = options.deadline();
        lock.lock();
        try {
            interruptOnFailure = interruptSiblings;
            startedAt = timed || observer != null ? core.clock().now() : null;
            status = RunStatus.RUNNING;
            if (limit != null) {
                deadline = core.clock().schedule(limit, () -> expire(limit));
            }
        } finally {
            lock.unlock();
        }
        if (observer != null) {
            observer.emit(FlowEvent.RunStarted::new);
        }
        board.begin();
    }

    /** Takes over a straight line that was stopped, or failed, at the task {@code position}. */
    void beginStopped(int position, Throwable failure) {
        board.beginAt(position);
        lock.lock();
        try {
            crew.remaining(graph.size() - position);
            status = RunStatus.RUNNING;
            if (frame.stopped()) {
                aim(RunStatus.CANCELLED, Crew.Halt.DRAIN);
            } else {
                board.hold(position);
                board.set(position, TaskStatus.FAILED);
                addFailure(position, failure);
                aim(RunStatus.FAILED, Crew.Halt.DRAIN);
            }
        } finally {
            lock.unlock();
        }
        settle();
    }

    // ---- failing, stopping, going on -------------------------------------------------------------------------------

    /** A task has failed for good. */
    void failed(int task, int attempts, Throwable failure) {
        board.set(task, TaskStatus.FAILED);
        if (observer != null) {
            observer.emit((flow, run, sequence, at) -> new FlowEvent.TaskFailed(
                    flow, run, sequence, at, graph.task(task).name(), attempts, failure));
        }
        fail(task, failure, interruptOnFailure ? Crew.Halt.STOP : Crew.Halt.DRAIN);
    }

    private void fail(int task, Throwable failure, Crew.Halt how) {
        lock.lock();
        try {
            if (!isOpen()) {
                return;
            }
            addFailure(task, failure);
            aim(RunStatus.FAILED, how);
        } finally {
            lock.unlock();
        }
        crew.stop();
    }

    private void addFailure(int task, Throwable failure) {
        if (failures == null) {
            failures = new RunFailures();
        }
        failures.add(task, failure);
    }

    private void expire(Duration limit) {
        fail(ReadyTasks.NONE, new DeadlineExceededException(id(), limit), Crew.Halt.STOP);
        settle();
    }

    /** The engine's executor refused to give a thread. */
    void rejected(EngineRejectedException cause) {
        if (!crew.refused()) {
            fail(ReadyTasks.NONE, cause, Crew.Halt.DRAIN);
            settle();
        }
    }

    /** Under the lock: no further task starts, and the run is to end so, unless something graver was said before. */
    private void aim(RunStatus wanted, Crew.Halt how) {
        if (target == null || gravity(wanted) > gravity(target)) {
            target = wanted;
        }
        crew.halt(how);
    }

    private static int gravity(RunStatus status) {
        return switch (status) {
            case PAUSED -> 1;
            case FAILED -> 2;
            default -> 3;
        };
    }

    @Override
    public void pause() {
        lock.lock();
        try {
            if (!isOpen()) {
                return;
            }
            aim(RunStatus.PAUSED, Crew.Halt.DRAIN);
        } finally {
            lock.unlock();
        }
        crew.stop();
        settle();
    }

    @Override
    public void cancel() {
        boolean resting;
        lock.lock();
        try {
            resting = status.isResumable();
            if (resting) {
                status = RunStatus.CANCELLED;
                finishedAt = startedAt == null ? null : core.clock().now();
            } else if (isOpen()) {
                aim(RunStatus.CANCELLED, Crew.Halt.STOP);
            } else {
                return;
            }
        } finally {
            lock.unlock();
        }
        if (resting) {
            tell(RunStatus.CANCELLED);
            completeFutures();
            core.ended(this);
        } else {
            crew.stop();
            settle();
        }
    }

    @Override
    public boolean resume() {
        List<RunFailures.Failure> again;
        lock.lock();
        try {
            if (!status.isResumable()) {
                return false;
            }
            core.checkOpen();
            status = RunStatus.RUNNING;
            target = null;
            finishedAt = null;
            interruptOnFailure = false;
            crew.proceed();
            again = failures == null ? List.of() : failures.all();
            failures = null;
        } finally {
            lock.unlock();
        }
        core.resumed(this);
        if (observer != null) {
            observer.emit(FlowEvent.RunResumed::new);
        }
        for (RunFailures.Failure failure : again) {
            if (failure.task() != ReadyTasks.NONE) {
                crew.stopped(failure.task());
            }
        }
        if (core.pool() == null) {
            crew.participate(true, Long.MAX_VALUE);
        } else {
            crew.requestHelp();
        }
        return true;
    }

    // ---- ending ----------------------------------------------------------------------------------------------------

    /** If nothing can change any more, gives the run its new status and tells everybody. */
    void settle() {
        RunStatus ending;
        lock.lock();
        try {
            if (!isOpen() || !crew.isQuiet() || (crew.remaining() > 0 && target == null)) {
                return;
            }
            settling = true;
            ending = crew.remaining() == 0 ? RunStatus.SUCCEEDED : Objects.requireNonNull(target);
        } finally {
            lock.unlock();
        }
        if (ending != RunStatus.SUCCEEDED && managed != null) {
            managed.rest();
        }
        // Before anybody who waits can go on, so that who has the result has also been told all events.
        tell(ending);
        giveBack(ending);
        lock.lock();
        try {
            status = ending;
            settling = false;
            if (deadline != null) {
                deadline.cancel();
                deadline = null;
            }
            finishedAt = startedAt == null || ending == RunStatus.PAUSED
                    ? null
                    : core.clock().now();
            if (settled != null) {
                settled.signalAll();
            }
            crew.dissolve();
        } finally {
            lock.unlock();
        }
        if (crew.requested()) {
            core.forgetRequest();
        }
        if (ending != RunStatus.PAUSED) {
            completeFutures();
        }
    }

    /** What the run holds of the engine; given back first, so that who waits for this run can start the next. */
    private void giveBack(RunStatus ending) {
        boolean permit;
        int number;
        lock.lock();
        try {
            permit = holdsPermit;
            number = noted;
            holdsPermit = false;
        } finally {
            lock.unlock();
        }
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
        Throwable cause = ending == RunStatus.FAILED ? firstFailure() : null;
        observer.emit((flow, run, sequence, at) -> new FlowEvent.RunFinished(flow, run, sequence, at, ending, cause));
    }

    private @Nullable Throwable firstFailure() {
        lock.lock();
        try {
            return failures == null ? null : failures.first();
        } finally {
            lock.unlock();
        }
    }

    private void completeFutures() {
        List<CompletableFuture<R>> waiting;
        lock.lock();
        try {
            waiting = futures;
            futures = List.of();
        } finally {
            lock.unlock();
        }
        waiting.forEach(this::complete);
    }

    private void complete(CompletableFuture<R> future) {
        try {
            future.complete(outcome());
        } catch (Throwable t) {
            future.completeExceptionally(t);
        }
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
        RunStatus seen = status;
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
        return outcome();
    }

    @Override
    public R result(Duration timeout) throws TimeoutException {
        if (!await(System.nanoTime() + Nanos.of(timeout))) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            throw new TimeoutException(this + " after " + timeout);
        }
        return outcome();
    }

    private FlowInterruptedException interrupted() {
        return new FlowInterruptedException("interrupted while waiting for run " + id() + " of flow " + graph.name());
    }

    /** Waits until the run is no longer active; false: interrupted, the flag is set, or the time was up. */
    private boolean await(long until) {
        if (core.pool() != null && core.works()) {
            // A thread of the engine works while it waits, else runs that wait for runs could use up all threads.
            return crew.participate(false, until);
        }
        lock.lock();
        try {
            if (settled == null) {
                settled = lock.newCondition();
            }
            while (status.isActive()) {
                if (until == Long.MAX_VALUE) {
                    settled.await();
                } else if (settled.awaitNanos(until - System.nanoTime()) <= 0) {
                    return !status.isActive();
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void awaitUninterruptibly() {
        lock.lock();
        try {
            while (status.isActive()) {
                Objects.requireNonNull(settled).awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #result()} returns or throws now that the run is no longer active. */
    private R outcome() {
        return switch (status) {
            case SUCCEEDED -> frame.result();
            case PAUSED -> throw new RunPausedException(id());
            case CANCELLED ->
                throw new CancellationException("run " + id() + " of flow " + graph.name() + " was cancelled");
            case FAILED -> throw failure();
            default -> throw new IllegalStateException(this + " again: it has been resumed");
        };
    }

    private RuntimeException failure() {
        List<RunFailures.Failure> all;
        lock.lock();
        try {
            all = failures == null ? List.of() : failures.all();
        } finally {
            lock.unlock();
        }
        return all.isEmpty()
                ? new IllegalStateException(this + " again: it has been resumed")
                : RunFailures.exception(all, graph, this, snapshot());
    }

    @Override
    public CompletableFuture<R> future() {
        CompletableFuture<R> future = new CompletableFuture<>();
        lock.lock();
        try {
            if (status.isActive() || status == RunStatus.PAUSED) {
                if (futures.isEmpty()) {
                    futures = new ArrayList<>(1);
                }
                futures.add(future);
                return future;
            }
        } finally {
            lock.unlock();
        }
        complete(future);
        return future;
    }

    @Override
    public RunSnapshot snapshot() {
        List<TaskSnapshot> tasks = new ArrayList<>(graph.size());
        lock.lock();
        try {
            RunStatus seen = status();
            for (int task = 0; task < graph.size(); task++) {
                tasks.add(snapshot(task, seen));
            }
            return new RunSnapshot(graph.name(), graph.version(), id(), seen, startedAt, finishedAt, tasks, List.of());
        } finally {
            lock.unlock();
        }
    }

    private TaskSnapshot snapshot(int task, RunStatus runStatus) {
        TaskStatus taskStatus = board.status(task);
        if (runStatus == RunStatus.CANCELLED && taskStatus.isActive()) {
            taskStatus = TaskStatus.CANCELLED;
        }
        Throwable cause = failures == null ? null : failures.of(task);
        ManagedTask begun = managed == null ? null : managed.known(task);
        boolean started = taskStatus != TaskStatus.PENDING && taskStatus != TaskStatus.CANCELLED;
        ManagedTask.Reported progress = begun == null ? null : begun.progress();
        return new TaskSnapshot(
                graph.task(task).name(),
                taskStatus,
                begun != null ? begun.attempts() : started ? 1 : 0,
                cause == null ? null : FailureInfo.of(cause),
                progress == null ? null : progress.done(),
                progress == null ? null : progress.total());
    }

    void reportAbandoned(int task, Thread thread) {
        ManagedTask begun = managed == null ? null : managed.known(task);
        core.reportAbandoned(this, graph.task(task).name(), begun == null ? 1 : begun.attempts(), thread);
    }

    @Override
    public String toString() {
        return "run of flow " + graph.name() + " is " + status();
    }
}
