package io.flowright.runtime.internal;

import io.flowright.runtime.DeadlineExceededException;
import io.flowright.runtime.EngineRejectedException;
import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowFailedException;
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
import io.flowright.runtime.generated.TaskSpec;
import io.flowright.runtime.spi.FlowClock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One run in memory: its life, and the threads that work on it.
 *
 * <p>What happens once a task is lock-free ({@link TaskBoard}, {@link Worker}). Everything that happens once a stay of a
 * thread, a wait or a change of the run's life is under {@link #lock}.
 *
 * <p>A <em>hand</em> is a thread that works on the run, or a task that will come back by itself (its stage is pending, its
 * wait will end). When no hand is left and nothing more is to start, nothing can change any more, and the run is settled.
 */
final class FlowRun<R> implements Run<R> {

    /** What became of a helper's visit. */
    enum Assistance {
        /** There was nothing to do. */
        NONE,
        /** It worked. */
        GIVEN,
        /** It got stuck in user code and has been replaced. */
        ABANDONED
    }

    /** Whether tasks start. */
    private static final int GO = 0;
    /** No further task starts. */
    private static final int DRAIN = 1;
    /** No further task starts, and what runs is interrupted. */
    private static final int STOP = 2;

    /** How often an idle participant looks again before it parks; parking and waking cost more than most tasks. */
    private static final int SPINS = 200;

    private static final VarHandle REQUESTED;

    static {
        try {
            REQUESTED = MethodHandles.lookup().findVarHandle(FlowRun.class, "requested", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final EngineCore core;
    final FlowGraph graph;
    final FlowFrame<R> frame;
    final @Nullable RunObserver observer;

    private final RunOptions options;
    private final TaskBoard board;
    private final ReadyTasks ready;
    private final ReentrantLock lock = new ReentrantLock();

    /** Managed tasks that have begun, by number; null when the flow has none. */
    private final ManagedTask @Nullable [] managed;

    /** Attempts that are over and whose outcome a worker has to deal with, whether or not further tasks start. */
    private final @Nullable Queue<ManagedTask> outcomes;

    private volatile RunStatus status = RunStatus.PENDING;
    private volatile int halt = GO;
    private volatile boolean requested;
    private volatile int idle;
    private volatile int helpers;
    private volatile int participants;

    // All below: under the lock.
    private final List<Worker> workers = new ArrayList<>(2);
    private int hands;
    private int remaining;
    private boolean settling;
    private @Nullable RunStatus target;
    private @Nullable String id;
    private @Nullable Condition settled;
    private final Deque<Idle> idlers = new ArrayDeque<>(2);
    private @Nullable List<TaskFailure> failures;
    private @Nullable List<CompletableFuture<R>> futures;
    private @Nullable Map<Integer, Boolean> stuck;
    private FlowClock.@Nullable Scheduled deadline;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private boolean interruptOnFailure;
    private boolean permit;

    /** A task that failed; task NONE: the run itself. */
    private record TaskFailure(int task, Throwable cause) {}

    /** A participant that found nothing to do. */
    private static final class Idle {
        final Thread thread = Thread.currentThread();
        volatile boolean woken;
    }

    FlowRun(EngineCore core, FlowGraph graph, FlowFrame<R> frame, RunOptions options) {
        this.core = core;
        this.graph = graph;
        this.frame = frame;
        this.options = options;
        id = options.id();
        observer = core.observed() ? new RunObserver(core, this) : null;
        board = new TaskBoard(graph, frame, core.pool() == null);
        ready = board.ready();
        managed = graph.direct() ? null : new ManagedTask[graph.size()];
        outcomes = graph.direct() ? null : new ConcurrentLinkedQueue<>();
        remaining = graph.size();
    }

    /** The engine bounds its active runs, and this is one of them. */
    void holdsPermit() {
        permit = true;
    }

    /** Whether anybody can know this run by its id. */
    boolean named() {
        lock.lock();
        try {
            return id != null;
        } finally {
            lock.unlock();
        }
    }

    // ---- beginning -------------------------------------------------------------------------------------------------

    /** Makes the first tasks ready and notes the start. */
    private void begin(boolean timed) {
        Duration limit = options.deadline();
        lock.lock();
        try {
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

    /** Takes over a straight line that failed or was stopped at {@code position}; the run is settled at once. */
    void beginFailed(int position, Throwable failure) {
        board.beginAt(position);
        lock.lock();
        try {
            remaining = graph.size() - position;
            status = RunStatus.RUNNING;
            if (frame.stopped()) {
                target = RunStatus.CANCELLED;
            } else {
                board.ready().pop(); // The failed task is the first of its order.
                board.set(position, TaskStatus.FAILED);
                addFailure(position, failure);
                target = RunStatus.FAILED;
            }
            halt = DRAIN;
        } finally {
            lock.unlock();
        }
        settle();
    }

    /** Runs on the calling thread, with what help the engine gives, until the run is no longer active. */
    R runHere() {
        interruptOnFailure = true;
        begin(false);
        participate(true);
        return outcome();
    }

    /** Lets the engine's threads run it. */
    void runElsewhere(boolean interruptSiblings) {
        interruptOnFailure = interruptSiblings;
        begin(true);
        requestHelp();
    }

    /** Runs to the end on the calling thread without reporting how it ended. */
    void runToEnd() {
        begin(true);
        participate(true);
    }

    // ---- threads that work on the run ------------------------------------------------------------------------------

    /** The calling thread works on this run until it is no longer active; when there is nothing to do, it waits. */
    private void participate(boolean owned) {
        Worker outer = Worker.current();
        boolean interrupted = outer != null && outer.beginNested(this, owned);
        Worker worker = Worker.begin(this, false);
        try {
            if (interrupted) {
                if (!owned) {
                    return;
                }
                cancel();
            }
            while (true) {
                if (enter(worker) && !work(worker, ReadyTasks.NONE)) {
                    leave(worker);
                }
                settle();
                if (!status.isActive()) {
                    return;
                }
                if (!awaitWork(outer, owned)) {
                    // An interrupt for the thread that waits: what it started ends with it, what it did not goes on.
                    interrupted = true;
                    if (!owned) {
                        return;
                    }
                    cancel();
                }
            }
        } finally {
            worker.end();
            if (outer != null) {
                outer.endNested();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            HelperPool pool = core.pool();
            if (pool != null) {
                pool.leaving();
            }
        }
    }

    /** A helper of the pool works on this run while something is ready. */
    Assistance assist(HelperPool pool, boolean searching) {
        requested = false;
        Worker worker = Worker.begin(this, true);
        try {
            if (!enter(worker)) {
                return Assistance.NONE;
            }
            int first = nextReady();
            boolean given = first != ReadyTasks.NONE || hasOutcomes();
            if (given && searching) {
                pool.found();
            }
            boolean abandoned = work(worker, first);
            if (abandoned) {
                return Assistance.ABANDONED;
            }
            leave(worker);
            settle();
            return given ? Assistance.GIVEN : Assistance.NONE;
        } finally {
            worker.end();
            // User code may have set the flag; on a thread of the engine it belongs to nobody.
            Thread.interrupted();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Written under the lock, read without.
    private boolean enter(Worker worker) {
        lock.lock();
        try {
            if (!status.isActive() || settling) {
                return false;
            }
            if (worker.helper) {
                if (helpers >= helperLimit()) {
                    return false;
                }
                helpers = helpers + 1;
            } else {
                participants = participants + 1;
            }
            hands++;
            workers.add(worker);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A caller that works here is one of the engine's n threads, as far as this run goes. */
    private int helperLimit() {
        HelperPool pool = core.pool();
        return pool == null ? 0 : pool.max() - participants;
    }

    private void leave(Worker worker) {
        boolean more;
        lock.lock();
        try {
            hands--;
            dismiss(worker);
            more = remaining > 0 && status.isActive();
        } finally {
            lock.unlock();
        }
        if (more && hasWork()) {
            // Something became ready while others were turned away because this thread was still here.
            wake();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Written under the lock, read without.
    private void dismiss(Worker worker) {
        remaining -= worker.takeSucceeded();
        workers.remove(worker);
        if (worker.helper) {
            helpers = helpers - 1;
        } else {
            participants = participants - 1;
        }
    }

    /** Runs tasks while there are any; returns whether the thread was given up meanwhile. */
    private boolean work(Worker worker, int first) {
        int task = first;
        while (true) {
            if (outcomes != null) {
                ManagedTask over = outcomes.poll();
                if (over != null) {
                    int kept = over.conclude(worker);
                    unpark();
                    if (task != ReadyTasks.NONE && kept != ReadyTasks.NONE) {
                        ready.push(task);
                    }
                    task = kept != ReadyTasks.NONE ? kept : task;
                    continue;
                }
            }
            if (task == ReadyTasks.NONE) {
                task = nextReady();
                if (task == ReadyTasks.NONE) {
                    return false;
                }
            }
            if (!ready.isEmpty()) {
                wake();
            }
            int kept = isManaged(task) ? managed(task).step(worker) : perform(worker, task);
            if (kept == ABANDONED) {
                return true;
            }
            task = kept;
        }
    }

    /** What {@link #perform} and {@link ManagedTask#step} return when the run has gone on without the thread. */
    static final int ABANDONED = -2;

    private int perform(Worker worker, int task) {
        if (isStuck(task)) {
            return ReadyTasks.NONE;
        }
        worker.enter(task);
        if (halt != GO) {
            worker.exit();
            ready.push(task);
            return ReadyTasks.NONE;
        }
        board.set(task, TaskStatus.RUNNING);
        Throwable failure = null;
        try {
            if (observer == null) {
                frame.run(task);
            } else {
                observer.run(frame, task);
            }
        } catch (Throwable t) {
            failure = t;
        }
        Worker.Exit exit = worker.exit();
        if (exit == Worker.Exit.ABANDONED) {
            returned(task);
            return ABANDONED;
        }
        if (failure == null) {
            return succeeded(worker, task);
        }
        if (exit == Worker.Exit.INTERRUPTED) {
            stopped(task);
        } else {
            failed(task, 1, failure);
        }
        return ReadyTasks.NONE;
    }

    private int nextReady() {
        return halt == GO ? ready.pop() : ReadyTasks.NONE;
    }

    private boolean hasOutcomes() {
        return outcomes != null && !outcomes.isEmpty();
    }

    private boolean hasWork() {
        return hasOutcomes() || (halt == GO && !ready.isEmpty());
    }

    private boolean isManaged(int task) {
        return managed != null && graph.task(task).kind() != TaskSpec.Kind.DIRECT;
    }

    /** Only the thread that popped the task calls this. */
    private ManagedTask managed(int task) {
        ManagedTask[] begun = Objects.requireNonNull(managed);
        ManagedTask found = begun[task];
        if (found == null) {
            found = new ManagedTask(this, task);
            lock.lock();
            try {
                begun[task] = found;
            } finally {
                lock.unlock();
            }
        }
        return found;
    }

    /** Sees to it that a thread looks at what has become ready. */
    private void wake() {
        if (idle > 0 && wakeParticipant()) {
            return;
        }
        requestHelp();
    }

    private void requestHelp() {
        HelperPool pool = core.pool();
        if (pool != null && !requested && helpers < helperLimit() && REQUESTED.compareAndSet(this, false, true)) {
            pool.request(this);
        }
    }

    private boolean wakeParticipant() {
        lock.lock();
        try {
            Idle woken = idlers.pollFirst();
            if (woken == null) {
                return false;
            }
            idle = idlers.size();
            woken.woken = true;
            LockSupport.unpark(woken.thread);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there may be something to do or the run is no longer active.
     *
     * @return false: the thread was interrupted, and its flag is clear
     */
    private boolean awaitWork(@Nullable Worker outer, boolean owned) {
        for (int spin = 0; spin < SPINS && core.pool() != null; spin++) {
            if (hasWork() || !status.isActive()) {
                return true;
            }
            Thread.onSpinWait();
        }
        Idle me = new Idle();
        lock.lock();
        try {
            if (!status.isActive()) {
                return true;
            }
            idlers.add(me);
            idle = idlers.size();
        } finally {
            lock.unlock();
        }
        try {
            // From here on whoever makes something ready sees this idler; what was ready before, we see now.
            while (!me.woken && !hasWork() && status.isActive()) {
                if (Thread.interrupted()) {
                    return false;
                }
                if (!owned && outer != null && outer.nestedInterrupted()) {
                    return false;
                }
                LockSupport.park(this);
            }
            return true;
        } finally {
            lock.lock();
            try {
                idlers.remove(me);
                idle = idlers.size();
            } finally {
                lock.unlock();
            }
        }
    }

    /** The engine's executor refused; without a thread of its own the run cannot go on. */
    void rejected(EngineRejectedException cause) {
        requested = false;
        lock.lock();
        try {
            if (!workers.isEmpty() || participants > 0 || !status.isActive() || !idlers.isEmpty()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        fail(ReadyTasks.NONE, cause, DRAIN);
        settle();
    }

    // ---- tasks -----------------------------------------------------------------------------------------------------

    TaskBoard board() {
        return board;
    }

    boolean halted() {
        return halt != GO;
    }

    int succeeded(Worker worker, int task) {
        worker.countSuccess();
        int kept = board.succeeded(task);
        if (kept != ReadyTasks.NONE && halt != GO) {
            ready.push(kept);
            return ReadyTasks.NONE;
        }
        return kept;
    }

    /** The task's attempt ended because the run stops; it is no failure, and the task waits to be resumed. */
    void stopped(int task) {
        board.set(task, TaskStatus.PENDING);
        ready.push(task);
    }

    void failed(int task, int attempts, Throwable failure) {
        board.set(task, TaskStatus.FAILED);
        if (observer != null) {
            observer.emit((flow, run, sequence, at) -> new FlowEvent.TaskFailed(
                    flow, run, sequence, at, graph.task(task).name(), attempts, failure));
        }
        fail(task, failure, interruptOnFailure ? STOP : DRAIN);
    }

    private void fail(int task, Throwable failure, int how) {
        lock.lock();
        try {
            addFailure(task, failure);
            aim(RunStatus.FAILED, how);
        } finally {
            lock.unlock();
        }
        if (how == STOP) {
            interruptAll();
        }
        stopWaits();
    }

    private void addFailure(int task, Throwable failure) {
        if (failures == null) {
            failures = new ArrayList<>(1);
        }
        failures.add(new TaskFailure(task, failure));
    }

    /** A task will come back by itself: it counts as a hand. Called by a worker, so that there is a hand already. */
    void park() {
        lock.lock();
        try {
            hands++;
        } finally {
            lock.unlock();
        }
    }

    /** The task's wait is over; it has been made ready, or dealt with. */
    void unpark() {
        lock.lock();
        try {
            hands--;
        } finally {
            lock.unlock();
        }
        settle();
    }

    /** A task's wait is over and it goes on. From any thread. */
    void readyAgain(int task) {
        ready.push(task);
        unpark();
        if (halt == GO) {
            wake();
        }
    }

    /** An attempt is over; its task still counts as a hand. From any thread. */
    void concluded(ManagedTask task) {
        Objects.requireNonNull(outcomes).add(task);
        wake();
    }

    // ---- user code that does not heed its interrupt ----------------------------------------------------------------

    /**
     * Goes on without a worker whose user code is still on its thread.
     *
     * @param keepHand whether the task comes back through {@link #concluded}
     * @return whether the worker was given up by this call
     */
    boolean abandon(Worker worker, long entry, boolean keepHand) {
        int task = worker.task();
        lock.lock();
        try {
            if (!workers.contains(worker) || !worker.abandon(entry)) {
                return false;
            }
            if (stuck == null) {
                stuck = new HashMap<>();
            }
            stuck.put(task, false);
            dismiss(worker);
            if (!keepHand) {
                hands--;
            }
        } finally {
            lock.unlock();
        }
        ManagedTask begun = managed == null ? null : managed[task];
        core.reportAbandoned(this, graph.task(task).name(), begun == null ? 1 : begun.attempts(), worker.thread);
        HelperPool pool = core.pool();
        if (pool != null && worker.helper) {
            pool.replace();
        }
        if (!keepHand) {
            stopped(task);
            settle();
        }
        return true;
    }

    /** User code that was given up has ended at last; its task may run again. */
    void returned(int task) {
        boolean awaited;
        lock.lock();
        try {
            awaited = stuck != null && Boolean.TRUE.equals(stuck.remove(task));
        } finally {
            lock.unlock();
        }
        if (awaited) {
            readyAgain(task);
        }
    }

    /** Whether earlier user code of the task is still on some thread; then the task comes back when that has ended. */
    boolean isStuck(int task) {
        if (stuck == null) {
            return false;
        }
        lock.lock();
        try {
            if (!stuck.containsKey(task)) {
                return false;
            }
            stuck.put(task, true);
            hands++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    // ---- the life of the run ---------------------------------------------------------------------------------------

    /** Under the lock: no further task starts, and the run is to end so, unless something graver was said before. */
    private void aim(RunStatus wanted, int how) {
        if (target == null || gravity(wanted) > gravity(target)) {
            target = wanted;
        }
        halt = Math.max(halt, how);
    }

    private static int gravity(RunStatus status) {
        return switch (status) {
            case PAUSED -> 1;
            case FAILED -> 2;
            default -> 3;
        };
    }

    /** Interrupts what runs, and sees to it that what does not heed it is given up in time. */
    private void interruptAll() {
        List<Worker> running;
        lock.lock();
        try {
            running = List.copyOf(workers);
        } finally {
            lock.unlock();
        }
        for (Worker worker : running) {
            if (worker == Worker.current()) {
                continue;
            }
            long entry = worker.entry();
            worker.interrupt(entry);
            if (core.pool() != null) {
                core.clock().schedule(core.abandonAfter(), () -> abandon(worker, entry, false));
            }
        }
    }

    /** Ends the waits of tasks between attempts; where what runs is interrupted, pending stages too. */
    private void stopWaits() {
        if (managed == null) {
            return;
        }
        ManagedTask[] begun;
        lock.lock();
        try {
            begun = managed.clone();
        } finally {
            lock.unlock();
        }
        for (ManagedTask task : begun) {
            if (task != null) {
                task.stopWaiting(halt == STOP);
            }
        }
    }

    /** Whether pending stages are to be given up. */
    boolean stopsRunning() {
        return halt == STOP;
    }

    /** If nothing can change any more, gives the run its new status and tells everybody. */
    void settle() {
        RunStatus ending;
        lock.lock();
        try {
            if (hands > 0 || settling || !status.isActive() || (remaining > 0 && halt == GO)) {
                return;
            }
            settling = true;
            ending = remaining == 0 ? RunStatus.SUCCEEDED : Objects.requireNonNull(target);
        } finally {
            lock.unlock();
        }
        if (ending != RunStatus.SUCCEEDED) {
            layDown();
        }
        tell(ending);
        List<CompletableFuture<R>> waiting = List.of();
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
            idlers.forEach(idler -> LockSupport.unpark(idler.thread));
            if (futures != null && ending != RunStatus.PAUSED) {
                waiting = futures;
                futures = null;
            }
        } finally {
            lock.unlock();
        }
        core.settled(this, requested, permit);
        waiting.forEach(this::complete);
    }

    /** Tasks that were ready when the run stopped may have passed some of their gates: they give up what they hold. */
    private void layDown() {
        if (managed != null) {
            for (ManagedTask task : managed) {
                if (task != null && board.status(task.number) != TaskStatus.SUCCEEDED) {
                    task.rest();
                }
            }
        }
    }

    private void tell(RunStatus ending) {
        if (observer == null) {
            return;
        }
        if (ending == RunStatus.PAUSED) {
            observer.emit(FlowEvent.RunPaused::new);
        } else {
            Throwable cause = firstFailure();
            observer.emit((flow, run, sequence, at) -> new FlowEvent.RunFinished(
                    flow, run, sequence, at, ending, ending == RunStatus.FAILED ? cause : null));
        }
    }

    private @Nullable Throwable firstFailure() {
        lock.lock();
        try {
            return failures == null ? null : failures.get(0).cause();
        } finally {
            lock.unlock();
        }
    }

    private void expire(Duration limit) {
        if (status.isActive()) {
            fail(ReadyTasks.NONE, new DeadlineExceededException(id(), limit), STOP);
            settle();
        }
    }

    @Override
    public void pause() {
        lock.lock();
        try {
            if (!status.isActive()) {
                return;
            }
            aim(RunStatus.PAUSED, DRAIN);
        } finally {
            lock.unlock();
        }
        stopWaits();
        settle();
    }

    @Override
    public void cancel() {
        boolean active;
        lock.lock();
        try {
            active = status.isActive();
            if (!active && !status.isResumable()) {
                return;
            }
            if (!active) {
                status = RunStatus.CANCELLED;
            } else {
                aim(RunStatus.CANCELLED, STOP);
            }
        } finally {
            lock.unlock();
        }
        if (active) {
            interruptAll();
            stopWaits();
            settle();
        } else {
            tell(RunStatus.CANCELLED);
        }
    }

    @Override
    public boolean resume() {
        List<TaskFailure> again;
        lock.lock();
        try {
            if (!status.isResumable()) {
                return false;
            }
            core.checkOpen();
            status = RunStatus.RUNNING;
            halt = GO;
            target = null;
            finishedAt = null;
            again = failures == null ? List.of() : failures;
            failures = null;
            interruptOnFailure = false;
        } finally {
            lock.unlock();
        }
        core.resumed(this);
        if (observer != null) {
            observer.emit(FlowEvent.RunResumed::new);
        }
        for (TaskFailure failure : again) {
            if (failure.task() != ReadyTasks.NONE) {
                stopped(failure.task());
            }
        }
        if (core.pool() == null) {
            participate(true);
        } else {
            requestHelp();
        }
        return true;
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
            boolean waiting = status == RunStatus.RUNNING && workers.isEmpty() && hands > 0 && !hasWork();
            return waiting ? RunStatus.WAITING : status;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public R result() {
        try {
            return await(null);
        } catch (TimeoutException e) {
            throw new AssertionError("no limit was given", e);
        }
    }

    private R await(@Nullable Duration timeout) throws TimeoutException {
        if (timeout == null && core.pool() != null && core.works()) {
            participate(false);
            if (status.isActive()) {
                throw new FlowInterruptedException("Interrupted while waiting for run " + id());
            }
            return outcome();
        }
        long left = timeout == null ? Long.MAX_VALUE : timeout.toNanos();
        lock.lock();
        try {
            if (settled == null) {
                settled = lock.newCondition();
            }
            while (status.isActive()) {
                if (timeout == null) {
                    settled.await();
                } else if (left <= 0) {
                    throw new TimeoutException("Run " + id() + " of flow '" + graph.name() + "' is still " + status()
                            + " after " + timeout);
                } else {
                    left = settled.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlowInterruptedException("Interrupted while waiting for run " + id());
        } finally {
            lock.unlock();
        }
        return outcome();
    }

    @Override
    public R result(Duration timeout) throws TimeoutException {
        return await(Objects.requireNonNull(timeout, "timeout"));
    }

    /** What {@link #result()} returns or throws now that the run is no longer active. */
    private R outcome() {
        return switch (status) {
            case SUCCEEDED -> frame.result();
            case PAUSED -> throw new RunPausedException(id());
            case CANCELLED ->
                throw new CancellationException("Run " + id() + " of flow '" + graph.name() + "' was cancelled");
            default -> throw failure();
        };
    }

    private FlowFailedException failure() {
        List<TaskFailure> all;
        lock.lock();
        try {
            all = failures == null ? List.of() : List.copyOf(failures);
        } finally {
            lock.unlock();
        }
        if (all.isEmpty()) {
            // Resumed between two looks of the caller.
            throw new IllegalStateException("Run " + id() + " has been resumed");
        }
        for (TaskFailure failure : all) {
            if (failure.cause() instanceof Error error) {
                throw error;
            }
        }
        TaskFailure first = all.get(0);
        String task = first.task() == ReadyTasks.NONE
                ? null
                : graph.task(first.task()).name();
        String subject =
                task == null ? "Flow '" + graph.name() + "'" : "Task '" + task + "' of flow '" + graph.name() + "'";
        FlowFailedException failed =
                new FlowFailedException(subject + " failed: " + first.cause(), first.cause(), this, task, snapshot());
        all.stream()
                .skip(1)
                .map(TaskFailure::cause)
                .filter(cause -> !cause.equals(first.cause()))
                .forEach(failed::addSuppressed);
        return failed;
    }

    @Override
    public CompletableFuture<R> future() {
        CompletableFuture<R> future = new CompletableFuture<>();
        lock.lock();
        try {
            if (status.isActive() || status == RunStatus.PAUSED) {
                if (futures == null) {
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

    private void complete(CompletableFuture<R> future) {
        try {
            future.complete(outcome());
        } catch (Throwable t) {
            future.completeExceptionally(t);
        }
    }

    @Override
    public RunSnapshot snapshot() {
        List<TaskSnapshot> tasks = new ArrayList<>(graph.size());
        RunStatus seen = status();
        lock.lock();
        try {
            Map<Integer, Throwable> causes = new HashMap<>();
            if (failures != null) {
                failures.forEach(failure -> causes.put(failure.task(), failure.cause()));
            }
            for (int task = 0; task < graph.size(); task++) {
                tasks.add(snapshot(task, causes.get(task), seen));
            }
            return new RunSnapshot(graph.name(), graph.version(), id(), seen, startedAt, finishedAt, tasks, List.of());
        } finally {
            lock.unlock();
        }
    }

    private TaskSnapshot snapshot(int task, @Nullable Throwable cause, RunStatus seen) {
        TaskStatus taskStatus = board.status(task);
        if (seen == RunStatus.CANCELLED && taskStatus == TaskStatus.PENDING) {
            taskStatus = TaskStatus.CANCELLED;
        }
        ManagedTask begun = managed == null ? null : managed[task];
        int attempts = begun != null ? begun.attempts() : taskStatus == TaskStatus.PENDING ? 0 : 1;
        ManagedTask.Reported progress = begun == null ? null : begun.progress();
        return new TaskSnapshot(
                graph.task(task).name(),
                taskStatus,
                attempts,
                cause == null ? null : FailureInfo.of(cause),
                progress == null ? null : progress.done(),
                progress == null ? null : progress.total());
    }

    @Override
    public String toString() {
        return "Run of flow '" + graph.name() + "', " + status();
    }
}
