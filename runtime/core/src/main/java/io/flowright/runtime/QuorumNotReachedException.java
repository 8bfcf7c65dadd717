package io.flowright.runtime;

/**
 * A task with {@code @ForEach(quorum = k)} failed for so many elements, or had so few, that k can no longer succeed. The first
 * failure of an element is the cause, some others are suppressed exceptions.
 *
 * @since 0.1
 */
public class QuorumNotReachedException extends FlowException {

    private final int quorum;
    private final int elements;
    private final int failed;

    /** For the runtime. */
    public QuorumNotReachedException(String task, int quorum, int elements, int failed) {
        super("task " + task + " was to succeed for " + quorum + " elements; it has " + elements
                + (failed == 0 ? "" : ", " + failed + " of which failed"));
        this.quorum = quorum;
        this.elements = elements;
        this.failed = failed;
    }

    /** How many elements were to succeed. */
    public int quorum() {
        return quorum;
    }

    /** How many elements there were. */
    public int elements() {
        return elements;
    }

    /** How many of them had failed. */
    public int failed() {
        return failed;
    }
}
