package io.flowright.crash.matrix;

import io.flowright.crash.Effect;
import java.io.IOException;
import java.util.List;

/**
 * What the tasks of one run act on: servers, databases, folders. It lives in the JVM of the matrix, which nobody kills, and the processes
 * that run the flow find it by its address. Thread-safe.
 */
public interface World extends AutoCloseable {

    /** A flow needs nothing but its inputs. */
    World NONE = new World() {};

    /** Where the processes find it; without tabs. */
    default String address() {
        return "";
    }

    /**
     * What its services have been asked for, as {@link Effect#request} makes them. Each is expected as often as of an undisturbed run, and
     * at most once more for each kill, always with the same key.
     */
    default List<Effect> requests() throws Exception {
        return List.of();
    }

    /** What there is in the end: the same, in the same order, for every run that has not been disturbed. */
    default List<String> traces() throws Exception {
        return List.of();
    }

    @Override
    default void close() throws IOException {}
}
