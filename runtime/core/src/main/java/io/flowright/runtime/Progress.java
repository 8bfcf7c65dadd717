package io.flowright.runtime;

/** Where a task reports how far it is. Inject it by a parameter of this type. Thread-safe. */
public interface Progress {

    /** Reports that {@code done} of {@code total} are done. */
    void update(long done, long total);

    /** A progress for unit tests of a task method; it ignores what it is told. */
    static Progress forTest() {
        throw new UnsupportedOperationException();
    }
}
