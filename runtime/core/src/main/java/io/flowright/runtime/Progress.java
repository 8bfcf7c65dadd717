package io.flowright.runtime;

/**
 * Where a task reports how far it is. A parameter of this type is injected, no annotation needed. Thread-safe; reports of
 * an attempt that is over are dropped.
 */
public interface Progress {

    /**
     * Reports that {@code done} of {@code total} are done.
     *
     * @throws IllegalArgumentException if {@code done} is negative or above {@code total}
     */
    void update(long done, long total);

    /** A progress for unit tests of a task method; it ignores what it is told. */
    static Progress forTest() {
        return (done, total) -> {};
    }
}
