package io.flowright.benchmarks.durable.peers;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is measured.
 *
 * @param server the PostgreSQL server for all
 * @param folder for files
 * @param counter what counts statements; null: nobody does
 */
public record Site(Server server, Path folder, @Nullable Counter counter) {

    public Site(Server server, Path folder) {
        this(server, folder, null);
    }

    /** The same, with statements counted. */
    public Site counting(Counter newCounter) {
        return new Site(server, folder, newCounter);
    }
}
