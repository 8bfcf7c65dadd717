package io.flowright.runtime.internal;

import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.UnexpectedNullException;
import io.flowright.runtime.generated.FanOutSpec;
import io.flowright.runtime.generated.TaskSpec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs for each element of something, in one run, or its compensation.
 *
 * <p>It is one task on the {@link TaskBoard}. While elements can be started its number is among the ready tasks, at most once: a
 * worker that takes it puts it back for others, takes the next element, and so on until none is left. So there is no queue of
 * elements, and nothing recurses along them. The worker that ends the last element ends the task.
 *
 * <p>One number has the place of the next element and the count of those in flight, which have been taken and have not ended.
 * Each end changes it, so whoever brings it to its last value sees all results.
 */
abstract sealed class FanOut permits TaskFanOut, CompensationFanOut {

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(FanOut.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int NONE = ReadyTasks.NONE;

    final FlowRun<?> run;
    final int task;
    final TaskSpec spec;
    final FanOutSpec each;
    private final int limit;

    /** So many elements may wait for their records beside those that run: their results are held twice. */
    private static final int MOST_UNRECORDED = 1_000;

    /** How many of those in flight have run, and are being recorded. */
    private final AtomicInteger recording = new AtomicInteger();

    /** How many attempts of elements have ended before: in earlier stays of a run that was stopped or resumed. */
    private final Map<Integer, Integer> earlier = new ConcurrentHashMap<>();

    /** Elements that were between two attempts in a process that is gone, until they go on here. */
    private final Map<Integer, Replay.Known> goingOn = new ConcurrentHashMap<>();

    /** Whether the ready tasks are in an order, which is to decide after each element what comes next. */
    private final boolean ordered;

    /** Whether the task is among the ready ones. */
    private final AtomicBoolean offered = new AtomicBoolean();

    /** Whether a worker ends the task, or has ended it. */
    private final AtomicBoolean ending = new AtomicBoolean();

    /** Elements that have waited and can go on. */
    private final Queue<Element> back = new ConcurrentLinkedQueue<>();

    /** The elements in flight that have policies, a stage or a context. */
    private final Map<Integer, ManagedTask> live = new ConcurrentHashMap<>();

    /** What elements that have begun, and are neither in flight nor through, have said of how far they were; null: nothing. */
    private volatile @Nullable Map<Integer, ProgressLog> logs;

    /** How many elements there are; negative: they have not been read. */
    private volatile int total;

    /** Upper half: the next element to look at; lower half: how many are in flight. */
    private volatile long state;

    /** No further element starts, and what runs is interrupted: the task has failed, or its quorum is reached. */
    private volatile boolean closing;

    /** A stop of the run ended elements before their time. */
    private volatile boolean interrupted;

    /** @param total how many elements there are; negative: they are to be read */
    FanOut(FlowRun<?> run, int task, int total) {
        this.run = run;
        this.task = task;
        spec = run.graph.task(task);
        each = Objects.requireNonNull(spec.fanOut());
        this.total = total;
        HelperPool pool = run.core.pool();
        limit = pool == null ? 1 : each.maxConcurrency() == 0 ? pool.max() : each.maxConcurrency();
        ordered = run.board().isOrdered();
    }

    /** Reads the elements and runs them; returns the task that the worker is to run next, as {@link #step} does. */
    abstract int open(Worker worker);

    /** What the frame is to be handed. */
    abstract @Nullable Object element(int index);

    /** Whether the element has ended, and is not to run when the run is resumed. */
    abstract boolean hasEnded(int index);

    /** The user's code is about to run for the element. */
    abstract void begins(int index);

    /**
     * An element has succeeded.
     *
     * @param managed null: it was a call and nothing more
     * @return whether the other elements go on
     */
    abstract boolean keep(int index, int attempts, @Nullable Object value, @Nullable ManagedTask managed);

    /** An element has failed for good; returns whether the other elements go on. */
    abstract boolean keepFailure(int index, int attempts, Throwable cause);

    /**
     * Records an element that has succeeded, in a run with a journal, and goes on with {@code then} once that is safe.
     *
     * @param managed null: it was a call and nothing more
     */
    abstract int record(
            Worker worker,
            Journal<?> journal,
            int index,
            int attempts,
            @Nullable Object value,
            @Nullable ManagedTask managed,
            @Nullable Instant startedAt,
            Journal.Continuation then);

    /** Records an element that has failed while the others go on, as {@link #record} does. */
    abstract int recordFailure(
            Worker worker, Journal<?> journal, int index, int attempts, Throwable cause, Journal.Continuation then);

    /**
     * Nothing is in flight and nothing starts any more; returns the task that the worker is to run next.
     *
     * @param complete whether no element was ended before its time
     */
    abstract int end(Worker worker, boolean complete);

    /** Elements that failed are to run again; returns whether nevertheless none is to start. */
    abstract boolean forgetFailures();

    /** How many elements are through, of how many; null: they have not been read. */
    abstract @Nullable ProgressReport progress();

    // ---- work ------------------------------------------------------------------------------------------------------

    /**
     * Runs elements while nothing else is to be done. The worker has taken the task from the ready ones.
     *
     * @return the task that the worker is to run next, {@link ReadyTasks#NONE} or {@link Crew#ABANDONED}
     */
    int step(Worker worker) {
        // First of all: what can be started from now on is offered anew.
        offered.set(false);
        if (ending.get()) {
            return NONE;
        }
        if (total < 0) {
            return open(worker);
        }
        if (run.board().status(task) == TaskStatus.PENDING) {
            // The run was resumed, and this is the first worker: nobody has been offered the task since.
            run.board().set(task, TaskStatus.RUNNING);
        }
        int other = ordered ? NONE : otherTask();
        if (other != NONE) {
            offer();
            return other;
        }
        return runElements(worker);
    }

    /** Elements can wait: a task that was ready before this one may have a long way behind it. */
    private int otherTask() {
        ReadyTasks ready = run.board().ready();
        int other = ready.pop();
        if (other != NONE && run.graph.task(other).fanOut() != null) {
            ready.push(other);
            return NONE;
        }
        return other;
    }

    /**
     * The elements have been read.
     *
     * @param ended whether none is to start
     */
    int opened(Worker worker, int elements, boolean ended) {
        if (ended) {
            closing = true;
            state = state(elements, 0);
        }
        total = elements;
        return runElements(worker);
    }

    /** An element has had attempts before. */
    void hadAttempts(int index, int attempts) {
        earlier.put(index, attempts);
    }

    /** An element that has not ended has had attempts in a process that is gone: it has those that are left, and not sooner. */
    void goesOn(int index, Replay.Known known) {
        hadAttempts(index, known.attempts());
        goingOn.put(index, known);
    }

    private void hadAttempts(ManagedTask managed, int index) {
        Replay.Known known = goingOn.remove(index);
        Journal<?> journal = run.journal;
        if (known == null || journal == null) {
            managed.hadAttempts(earlierAttempts(index));
        } else {
            managed.restore(known, journal.due(known));
        }
    }

    /** How many attempts an element has had before. */
    int earlierAttempts(int index) {
        return earlier.getOrDefault(index, 0);
    }

    int total() {
        return total;
    }

    /** Whether the elements have been read. */
    boolean isRead() {
        return total >= 0;
    }

    private int runElements(Worker worker) {
        int next = NONE;
        do {
            Element waited = back.poll();
            if (waited != null) {
                next = waited.goOn(worker);
                continue;
            }
            int index = take();
            if (index == NONE) {
                next = isOver(state) ? over(worker) : NONE;
                break;
            }
            offer();
            next = start(worker, index);
        } while (next == NONE && goesOn(worker));
        if (next == NONE && closing && isOver(state)) {
            // Also where the run stops, for nobody would come: the failure, or the quorum, is not to be forgotten.
            next = over(worker);
        }
        offer();
        return next;
    }

    /** Whether the worker is to run the next element at once. */
    private boolean goesOn(Worker worker) {
        if (ordered || run.crew().halt() != Crew.Halt.GO || run.crew().hasOutcomes() || worker.callerInterrupted()) {
            return false;
        }
        if (run.journal != null && !run.journal.mayStart()) {
            return false;
        }
        int ready = run.board().ready().peek();
        return ready == NONE || ready == task;
    }

    /** Takes the next element, which is in flight from now on; {@link ReadyTasks#NONE}: none can be started. */
    private int take() {
        while (true) {
            long seen = state;
            int inFlight = inFlight(seen);
            if (next(seen) == total || !hasRoom(inFlight)) {
                return NONE;
            }
            int index = next(seen);
            while (index < total && hasEnded(index)) {
                // It ended before the run was stopped and resumed.
                index++;
            }
            boolean found = index < total;
            if (STATE.compareAndSet(this, seen, found ? state(index + 1, inFlight + 1) : state(total, inFlight))) {
                return found ? index : NONE;
            }
        }
    }

    private int start(Worker worker, int index) {
        Journal<?> journal = run.journal;
        if (journal != null && task < run.graph.size()) {
            int attempt = 1 + earlierAttempts(index);
            int admitted = journal.admit(worker, Place.of(task, index), attempt, next -> start(next, index));
            if (admitted != Crew.RUNS) {
                return admitted;
            }
        }
        if (spec.kind() != TaskSpec.Kind.DIRECT) {
            return new Element(index, true).goOn(worker);
        }
        return run.crew().anyStuck() && run.crew().isStuck(new Element(index, false)) ? NONE : call(worker, index);
    }

    /** Runs an element that is a call and nothing more. */
    private int call(Worker worker, int index) {
        RunObserver observer = run.observer;
        int attempt = 1 + earlierAttempts(index);
        long start = 0;
        if (observer != null && halt() == Crew.Halt.GO) {
            // Before the user's code is on the thread: an interrupt of the attempt must not hit a listener.
            start = run.core.clock().nanos();
            observer.started(spec.name(), index, attempt);
        }
        Instant startedAt = run.journal == null ? null : run.journal.began();
        worker.enter(Place.of(task, index));
        if (halt() != Crew.Halt.GO) {
            worker.exit();
            stopped();
            return NONE;
        }
        Object element = element(index);
        Object value = null;
        Throwable thrown = null;
        begins(index);
        try {
            value = observer == null
                    ? run.frame.runElement(task, element)
                    : observer.runElement(run.frame, task, index, element);
        } catch (Throwable t) {
            thrown = t;
        }
        Worker.Exit exit = worker.exit();
        if (exit == Worker.Exit.ABANDONED) {
            run.crew().returned(Place.of(task, index));
            return Crew.ABANDONED;
        }
        if (thrown == null && value == null && !spec.nullable()) {
            thrown = new UnexpectedNullException(keyOf(spec));
        }
        if (thrown == null) {
            if (observer != null) {
                observer.succeeded(spec.name(), index, attempt, start);
            }
            return succeeded(worker, index, attempt, value, null, startedAt);
        }
        if (run.crew().isStopped(worker, exit, thrown)) {
            if (run.journal != null) {
                run.journal.interrupted(task, index, attempt, startedAt);
            }
            new Element(index, false).stopped();
            return NONE;
        }
        if (observer != null) {
            observer.attemptFailed(spec.name(), index, attempt, thrown);
        }
        return failed(worker, index, attempt, thrown);
    }

    /** The name of what a task gives, for messages. */
    static String keyOf(TaskSpec spec) {
        return spec.provides().isEmpty() ? spec.name() : spec.provides().get(0);
    }

    /** Makes the task ready if an element can be started, or the task be ended. */
    private void offer() {
        if (push()) {
            run.crew().wake();
        }
    }

    private boolean push() {
        return !offered.get() && isOpen() && makeReady();
    }

    private boolean isOpen() {
        long seen = state;
        return !back.isEmpty() || (next(seen) < total ? hasRoom(inFlight(seen)) : inFlight(seen) == 0 && !ending.get());
    }

    private boolean hasRoom(int inFlight) {
        int unrecorded = recording.get();
        return inFlight - unrecorded < limit && unrecorded < MOST_UNRECORDED;
    }

    /** Adds the task to the ready ones if it is not among them. */
    boolean makeReady() {
        if (!offered.compareAndSet(false, true)) {
            return false;
        }
        run.board().ready().push(task);
        return true;
    }

    // ---- the state -------------------------------------------------------------------------------------------------

    private static long state(int next, int inFlight) {
        return (long) next << Integer.SIZE | inFlight;
    }

    private static int next(long state) {
        return (int) (state >>> Integer.SIZE);
    }

    private static int inFlight(long state) {
        return (int) state;
    }

    private boolean isOver(long seen) {
        return next(seen) == total && inFlight(seen) == 0;
    }

    // ---- ends ------------------------------------------------------------------------------------------------------

    private Crew.Halt halt() {
        return closing ? Crew.Halt.STOP : run.crew().halt();
    }

    /** An element has succeeded; returns the task that the worker is to run next. */
    private int succeeded(
            Worker worker,
            int index,
            int attempts,
            @Nullable Object value,
            @Nullable ManagedTask managed,
            @Nullable Instant startedAt) {
        Journal<?> journal = run.journal;
        if (journal == null) {
            if (!keep(index, attempts, value, managed)) {
                close();
            }
            return ended(worker);
        }
        recording.incrementAndGet();
        offer();
        return record(worker, journal, index, attempts, value, managed, startedAt, this::recorded);
    }

    /** An element is recorded. */
    private int recorded(Worker worker) {
        recording.decrementAndGet();
        return ended(worker);
    }

    /** The value of an element cannot be recorded. */
    int notRecordable(Worker worker, int index, int attempts, Throwable cause) {
        recording.decrementAndGet();
        return failed(worker, index, attempts, cause);
    }

    /** An element has failed for good; returns the task that the worker is to run next. */
    private int failed(Worker worker, int index, int attempts, Throwable cause) {
        earlier.put(index, attempts);
        boolean goesOn = keepFailure(index, attempts, cause);
        if (!goesOn) {
            close();
        }
        Journal<?> journal = run.journal;
        if (journal == null || !goesOn) {
            return ended(worker);
        }
        recording.incrementAndGet();
        return recordFailure(worker, journal, index, attempts, cause, this::recorded);
    }

    /** No further element starts, and those in flight are stopped. */
    void close() {
        closing = true;
        long seen;
        do {
            seen = state;
        } while (!STATE.compareAndSet(this, seen, state(total, inFlight(seen))));
        run.crew().interruptElements(task);
        live.values().forEach(element -> element.stopWaiting(true));
        run.crew().stopWaitingForStuck(task);
    }

    /** The code of an element does not heed its interrupt, and nobody waits for it: what it holds is given back. */
    void givenUp(int index) {
        ManagedTask managed = live.remove(index);
        if (managed != null) {
            managed.rest();
            keepLog(index, managed);
        }
        stopped();
    }

    /** An element is no longer in flight; returns the task that the worker is to run next. */
    private int ended(Worker worker) {
        if (isOver((long) STATE.getAndAdd(this, -1L) - 1)) {
            return over(worker);
        }
        offer();
        return NONE;
    }

    /** An element was ended before its time, which is no failure. From any thread; the caller sees to it that a worker comes. */
    void stopped() {
        if (!closing) {
            interrupted = true;
        }
        STATE.getAndAdd(this, -1L);
        push();
    }

    /** Nothing is in flight and nothing starts any more; returns the task that the worker is to run next. */
    private int over(Worker worker) {
        return ending.compareAndSet(false, true) ? end(worker, closing || !interrupted) : NONE;
    }

    // ---- stops -----------------------------------------------------------------------------------------------------

    /** The run stops; pending stages are given up too if {@code all}. */
    void stopWaiting(boolean all) {
        live.values().forEach(element -> element.stopWaiting(all));
    }

    /** The run has stopped, and nobody works on it: when it is resumed, what has no result begins again. */
    void rest() {
        live.forEach((index, managed) -> {
            managed.rest();
            keepLog(index, managed);
        });
        live.clear();
        back.clear();
        TaskStatus status = run.board().status(task);
        if (status == TaskStatus.SUCCEEDED || total < 0) {
            return;
        }
        closing = forgetFailures();
        state = closing ? state(total, 0) : 0;
        interrupted = false;
        recording.set(0);
        ending.set(false);
        if (status != TaskStatus.FAILED) {
            run.board().set(task, TaskStatus.PENDING);
            makeReady();
        }
    }

    // ---- what users see --------------------------------------------------------------------------------------------

    private void keepLog(int index, @Nullable ManagedTask managed) {
        ProgressLog log = managed == null ? null : managed.logIfAny();
        if (log != null) {
            logs().put(index, log);
        }
    }

    private synchronized Map<Integer, ProgressLog> logs() {
        Map<Integer, ProgressLog> kept = logs;
        if (kept == null) {
            kept = new ConcurrentHashMap<>();
            logs = kept;
        }
        return kept;
    }

    /** What attempts of the element have said; null: nothing. */
    @Nullable
    ProgressLog logOf(int index) {
        ManagedTask managed = live.get(index);
        ProgressLog current = managed == null ? null : managed.logIfAny();
        Map<Integer, ProgressLog> kept = logs;
        return current != null || kept == null ? current : kept.get(index);
    }

    /** Sees what elements say now; not under any lock. */
    void look() {
        Map<Integer, ProgressLog> kept = logs;
        if (kept != null) {
            kept.values().forEach(ProgressLog::look);
        }
        live.values().forEach(managed -> {
            ProgressLog log = managed.logIfAny();
            if (log != null) {
                log.look();
            }
        });
    }

    /** What elements that have begun and not ended last said, by index. */
    Map<Integer, ProgressReport> said() {
        Map<Integer, ProgressLog> kept = logs;
        if (kept == null && live.isEmpty()) {
            return Map.of();
        }
        Map<Integer, ProgressReport> said = new HashMap<>();
        if (kept != null) {
            kept.forEach((index, log) -> addSaid(said, index, log.seen()));
        }
        live.forEach((index, managed) -> addSaid(said, index, managed.said()));
        return said;
    }

    private void addSaid(Map<Integer, ProgressReport> said, int index, @Nullable ProgressReport report) {
        if (report != null && !hasEnded(index)) {
            said.put(index, report);
        }
    }

    /** How many attempts began for an element in flight. */
    int attempts(int element) {
        ManagedTask managed = live.get(element);
        return managed == null ? 1 + earlierAttempts(element) : managed.attempts();
    }

    /** What the method returned for an element, out of its {@code Optional} where its results are such; null: absent, or null. */
    final @Nullable Object given(@Nullable Object returned) {
        return each.optionalResults() && returned instanceof Optional<?> maybe ? maybe.orElse(null) : returned;
    }

    /** The reverse of {@link #given}. */
    final @Nullable Object asReturned(@Nullable Object given) {
        return each.optionalResults() ? Optional.ofNullable(given) : given;
    }

    /** An element that succeeded in a process that is gone, as far as it matters for its compensation; null: it was a call. */
    @Nullable
    ManagedTask restoredElement(int index, Replay.Known known) {
        if (spec.kind() == TaskSpec.Kind.DIRECT) {
            return null;
        }
        ManagedTask managed = new Element(index, true).managed;
        live.remove(index);
        Objects.requireNonNull(managed).restore(known, Duration.ZERO);
        return managed;
    }

    /** The execution of the task for one element. */
    private final class Element implements Execution {

        private final int index;
        private final @Nullable ManagedTask managed;
        private @Nullable Object value;

        Element(int index, boolean moreThanCall) {
            this.index = index;
            managed = moreThanCall ? new ManagedTask(run, this) : null;
            if (managed != null) {
                managed.hadLog(logOf(index));
                FanOut.this.hadAttempts(managed, index);
                live.put(index, managed);
            }
        }

        int goOn(Worker worker) {
            return managed == null ? FanOut.this.call(worker, index) : managed.step(worker);
        }

        @Override
        public int task() {
            return task;
        }

        @Override
        public int element() {
            return index;
        }

        @Override
        public Crew.Halt halt() {
            return FanOut.this.halt();
        }

        @Override
        public @Nullable Object call(TaskContext context) throws Throwable {
            begins(index);
            return run.frame.callElement(task, FanOut.this.element(index), context);
        }

        @Override
        public @Nullable Object fallback(Throwable cause, TaskContext context) throws Throwable {
            return run.frame.elementFallback(task, FanOut.this.element(index), cause, context);
        }

        @Override
        public @Nullable Object[] idempotencyKey() {
            return run.frame.elementKey(task, FanOut.this.element(index));
        }

        @Override
        public void keep(@Nullable Object returned) {
            value = returned;
        }

        @Override
        public void restore(byte @Nullable [] result) {
            value = asReturned(run.restoredElement(task, result));
        }

        /** The task runs, whatever its elements do. */
        @Override
        public void note(TaskStatus status) {}

        @Override
        public int succeeded(Worker worker, int attempts) {
            live.remove(index);
            Instant startedAt = managed == null ? null : managed.startedAt();
            return FanOut.this.succeeded(worker, index, attempts, value, managed, startedAt);
        }

        @Override
        public int failed(Worker worker, int attempts, Throwable cause) {
            live.remove(index);
            keepLog(index, managed);
            return FanOut.this.failed(worker, index, attempts, cause);
        }

        @Override
        public void stopped() {
            if (halt() == Crew.Halt.GO) {
                // Its thread alone was interrupted, on behalf of a caller for whom others work; another runs it.
                ready();
                return;
            }
            live.remove(index);
            keepLog(index, managed);
            FanOut.this.stopped();
        }

        @Override
        public void ready() {
            back.add(this);
            push();
        }
    }
}
