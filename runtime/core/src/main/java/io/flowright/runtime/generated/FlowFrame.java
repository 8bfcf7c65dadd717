package io.flowright.runtime.generated;

import io.flowright.runtime.FlowFailure;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.UncoveredCaseException;
import io.flowright.runtime.UnexpectedNullException;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of one run, in typed fields of the generated subclass, and the calls of its tasks.
 *
 * <p>A frame has no locks: the scheduler sees to it that what a task wrote happens-before whatever reads it.
 *
 * @param <R> the flow's result type
 */
public abstract class FlowFrame<R> {

    /** In place of a value: the key has none. */
    public static final Object ABSENT = Absent.VALUE;

    /** Its name is what a debugger shows. */
    private enum Absent {
        VALUE
    }

    private int position = -1;

    private volatile boolean stopped;

    /** What most runs do without; null: this one does. */
    private @Nullable Extras extras;

    /** Apart, so that runs that need nothing of it are smaller. */
    private static final class Extras {

        /** The tasks that {@link #runAll} has left out. */
        final BitSet skipped = new BitSet();

        /** The tasks that the run's target needs; null: all. */
        @Nullable
        BitSet wanted;

        /** Why the run is undone; null: it is not. */
        @Nullable
        FlowFailure failure;

        /** The tasks that had succeeded when the run began to be undone. */
        BitSet succeeded = new BitSet();
    }

    /** A frame in which nothing has run. */
    protected FlowFrame() {}

    /**
     * Runs all tasks in the order of their numbers, each after {@link #enter}. Flows whose tasks are all direct override
     * it with straight-line code, which the JIT compiler sees through: on one thread with nobody watching there is nothing
     * left to decide between two tasks.
     */
    public void runAll() throws Throwable {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether the values of the run let a task run that may be skipped: all that it needs is present, and its guards hold.
     *
     * @throws UncoveredCaseException if a guard meets an enum constant that the proof knew nothing of
     */
    public boolean runs(int task) {
        throw noSuchTask(task);
    }

    /** Runs a direct task and keeps its result. */
    public void run(int task) throws Throwable {
        throw noSuchTask(task);
    }

    /** Calls the method of a managed task and returns its result (a stage, for one that returns a stage). */
    public @Nullable Object call(int task, TaskContext context) throws Throwable {
        throw noSuchTask(task);
    }

    /**
     * Keeps the result of a managed task; a record with several keys is taken apart here. Of a task that runs for each element it is
     * the list.
     */
    public void put(int task, @Nullable Object value) {
        throw noSuchTask(task);
    }

    /** Calls the fallback of a task and returns its result (a stage, where the task returns a stage). */
    public @Nullable Object fallback(int task, Throwable failure, TaskContext context) throws Throwable {
        throw noSuchTask(task);
    }

    /** The parts of an idempotent task's key in the template's order: literal text and values. */
    public @Nullable Object[] idempotencyKey(int task) {
        throw noSuchTask(task);
    }

    /** The elements that a task runs for, in their order, as they are now. */
    public @Nullable Object[] elements(int task) {
        throw noSuchTask(task);
    }

    /** Calls the method of a direct task for one element and returns its result. */
    public @Nullable Object runElement(int task, @Nullable Object element) throws Throwable {
        throw noSuchTask(task);
    }

    /**
     * Calls the method of a managed task for one element and returns its result, as {@link #call} does. The element of a
     * compensation is an {@link UndoneElement}, here and in {@link #elementFallback}.
     */
    public @Nullable Object callElement(int task, @Nullable Object element, TaskContext context) throws Throwable {
        throw noSuchTask(task);
    }

    /** Calls the fallback of a task for one element and returns its result, as {@link #fallback} does. */
    public @Nullable Object elementFallback(int task, @Nullable Object element, Throwable failure, TaskContext context)
            throws Throwable {
        throw noSuchTask(task);
    }

    /** The parts of an idempotent task's key for one element, as {@link #idempotencyKey} has them. */
    public @Nullable Object[] elementKey(int task, @Nullable Object element) {
        throw noSuchTask(task);
    }

    /**
     * What a task that runs once, and has succeeded, gave: boxed, in the order of its keys. {@link #ABSENT} stands for a key that has no
     * value, null for the value null.
     */
    public @Nullable Object[] values(int task) {
        throw noSuchTask(task);
    }

    /** Keeps what {@link #values} gave in another frame, as if the task had succeeded here. */
    public void restore(int task, @Nullable Object[] values) {
        throw noSuchTask(task);
    }

    /** Lets go of a value that is not kept: that of key number {@code key} of those that {@code task} provides. */
    public void release(int task, int key) {
        throw noSuchTask(task);
    }

    /** The inputs, boxed, in declared order. */
    public abstract @Nullable Object[] inputs();

    /** The typed result of the finished run. */
    public abstract R result();

    /**
     * Comes before each task of {@link #runAll}: notes which task it is, and ends the straight line when the run is to
     * stop.
     */
    protected final void enter(int task) {
        position = task;
        if (stopped) {
            throw StraightLineStopped.INSTANCE;
        }
    }

    /** In {@link #runAll}: the task, which was entered, is not run. */
    protected final void skip(int task) {
        extras().skipped.set(task);
    }

    /** Whether {@link #runAll} has left out the task. For the thread that runs it. */
    public final boolean skipped(int task) {
        return extras != null && extras.skipped.get(task);
    }

    private Extras extras() {
        if (extras == null) {
            extras = new Extras();
        }
        return extras;
    }

    /** Says which tasks the run is to run, because it has a target; without it, all of them. Before the run begins. */
    public final void want(BitSet tasks) {
        extras().wanted = tasks;
    }

    /** For accessors of the result: the task that provides the key must not be one that the run's target did not need. */
    public final void requireWanted(int task) {
        BitSet wanted = extras == null ? null : extras.wanted;
        if (wanted != null && !wanted.get(task)) {
            throw new IllegalStateException("This key was not computed: the run had a target, which does not need it");
        }
    }

    /** The run is undone from now on: says why, and which tasks have succeeded. */
    public final void undo(FlowFailure reason, BitSet tasks) {
        extras().failure = reason;
        extras().succeeded = tasks;
    }

    /** Why the run is undone; for compensations. */
    protected final FlowFailure failure() {
        return Objects.requireNonNull(extras().failure);
    }

    /** Whether the task had succeeded when the run began to be undone; for compensations. */
    protected final boolean succeeded(int task) {
        return extras != null && extras.succeeded.get(task);
    }

    /** The task that {@link #runAll} entered last; -1 before the first. For the thread that runs it. */
    public final int position() {
        return position;
    }

    /** Sees to it that {@link #runAll} enters no further task. From any thread. */
    public final void stop() {
        stopped = true;
    }

    /** Whether {@link #stop} was called. */
    public final boolean stopped() {
        return stopped;
    }

    /** {@code value}, unless it is null: then the task that returned it fails. */
    protected static <T> T provided(@Nullable T value, String key) {
        if (value == null) {
            throw new UnexpectedNullException(key);
        }
        return value;
    }

    /** {@code value}, unless it is null: then the caller of the flow made a mistake. */
    protected static <T> T input(@Nullable T value, String name) {
        if (value == null) {
            throw new NullPointerException("Input '" + name + "' is null");
        }
        return value;
    }

    /** A value that may be absent; null is absent too. */
    protected static <T> Optional<T> optional(boolean present, @Nullable T value) {
        return present ? Optional.ofNullable(value) : Optional.empty();
    }

    /** {@code value} as a type that the JVM cannot check: a recorded one that was read back as that, null where the key may be null. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    protected static <T extends @Nullable Object> T unchecked(@Nullable Object value) {
        return (T) value;
    }

    /** For the default branch of guards. */
    protected static UncoveredCaseException uncovered(String key, Enum<?> constant) {
        return new UncoveredCaseException(key, constant);
    }

    /** For the default branch of generated switches. */
    protected static IllegalArgumentException noSuchTask(int task) {
        return new IllegalArgumentException("No such task here: " + task);
    }
}
