package io.flowright.runtime.internal;

import io.flowright.runtime.TaskStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads that work on one run: helpers of the engine, and participants, which wait for the run and work meanwhile.
 *
 * <p>A <em>hand</em> is a thread that works on the run, or a task that will come back by itself (its stage is pending, its
 * wait will end). When no hand is left and nothing more is to start, nothing can change any more, and the run can be settled.
 *
 * <p>What happens once a task is lock-free ({@link TaskBoard}, {@link Worker}); what happens once a stay of a thread or once a
 * wait of a task is under the run's lock.
 */
final class Crew {

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
    enum Halt {
        /** They do. */
        GO,
        /** No further task starts. */
        DRAIN,
        /** No further task starts, and what runs is interrupted. */
        STOP
    }

    /** In place of a next task: the run has gone on without the thread. */
    static final int ABANDONED = -2;

    /** How often an idle participant looks again before it parks; parking and waking cost more than most tasks. */
    private static final int SPINS = 200;

    private static final VarHandle REQUESTED;

    static {
        try {
            REQUESTED = MethodHandles.lookup().findVarHandle(Crew.class, "requested", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final FlowRun<?> run;
    private final ReentrantLock lock;
    private final @Nullable HelperPool pool;
    private final TaskBoard board;
    private final ReadyTasks ready;
    private final @Nullable ManagedTasks managed;

    private volatile Halt halt = Halt.GO;

    /** Whether a request for help is under way. */
    private volatile boolean requested;

    private volatile int idle;
    private volatile int helpers;
    private volatile int participants;

    // All below: under the lock.
    /** The threads that work here now, linked by {@link Worker#next}; null: none. */
    private @Nullable Worker workers;

    /** Null: nobody has been idle yet. */
    private @Nullable Deque<Idler> idlers;

    private int hands;
    private int remaining;

    /** Tasks whose user code was given up and is still on its thread; true: the task is to run again when that ends. */
    private volatile @Nullable Map<Integer, Boolean> stuck;

    /** A participant that found nothing to do. */
    private static final class Idler {
        final Thread thread = Thread.currentThread();
        volatile boolean woken;
    }

    Crew(FlowRun<?> run, TaskBoard board, @Nullable ManagedTasks managed, ReentrantLock lock) {
        this.run = run;
        this.lock = lock;
        this.board = board;
        this.managed = managed;
        pool = run.core.pool();
        ready = board.ready();
        remaining = run.graph.size();
    }

    // ---- stays -----------------------------------------------------------------------------------------------------

    /**
     * The calling thread works on the run until that is no longer active; when there is nothing to do, it waits.
     *
     * @param owned whether the run ends with the thread's interest in it: an interrupt cancels it. Else it goes on
     * @param until the reading of {@link System#nanoTime} at which to stop waiting; {@link Long#MAX_VALUE}: never
     * @return whether the run is no longer active; else the thread was interrupted, and its flag is set, or the time ran out
     */
    boolean participate(boolean owned, long until) {
        Worker outer = Worker.current();
        boolean interrupted = outer != null && outer.beginNested(run, owned);
        Worker worker = Worker.begin(run, false);
        LoggingContext logging = run.observer == null ? null : run.observer.enterThread();
        try {
            while (true) {
                if (interrupted) {
                    if (!owned) {
                        return false;
                    }
                    run.cancel();
                }
                if (enter(worker) && !work(worker, ReadyTasks.NONE)) {
                    leave(worker);
                }
                run.settle();
                if (!run.isActive()) {
                    return true;
                }
                if (System.nanoTime() - until >= 0 && until != Long.MAX_VALUE) {
                    return false;
                }
                interrupted |= !awaitWork(outer, owned, until);
            }
        } finally {
            if (logging != null) {
                logging.leave();
            }
            worker.end();
            if (outer != null) {
                outer.endNested();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (pool != null) {
                pool.leaving();
            }
        }
    }

    /** A helper of the pool works on the run while something is ready. */
    Assistance assist(boolean searching) {
        requested = false;
        Worker worker = Worker.begin(run, true);
        LoggingContext logging = run.observer == null ? null : run.observer.enterThread();
        try {
            if (!enter(worker)) {
                return Assistance.NONE;
            }
            int first = nextReady();
            boolean given = first != ReadyTasks.NONE || hasOutcomes();
            if (given && searching && pool != null) {
                pool.found();
            }
            if (work(worker, first)) {
                return Assistance.ABANDONED;
            }
            leave(worker);
            run.settle();
            return given ? Assistance.GIVEN : Assistance.NONE;
        } finally {
            if (logging != null) {
                logging.leave();
            }
            worker.end();
            // User code may have set the flag; on a thread of the engine it belongs to nobody.
            Thread.interrupted();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Written under the lock, read without.
    private boolean enter(Worker worker) {
        lock.lock();
        try {
            if (!run.isOpen()) {
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
            worker.next = workers;
            workers = worker;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A caller that works here is one of the engine's n threads, as far as this run goes. */
    private int helperLimit() {
        return pool == null ? 0 : pool.max() - participants;
    }

    private void leave(Worker worker) {
        boolean more;
        lock.lock();
        try {
            hands--;
            dismiss(worker);
            more = remaining > 0 && run.isActive();
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
        remove(worker);
        if (worker.helper) {
            helpers = helpers - 1;
        } else {
            participants = participants - 1;
        }
    }

    private void remove(Worker worker) {
        if (worker.equals(workers)) {
            workers = worker.next;
            return;
        }
        Worker before = Objects.requireNonNull(workers);
        while (!worker.equals(before.next)) {
            before = Objects.requireNonNull(before.next);
        }
        before.next = worker.next;
    }

    // ---- work ------------------------------------------------------------------------------------------------------

    /** Runs tasks while there are any; returns whether the thread was given up meanwhile. */
    private boolean work(Worker worker, int first) {
        int task = first;
        while (true) {
            if (managed != null && (task = conclude(worker, task)) == ABANDONED) {
                return true;
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
            task = managed != null && managed.contains(task) ? managed.get(task).step(worker) : perform(worker, task);
            if (task == ABANDONED) {
                return true;
            }
        }
    }

    /** Deals with attempts that have ended elsewhere; returns the task to run next. */
    private int conclude(Worker worker, int next) {
        int task = next;
        ManagedTask over;
        while ((over = managed().pollOutcome()) != null) {
            int kept = over.conclude(worker);
            unpark();
            if (kept == ABANDONED) {
                if (task != ReadyTasks.NONE) {
                    ready.push(task);
                    wake();
                }
                return ABANDONED;
            }
            if (kept != ReadyTasks.NONE) {
                if (task != ReadyTasks.NONE) {
                    ready.push(task);
                }
                task = kept;
            }
        }
        return task;
    }

    /** Runs a direct task; returns the next one. */
    private int perform(Worker worker, int task) {
        if (isStuck(task)) {
            return ReadyTasks.NONE;
        }
        RunObserver observer = run.observer;
        long began = 0;
        if (observer != null && halt == Halt.GO) {
            // Before the user's code is on the thread: an interrupt of the attempt must not hit a listener.
            began = run.core.clock().nanos();
            observer.started(run.graph.task(task).name(), 1);
        }
        worker.enter(task);
        if (halt != Halt.GO) {
            worker.exit();
            ready.push(task);
            return ReadyTasks.NONE;
        }
        board.set(task, TaskStatus.RUNNING);
        Throwable failure = null;
        try {
            if (observer == null) {
                run.frame.run(task);
            } else {
                observer.run(run.frame, task);
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
            if (observer != null) {
                observer.succeeded(run.graph.task(task).name(), 1, began);
            }
            return succeeded(worker, task);
        }
        if (exit == Worker.Exit.INTERRUPTED) {
            stopped(task);
            return ReadyTasks.NONE;
        }
        if (observer != null) {
            observer.attemptFailed(run.graph.task(task).name(), 1, failure);
        }
        run.failed(task, 1, failure);
        return ReadyTasks.NONE;
    }

    /** Notes the success; returns the task that the worker is to run next. */
    int succeeded(Worker worker, int task) {
        worker.countSuccess();
        int kept = board.succeeded(task);
        if (kept != ReadyTasks.NONE && halt != Halt.GO) {
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

    private int nextReady() {
        return halt == Halt.GO ? ready.pop() : ReadyTasks.NONE;
    }

    private boolean hasOutcomes() {
        return managed != null && managed.hasOutcomes();
    }

    private boolean hasWork() {
        return hasOutcomes() || (halt == Halt.GO && !ready.isEmpty());
    }

    private ManagedTasks managed() {
        if (managed == null) {
            throw new IllegalStateException("flow " + run.graph.name() + " has no managed task");
        }
        return managed;
    }

    // ---- waking ----------------------------------------------------------------------------------------------------

    /** Sees to it that a thread looks at what has become ready. */
    private void wake() {
        if (idle == 0 || !wakeParticipant()) {
            requestHelp();
        }
    }

    void requestHelp() {
        if (pool != null && !requested && helpers < helperLimit() && REQUESTED.compareAndSet(this, false, true)) {
            pool.request(run);
        }
    }

    /** Whether a request is on its way to the pool. */
    boolean requested() {
        return requested;
    }

    /**
     * Whether the request for help may be thrown away, because the run is no longer active. If it is resumed just now, it
     * either sees that it has to ask again, or we see that it is active.
     */
    boolean forgets() {
        if (run.isActive()) {
            return false;
        }
        requested = false;
        return !run.isActive();
    }

    /** The pool had no thread for the run; returns whether it has another to go on with. */
    boolean refused() {
        requested = false;
        lock.lock();
        try {
            return workers != null || idle > 0;
        } finally {
            lock.unlock();
        }
    }

    private boolean wakeParticipant() {
        lock.lock();
        try {
            Idler woken = idlers == null ? null : idlers.pollFirst();
            if (idlers == null || woken == null) {
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

    /** Under the lock: the run is no longer active, nobody has to wait for work any more. */
    void dissolve() {
        if (idlers != null) {
            idlers.forEach(idler -> LockSupport.unpark(idler.thread));
        }
    }

    /**
     * Waits until there may be something to do, the run is no longer active or the time is up.
     *
     * @return false: the thread was interrupted, and its flag is clear
     */
    private boolean awaitWork(@Nullable Worker outer, boolean owned, long until) {
        for (int spin = 0; spin < SPINS && pool != null; spin++) {
            if (hasWork() || !run.isActive()) {
                return true;
            }
            Thread.onSpinWait();
        }
        Idler me = new Idler();
        Deque<Idler> waiting;
        lock.lock();
        try {
            waiting = idlers == null ? new ArrayDeque<>(2) : idlers;
            idlers = waiting;
            waiting.add(me);
            idle = waiting.size();
        } finally {
            lock.unlock();
        }
        try {
            // From here on whoever makes something ready sees this idler; what was ready before, we see now.
            while (!me.woken && !hasWork() && run.isActive()) {
                if (Thread.interrupted() || (!owned && outer != null && outer.nestedInterrupted())) {
                    return false;
                }
                if (until == Long.MAX_VALUE) {
                    LockSupport.park(this);
                } else {
                    long left = until - System.nanoTime();
                    if (left <= 0) {
                        return true;
                    }
                    LockSupport.parkNanos(this, left);
                }
            }
            return true;
        } finally {
            lock.lock();
            try {
                waiting.remove(me);
                idle = waiting.size();
            } finally {
                lock.unlock();
            }
        }
    }

    // ---- tasks that will come back by themselves -------------------------------------------------------------------

    /** A task will come back by itself: it counts as a hand. Called by a worker, so that there is a hand already. */
    void park() {
        lock.lock();
        try {
            hands++;
        } finally {
            lock.unlock();
        }
    }

    /** The task no longer counts as a hand: it has been made ready, or dealt with. */
    void unpark() {
        lock.lock();
        try {
            hands--;
        } finally {
            lock.unlock();
        }
        run.settle();
    }

    /** A task's wait is over and it goes on. From any thread. */
    void readyAgain(int task) {
        ready.push(task);
        unpark();
        if (halt == Halt.GO) {
            wake();
        }
    }

    /** An attempt is over; its task still counts as a hand. From any thread. */
    void concluded(ManagedTask task) {
        managed().addOutcome(task);
        wake();
    }

    // ---- stopping --------------------------------------------------------------------------------------------------

    Halt halt() {
        return halt;
    }

    /** Under the lock. */
    void halt(Halt how) {
        if (how.compareTo(halt) > 0) {
            halt = how;
        }
    }

    /** Under the lock: the run goes on. */
    void proceed() {
        halt = Halt.GO;
    }

    /** After {@link #halt}: ends the waits of tasks, and interrupts what runs if the run is not to wait for it. */
    void stop() {
        if (halt == Halt.STOP) {
            interruptAll();
        }
        if (managed != null) {
            managed.stopWaiting(halt == Halt.STOP);
        }
        stopWaitingForStuck();
    }

    /** Interrupts what runs, and sees to it that what does not heed that is given up in time. */
    private void interruptAll() {
        List<Worker> running = new ArrayList<>();
        lock.lock();
        try {
            for (Worker worker = workers; worker != null; worker = worker.next) {
                running.add(worker);
            }
        } finally {
            lock.unlock();
        }
        Worker self = Worker.current();
        for (Worker worker : running) {
            if (worker.equals(self)) {
                continue;
            }
            long entry = worker.entry();
            if (worker.interrupt(entry) && pool != null) {
                worker.watched(run.core.clock().schedule(run.core.abandonAfter(), () -> abandon(worker, entry, false)));
            }
        }
    }

    /** Under the lock: no thread works on the run, and no task comes back by itself. */
    boolean isQuiet() {
        return hands == 0;
    }

    /** Under the lock: all that is left waits for the world or for a timer. */
    boolean isWaiting() {
        return workers == null && hands > 0 && !hasWork();
    }

    /** Under the lock, while quiet: how many tasks have not succeeded. */
    int remaining() {
        return remaining;
    }

    /** Under the lock, before anybody works: so many tasks have not succeeded. */
    void remaining(int tasks) {
        remaining = tasks;
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
            if (!worker.abandon(entry)) {
                return false;
            }
            Map<Integer, Boolean> tasks = stuck == null ? new HashMap<>() : stuck;
            tasks.put(task, false);
            stuck = tasks;
            dismiss(worker);
            if (!keepHand) {
                hands--;
                stopped(task);
            }
        } finally {
            lock.unlock();
        }
        run.reportAbandoned(task, worker.thread);
        if (pool != null && worker.helper) {
            pool.replace();
        }
        run.settle();
        return true;
    }

    /** User code that was given up has ended at last; its task may run again. */
    void returned(int task) {
        boolean awaited;
        lock.lock();
        try {
            Map<Integer, Boolean> tasks = stuck;
            awaited = tasks != null && Boolean.TRUE.equals(tasks.remove(task));
        } finally {
            lock.unlock();
        }
        if (awaited) {
            readyAgain(task);
        }
    }

    /** The run stops: it must not wait for user code that may never end. Resumed, the tasks wait again. */
    private void stopWaitingForStuck() {
        List<Integer> awaited = new ArrayList<>();
        lock.lock();
        try {
            Map<Integer, Boolean> tasks = stuck;
            if (tasks == null) {
                return;
            }
            tasks.replaceAll((task, again) -> {
                if (again) {
                    awaited.add(task);
                }
                return false;
            });
        } finally {
            lock.unlock();
        }
        awaited.forEach(this::readyAgain);
    }

    /** Whether earlier user code of the task is still on some thread; then the task comes back when that has ended. */
    boolean isStuck(int task) {
        Map<Integer, Boolean> tasks = stuck;
        if (tasks == null) {
            return false;
        }
        lock.lock();
        try {
            if (!tasks.containsKey(task)) {
                return false;
            }
            if (halt == Halt.GO) {
                tasks.put(task, true);
                hands++;
            } else {
                ready.push(task);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
