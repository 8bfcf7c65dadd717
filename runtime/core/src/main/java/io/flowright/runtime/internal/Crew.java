package io.flowright.runtime.internal;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger log = LoggerFactory.getLogger(Crew.class);

    /** In place of a next task: the run has gone on without the thread. */
    static final int ABANDONED = -2;

    /** In place of a next task: the task at hand is to run. */
    static final int RUNS = -4;

    /**
     * How often an idle participant looks again before it parks; parking and waking cost more than most tasks. What a durable run waits
     * for is mostly a commit, which takes far longer.
     */
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
    private final @Nullable HelperPool pool;

    // What the run is doing: its tasks, then perhaps their compensations. Changed under the lock while nobody works.
    private TaskBoard board;
    private ReadyTasks ready;
    private @Nullable ManagedTasks managed;
    private @Nullable FanOuts fanOuts;
    private boolean conditional;

    /** What has ended elsewhere, to be dealt with by a worker whether or not further tasks start; null: nothing can. */
    private @Nullable Queue<Conclusion> outcomes;

    /** Whether every task is a call and nothing more, which spares looking at what else it might be. */
    private boolean plain;

    /** The compensations that are to run, the other tasks of the board being passed over; null: tasks run. */
    private @Nullable BitSet undoing;

    private volatile Halt halt = Halt.GO;

    /** Whether a request for help is under way. */
    private volatile boolean requested;

    private volatile int helpers;
    private volatile int participants;

    // All below: under the lock.
    /** The threads that work here now, linked by {@link Worker#next}; null: none. */
    private @Nullable Worker workers;

    private int hands;
    private int remaining;

    // Written under the lock, read without.
    /** Null: nobody has been idle yet. */
    private volatile @Nullable Idlers idlers;

    /** Null: no user code has been given up yet. */
    private volatile @Nullable StuckCode stuck;

    Crew(FlowRun<?> run, TaskBoard board, @Nullable ManagedTasks managed, @Nullable FanOuts fanOuts) {
        this.run = run;
        this.board = board;
        this.managed = managed;
        this.fanOuts = fanOuts;
        pool = run.core.pool();
        ready = board.ready();
        conditional = run.graph.conditional();
        boolean recorded = run.journal != null;
        plain = managed == null && fanOuts == null && !conditional && !recorded;
        outcomes = managed == null && fanOuts == null && !recorded ? null : new ConcurrentLinkedQueue<>();
        remaining = run.graph.wanted();
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
        Worker worker = Worker.beginParticipating(run, owned);
        LoggingContext logging = null;
        try {
            logging = run.observer == null ? null : run.observer.enterThread();
            while (true) {
                if (interrupted) {
                    if (!owned) {
                        return false;
                    }
                    run.cancelHere();
                }
                if (enter(worker) && !work(worker, ReadyTasks.NONE)) {
                    leave(worker);
                } else {
                    run.settle();
                }
                interrupted |= worker.callerInterrupted();
                if (!run.isActive()) {
                    return true;
                }
                if (interrupted && !owned) {
                    return false;
                }
                if (System.nanoTime() - until >= 0 && until != Long.MAX_VALUE) {
                    return false;
                }
                interrupted |= !awaitWork(outer, owned, until);
            }
        } catch (Throwable t) {
            breakOff(worker, t);
            throw t;
        } finally {
            worker.end();
            if (outer != null) {
                outer.endNested();
            }
            if (pool != null) {
                // On a direct executor this runs tasks, which the interrupt is not meant for.
                pool.leaving();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (logging != null) {
                logging.leave();
            }
        }
    }

    /** A helper of the pool works on the run while something is ready. */
    Assistance assist(boolean searching) {
        requested = false;
        Worker worker = Worker.beginHelping(run);
        LoggingContext logging = null;
        try {
            logging = run.observer == null ? null : run.observer.enterThread();
            if (!enter(worker)) {
                return Assistance.NONE;
            }
            int first = nextReady();
            boolean given = first != ReadyTasks.NONE || hasOutcomes();
            if (!given) {
                // What becomes ready now is for whoever is sent for it: only from here on is the next one sent for.
                return leave(worker, searching) ? Assistance.GIVEN : Assistance.NONE;
            }
            if (searching && pool != null) {
                pool.found();
            }
            if (work(worker, first)) {
                return Assistance.ABANDONED;
            }
            leave(worker);
            return Assistance.GIVEN;
        } catch (Throwable t) {
            breakOff(worker, t);
            return Assistance.NONE;
        } finally {
            worker.end();
            // User code may have set the flag; on a thread of the engine it belongs to nobody.
            Thread.interrupted();
            if (logging != null) {
                logging.leave();
            }
        }
    }

    /** The engine itself failed on this thread: the run fails, so that nobody waits for what the thread had in hand. */
    private void breakOff(Worker worker, Throwable failure) {
        log.error("The engine failed while it worked on {}", run, failure);
        run.broke(ReadyTasks.NONE, failure);
        if (isHere(worker)) {
            leave(worker);
        } else {
            run.settle();
        }
    }

    private boolean isHere(Worker worker) {
        run.lock.lock();
        try {
            Worker other = workers;
            while (other != null && !other.equals(worker)) {
                other = other.next;
            }
            return other != null;
        } finally {
            run.lock.unlock();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Written under the lock, read without.
    private boolean enter(Worker worker) {
        run.lock.lock();
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
            run.lock.unlock();
        }
    }

    /** A caller that works here is one of the engine's n threads, as far as this run goes. */
    private int helperLimit() {
        return pool == null ? 0 : pool.max() - participants;
    }

    /** The worker goes; if it was the last hand and nothing more is to start, that settles the run. */
    private void leave(Worker worker) {
        leave(worker, false);
    }

    /**
     * As above; returns whether the run was settled.
     *
     * @param searching whether the pool waits for a word of this helper before it sends for the next
     */
    private boolean leave(Worker worker, boolean searching) {
        RunStatus ending;
        boolean more;
        run.lock.lock();
        try {
            hands--;
            dismiss(worker);
            more = run.isActive();
            ending = run.beginSettling();
        } finally {
            run.lock.unlock();
        }
        if (more && hasWork()) {
            // Something became ready while others were turned away because this thread was still here.
            wake();
        }
        if (ending == null) {
            return false;
        }
        if (searching && pool != null) {
            // What follows may take its time, and be the user's code.
            pool.found();
        }
        run.settleAs(ending);
        return true;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Written under the lock, read without.
    private void dismiss(Worker worker) {
        remaining -= worker.takeOver();
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
            if (outcomes != null && (task = conclude(worker, task)) == ABANDONED) {
                return true;
            }
            if (task == ReadyTasks.NONE) {
                task = isWanted(worker) ? nextReady() : ReadyTasks.NONE;
                if (task == ReadyTasks.NONE) {
                    return false;
                }
            }
            if (!ready.isEmpty()) {
                wake();
            }
            task = advance(worker, task);
            if (task == ABANDONED) {
                return true;
            }
        }
    }

    /** Whether the thread is to go on here. What has begun to be undone is undone, even if its caller is interrupted. */
    private boolean isWanted(Worker worker) {
        return !worker.callerInterrupted() || (worker.owner && undoing != null);
    }

    /** Runs a ready task; returns the next one. */
    int advance(Worker worker, int task) {
        try {
            if (plain) {
                return perform(worker, task);
            }
            if (undoing != null && !undoing.get(task)) {
                return over(worker, task, TaskStatus.SKIPPED);
            }
            Journal<?> journal = run.journal;
            if (journal != null && !journal.awaitMayStart()) {
                stopped(task);
                run.leaseEnded();
                return ReadyTasks.NONE;
            }
            FanOut begun = fanOut(task);
            if (begun != null) {
                return begun.step(worker);
            }
            int known = journal == null ? RUNS : journal.replay(worker, task);
            if (known != RUNS) {
                return known;
            }
            if (conditional && run.graph.task(task).conditional()) {
                int next = passGuards(worker, task);
                if (next != RUNS) {
                    return next;
                }
            }
            int admitted = journal == null ? RUNS : journal.admit(worker, task);
            if (admitted != RUNS) {
                return admitted;
            }
            if (fanOuts != null && fanOuts.contains(task)) {
                return fanOuts.get(task).step(worker);
            }
            return managed != null && managed.contains(task) ? managed.get(task).step(worker) : perform(worker, task);
        } catch (Throwable t) {
            run.broke(task, t);
            return ReadyTasks.NONE;
        }
    }

    /** Deals with what has ended elsewhere; returns the task to run next. */
    private int conclude(Worker worker, int next) {
        int task = next;
        Conclusion over;
        while ((over = outcomes().poll()) != null) {
            int kept = conclude(worker, over);
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

    private int conclude(Worker worker, Conclusion over) {
        try {
            return over.conclude(worker);
        } catch (Throwable t) {
            run.broke(over.task(), t);
            return ReadyTasks.NONE;
        }
    }

    /** Skips a task that the run's values do not let run; returns the next one, or {@link #RUNS}. */
    private int passGuards(Worker worker, int task) {
        try {
            if (run.frame.runs(task)) {
                return RUNS;
            }
        } catch (Throwable t) {
            return run.failed(worker, task, Place.NO_ELEMENT, 0, t);
        }
        if (run.observer != null) {
            run.observer.skipped(run.graph.task(task).name());
        }
        return over(worker, task, TaskStatus.SKIPPED);
    }

    /** Runs a direct task; returns the next one. */
    private int perform(Worker worker, int task) {
        if (anyStuck() && isStuck(new TaskExecution(run, task))) {
            return ReadyTasks.NONE;
        }
        RunObserver observer = run.observer;
        Journal<?> journal = run.journal;
        long began = 0;
        int attempt = 1 + board.unsuccessful(task);
        if (observer != null && halt == Halt.GO) {
            // Before the user's code is on the thread: an interrupt of the attempt must not hit a listener.
            began = run.core.clock().nanos();
            observer.started(run.graph.task(task).name(), Place.NO_ELEMENT, attempt);
        }
        Instant startedAt = journal == null ? null : journal.began();
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
                observer.run(run.frame, task, attempt);
            }
        } catch (Throwable t) {
            failure = t;
        }
        Worker.Exit exit = worker.exit();
        if (exit == Worker.Exit.ABANDONED) {
            returned(task);
            return ABANDONED;
        }
        if (failure == null && journal != null) {
            return journal.succeeded(worker, task, attempt, null, startedAt, began);
        }
        if (failure == null) {
            if (observer != null) {
                observer.succeeded(run.graph.task(task).name(), Place.NO_ELEMENT, attempt, began);
            }
            return succeeded(worker, task);
        }
        board.countUnsuccessful(task);
        if (isStopped(worker, exit, failure)) {
            if (journal != null) {
                journal.interrupted(task, Place.NO_ELEMENT, attempt, startedAt);
            }
            stopped(task);
            return ReadyTasks.NONE;
        }
        if (observer != null) {
            observer.attemptFailed(run.graph.task(task).name(), Place.NO_ELEMENT, attempt, failure);
        }
        return run.failed(worker, task, Place.NO_ELEMENT, attempt, failure);
    }

    /** Notes the success; returns the task that the worker is to run next. */
    int succeeded(Worker worker, int task) {
        return over(worker, task, TaskStatus.SUCCEEDED);
    }

    /** As {@link #succeeded}, for a task that the run does without. */
    int over(Worker worker, int task, TaskStatus how) {
        worker.countOver();
        if (run.journal != null && undoing == null) {
            run.journal.isOver();
        }
        int kept = board.over(task, how);
        if (kept != ReadyTasks.NONE && halt != Halt.GO) {
            ready.push(kept);
            return ReadyTasks.NONE;
        }
        return kept;
    }

    /** The task's attempt ended because the run stops; it is no failure, and the task waits to be resumed. */
    void stopped(int task) {
        board.set(task, TaskStatus.PENDING);
        makeReady(task);
    }

    /** Adds a task to the ready ones; one that runs for each element may be among them. */
    void makeReady(int task) {
        FanOut begun = fanOut(task);
        if (begun == null) {
            ready.push(task);
        } else {
            begun.makeReady();
        }
    }

    /** Whether user code failed because it was stopped, which is no failure of its task. */
    boolean isStopped(Worker worker, Worker.Exit exit, Throwable failure) {
        return exit == Worker.Exit.INTERRUPTED || callerInterrupted(worker, failure) || run.handsOverWith(failure);
    }

    /**
     * Whether user code failed because the caller, on whose thread it was, has been interrupted. Then a run of its own is
     * cancelled; one that it only waited for goes on without it.
     */
    boolean callerInterrupted(Worker worker, Throwable failure) {
        if (worker.helper || !CallerInterrupts.takeBehind(failure)) {
            return false;
        }
        worker.noteCallerInterrupt();
        if (worker.owner) {
            run.callerInterrupted(failure);
        }
        return true;
    }

    private int nextReady() {
        return halt == Halt.GO ? ready.pop() : ReadyTasks.NONE;
    }

    boolean hasOutcomes() {
        return outcomes != null && !outcomes.isEmpty();
    }

    /** Whether a thread would find something to do. */
    boolean hasWork() {
        return hasOutcomes() || hasReady();
    }

    private Queue<Conclusion> outcomes() {
        if (outcomes == null) {
            throw new IllegalStateException("flow " + run.graph.name() + " has no task that ends elsewhere");
        }
        return outcomes;
    }

    // ---- waking ----------------------------------------------------------------------------------------------------

    /** Sees to it that a thread looks at what has become ready. */
    void wake() {
        Idlers known = idlers;
        if (known == null || known.isEmpty() || !known.wakeOne()) {
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
        run.lock.lock();
        try {
            Idlers known = idlers;
            return workers != null || (known != null && !known.isEmpty());
        } finally {
            run.lock.unlock();
        }
    }

    /** Under the lock: the run is no longer active, nobody has to wait for work any more. */
    void dissolve() {
        Idlers known = idlers;
        if (known != null) {
            known.dissolve();
        }
    }

    /**
     * Waits until there may be something to do, the run is no longer active or the time is up.
     *
     * @return false: the thread was interrupted, and its flag is clear
     */
    private boolean awaitWork(@Nullable Worker outer, boolean owned, long until) {
        int spins = pool == null || run.journal != null ? 0 : SPINS;
        for (int spin = 0; spin < spins; spin++) {
            if (hasWork() || !run.isActive()) {
                return true;
            }
            Thread.onSpinWait();
        }
        boolean stays = idlers().await(outer, owned, until);
        if (!stays && hasWork()) {
            // Perhaps the thread was to see to that, and goes instead.
            wake();
        }
        return stays;
    }

    private Idlers idlers() {
        run.lock.lock();
        try {
            Idlers known = idlers;
            if (known == null) {
                known = new Idlers(run, run.lock);
                idlers = known;
            }
            return known;
        } finally {
            run.lock.unlock();
        }
    }

    // ---- tasks that will come back by themselves -------------------------------------------------------------------

    /** A task will come back by itself: it counts as a hand. Called by a worker, so that there is a hand already. */
    void park() {
        run.lock.lock();
        try {
            hands++;
        } finally {
            run.lock.unlock();
        }
    }

    /** The task no longer counts as a hand: it has been made ready, or dealt with. */
    void unpark() {
        run.lock.lock();
        try {
            hands--;
        } finally {
            run.lock.unlock();
        }
        run.settle();
    }

    /** A task's wait is over, and the task or one of its elements is ready again. From any thread. */
    void cameBack() {
        unpark();
        if (halt == Halt.GO) {
            wake();
        }
    }

    private void comeBack(Execution execution) {
        execution.ready();
        cameBack();
    }

    /** An attempt, or a record of one, is over; it still counts as a hand. From any thread. */
    void concluded(Conclusion over) {
        outcomes().add(over);
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

    /** Under the lock, while nobody works: from now on compensations run. */
    void turnBack(TaskBoard compensations, ManagedTasks tasks, @Nullable FanOuts each, BitSet due, int tasksLeft) {
        board = compensations;
        ready = compensations.ready();
        managed = tasks;
        fanOuts = each;
        conditional = false;
        plain = false;
        outcomes = outcomes == null ? new ConcurrentLinkedQueue<>() : outcomes;
        undoing = due;
        remaining = tasksLeft;
        proceed();
        compensations.begin();
    }

    /** The run has stopped: tasks that have passed some of their gates give up what they hold. */
    void rest() {
        if (managed != null) {
            managed.rest();
        }
        if (fanOuts != null) {
            fanOuts.rest();
        }
    }

    // ---- what a store knows ----------------------------------------------------------------------------------------

    /** A task has had attempts in a process that is gone; the next is due after {@code pause}. */
    void prepare(int number, Replay.Known known, Duration pause) {
        if (managed != null && managed.contains(number)) {
            managed.get(number).restore(known, pause);
        } else {
            countUnsuccessful(number, known.attempts() - (known.hasSucceeded() ? 1 : 0));
        }
    }

    /** A task that has succeeded in a process that is gone runs again. */
    void repeat(int number, int attempts) {
        if (managed != null && managed.contains(number)) {
            managed.get(number).hadAttempts(attempts);
        } else {
            countUnsuccessful(number, attempts);
        }
    }

    /** So many attempts are counted from now on. */
    private void countUnsuccessful(int number, int attempts) {
        for (int attempt = board.unsuccessful(number); attempt < attempts; attempt++) {
            board.countUnsuccessful(number);
        }
    }

    /** The number of the next attempt of a task that runs once. */
    int nextAttempt(int task) {
        ManagedTask known = managed == null ? null : managed.known(task);
        return 1 + (known == null ? board.unsuccessful(task) : known.begunAttempts());
    }

    /** Whether a task that has not succeeded has begun. */
    boolean hasBegun(int task) {
        return board.status(task) != TaskStatus.SUCCEEDED && nextAttempt(task) > 1;
    }

    /** Under the lock: the tasks that are more than a call; null: none is. */
    @Nullable
    ManagedTasks managed() {
        return managed;
    }

    /** Under the lock: the tasks that run for each element of something; null: none does. */
    @Nullable
    FanOuts fanOuts() {
        return fanOuts;
    }

    /** What a task that is more than a call has come to; null if it is none, or has not begun. */
    @Nullable
    ManagedTask managed(int task) {
        return managed == null ? null : managed.known(task);
    }

    /** What a task that runs for each element has come to; null if it is none, or has not begun. */
    @Nullable
    FanOut fanOut(int task) {
        return fanOuts == null ? null : fanOuts.known(task);
    }

    /** After {@link #halt}: ends the waits of tasks, and interrupts what runs if the run is not to wait for it. */
    void stop() {
        if (halt == Halt.STOP) {
            interrupt(worker -> true);
        }
        if (managed != null) {
            managed.stopWaiting(halt == Halt.STOP);
        }
        if (fanOuts != null) {
            fanOuts.stopWaiting(halt == Halt.STOP);
        }
        stopWaitingForStuck();
    }

    /** Interrupts what runs of a task that runs for each element. */
    void interruptElements(int task) {
        interrupt(worker -> Place.task(worker.place()) == task);
    }

    /** Interrupts what runs on those workers, and sees to it that what does not heed that is given up in time. */
    private void interrupt(Predicate<Worker> meant) {
        List<Worker> running = new ArrayList<>();
        run.lock.lock();
        try {
            for (Worker worker = workers; worker != null; worker = worker.next) {
                running.add(worker);
            }
        } finally {
            run.lock.unlock();
        }
        Worker self = Worker.current();
        for (Worker worker : running) {
            if (worker.equals(self)) {
                continue;
            }
            // In this order: if the worker goes on to something else between the two, its entry is over.
            long entry = worker.entry();
            if (meant.test(worker) && worker.interrupt(entry) && pool != null) {
                watch(worker, entry);
            }
        }
    }

    private void watch(Worker worker, long entry) {
        try {
            worker.watched(run.core.schedule(run.core.abandonAfter(), () -> abandon(worker, entry, false)));
        } catch (Throwable t) {
            // The clock is the user's; without it the run waits until the user code ends.
            log.error("Thread {} will not be given up if it does not heed its interrupt", worker.thread.getName(), t);
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

    /** Whether tasks start, and some are ready: then a thread will come for them. */
    boolean hasReady() {
        return halt == Halt.GO && !ready.isEmpty();
    }

    /** Under the lock, while quiet: how many tasks are not over. */
    int remaining() {
        return remaining;
    }

    /** Under the lock, before anybody works: so many tasks are not over. */
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
        long place = worker.place();
        run.lock.lock();
        try {
            if (!worker.abandon(entry)) {
                return false;
            }
            StuckCode known = stuck == null ? new StuckCode() : stuck;
            known.add(place);
            stuck = known;
            dismiss(worker);
        } finally {
            run.lock.unlock();
        }
        run.reportAbandoned(place, worker.thread);
        if (!keepHand) {
            // Not under the lock: what it gives back others may take at once, in runs of their own.
            stoppedAt(place);
            run.lock.lock();
            try {
                hands--;
            } finally {
                run.lock.unlock();
            }
        }
        if (hasWork()) {
            wake();
        }
        if (pool != null && worker.helper) {
            pool.replace();
        }
        run.settle();
        return true;
    }

    /** The number of the attempt that is under way there. */
    int attemptAt(long place) {
        int task = Place.task(place);
        FanOut fanOut = fanOut(task);
        ManagedTask begun = managed(task);
        return fanOut != null ? fanOut.attempts(Place.element(place)) : begun == null ? 1 : begun.attempts();
    }

    private void stoppedAt(long place) {
        int task = Place.task(place);
        FanOut begun = fanOut(task);
        if (run.journal != null) {
            run.journal.interrupted(task, Place.element(place), attemptAt(place), null);
        }
        if (begun != null && Place.element(place) != Place.NO_ELEMENT) {
            begun.givenUp(Place.element(place));
        } else {
            board.countUnsuccessful(task);
            stopped(task);
        }
    }

    /** User code that was given up has ended at last; its task or element may run again. */
    void returned(long place) {
        Execution waiting;
        run.lock.lock();
        try {
            StuckCode known = stuck;
            waiting = known == null ? null : known.remove(place);
        } finally {
            run.lock.unlock();
        }
        if (waiting != null) {
            comeBack(waiting);
        }
    }

    /** The run stops: it must not wait for user code that may never end. Resumed, the tasks wait again. */
    private void stopWaitingForStuck() {
        stopWaitingForStuck(execution -> true);
    }

    /** As above, of a task that runs for each element and goes on with none of them. */
    void stopWaitingForStuck(int task) {
        stopWaitingForStuck(execution -> execution.task() == task);
    }

    private void stopWaitingForStuck(Predicate<Execution> meant) {
        List<Execution> waiting;
        run.lock.lock();
        try {
            StuckCode known = stuck;
            waiting = known == null ? List.of() : known.takeWaiting(meant);
        } finally {
            run.lock.unlock();
        }
        waiting.forEach(this::comeBack);
    }

    /** Whether any user code that was given up is still on its thread. */
    boolean anyStuck() {
        return stuck != null;
    }

    /** Whether earlier user code of an execution is still on some thread; then it comes back when that has ended. */
    boolean isStuck(Execution execution) {
        StuckCode known = stuck;
        if (known == null) {
            return false;
        }
        run.lock.lock();
        try {
            if (!known.contains(execution.place())) {
                return false;
            }
            if (halt == Halt.GO && execution.halt() != Halt.GO) {
                // It is not to run any more, and whoever holds it finds that out.
                return false;
            }
            if (halt == Halt.GO) {
                known.await(execution);
                hands++;
            } else {
                execution.ready();
            }
            return true;
        } finally {
            run.lock.unlock();
        }
    }
}
