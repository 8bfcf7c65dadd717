package io.flowright.runtime.internal;

import io.flowright.runtime.Outcome;
import io.flowright.runtime.QuorumNotReachedException;
import io.flowright.runtime.generated.FanOutSpec;
import io.flowright.runtime.generated.TaskSpec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the elements ended that a task runs for, and what that means for the task.
 *
 * <p>Each element has a cell, which the thread that ends it writes. Without a quorum nothing else is touched while elements succeed;
 * {@link FanOut} sees to it that who reads the values sees all cells.
 */
final class ElementResults {

    /** How many failures are kept beside the first, where more than one is tolerated. */
    private static final int MOST_SUPPRESSED = 8;

    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(Object[].class);

    /** In a cell: the method returned null. */
    private static final Object NULL = new Object();

    /** In a cell: the method returned an empty {@code Optional}. */
    private static final Object ABSENT = new Object();

    /** In a cell: the element failed, which a quorum tolerates. */
    private static final Object FAILED = new Object();

    /** With what the task fails. */
    record Failure(int element, int attempts, Throwable cause) {}

    private final TaskSpec spec;
    private final FanOutSpec each;

    /** Null in a cell: the element has not ended. */
    private final @Nullable Object[] cells;

    // All below: under this object's monitor.
    private @Nullable Failure failure;
    private final List<Throwable> tolerated = new ArrayList<>();
    private int succeeded;
    private int failed;

    ElementResults(TaskSpec spec, int elements) {
        this.spec = spec;
        each = Objects.requireNonNull(spec.fanOut());
        cells = new Object[elements];
    }

    /** How many elements there are. */
    int size() {
        return cells.length;
    }

    /** Whether the element has ended. */
    boolean has(int index) {
        return CELL.getAcquire(cells, index) != null;
    }

    /** How many elements have ended. */
    int count() {
        int count = 0;
        for (int index = 0; index < cells.length; index++) {
            if (has(index)) {
                count++;
            }
        }
        return count;
    }

    /**
     * An element has succeeded; what comes after the quorum is reached is not kept.
     *
     * @return whether the quorum is reached by it
     */
    boolean add(int index, @Nullable Object value) {
        Object kept = each.optionalResults() ? ((Optional<?>) Objects.requireNonNull(value)).orElse(null) : value;
        if (kept == null) {
            kept = each.optionalResults() ? ABSENT : NULL;
        }
        if (each.collect() && !ABSENT.equals(kept)) {
            kept = new Outcome.Success<>(index, NULL.equals(kept) ? null : kept);
        }
        if (each.quorum() == 0) {
            CELL.setRelease(cells, index, kept);
            return false;
        }
        synchronized (this) {
            if (isQuorumReached()) {
                return false;
            }
            CELL.setRelease(cells, index, kept);
            succeeded++;
            return isQuorumReached();
        }
    }

    /**
     * An element has failed for good. An {@link Error} is the JVM's word, which no setting tolerates, unless the quorum was
     * reached before.
     *
     * @return whether the other elements go on nevertheless
     */
    boolean addFailure(int index, int attempts, Throwable cause) {
        boolean tolerable = !(cause instanceof Error);
        if (each.collect() && tolerable) {
            CELL.setRelease(cells, index, Outcome.Failure.of(index, cause));
            return true;
        }
        synchronized (this) {
            if (failure != null) {
                suppress(failure.cause, cause);
                return false;
            }
            if (isQuorumReached()) {
                // The task has what it needs. What still fails may do so because it was stopped, an Error too.
                return true;
            }
            if (each.quorum() == 0 || !tolerable) {
                failure = new Failure(index, attempts, cause);
                return false;
            }
            CELL.setRelease(cells, index, FAILED);
            failed++;
            tolerated.add(cause);
            if (cells.length - failed >= each.quorum()) {
                return true;
            }
            failure = new Failure(Place.NO_ELEMENT, 1, quorumNotReached());
            return false;
        }
    }

    private Throwable quorumNotReached() {
        QuorumNotReachedException exception =
                new QuorumNotReachedException(spec.name(), each.quorum(), cells.length, failed);
        exception.initCause(tolerated.get(0));
        tolerated.subList(1, tolerated.size()).forEach(other -> suppress(exception, other));
        return exception;
    }

    private static void suppress(Throwable failure, Throwable other) {
        if (!failure.equals(other) && failure.getSuppressed().length < MOST_SUPPRESSED) {
            failure.addSuppressed(other);
        }
    }

    /** With what the task fails; null: it does not. */
    synchronized @Nullable Failure failure() {
        return failure;
    }

    synchronized boolean isQuorumReached() {
        return each.quorum() > 0 && succeeded == each.quorum();
    }

    /** What the elements gave, in their order. Once only: it takes the cells. */
    List<?> values() {
        int size = 0;
        for (Object cell : cells) {
            if (cell != null && !ABSENT.equals(cell) && !FAILED.equals(cell)) {
                cells[size++] = NULL.equals(cell) ? null : cell;
            }
        }
        return Collections.unmodifiableList(Arrays.asList(size == cells.length ? cells : Arrays.copyOf(cells, size)));
    }

    /** Elements that failed are to run again. */
    synchronized void forgetFailures() {
        failure = null;
        failed = 0;
        tolerated.clear();
        for (int index = 0; index < cells.length; index++) {
            if (FAILED.equals(cells[index])) {
                cells[index] = null;
            }
        }
    }
}
