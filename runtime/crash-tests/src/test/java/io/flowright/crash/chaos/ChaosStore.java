package io.flowright.crash.chaos;

import io.flowright.jdbc.PostgresStore;
import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.spi.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A store to which things happen. */
interface ChaosStore extends AutoCloseable {

    /** The schema on a server. */
    String SCHEMA = "chaos";

    /** Something that happens to it. */
    @FunctionalInterface
    interface Blow {

        /** Lets it happen, and be over when the method returns. */
        void strike(Random random) throws Exception;
    }

    /**
     * What can happen to it.
     *
     * @param name for people
     * @param aftermath how long it may take after that until everybody has noticed
     */
    record Trouble(String name, Blow blow, Duration aftermath) {

        Trouble(String name, Blow blow) {
            this(name, blow, Duration.ZERO);
        }
    }

    /** Where engines find it, in the middle of all that happens. */
    String address();

    /** Where it is found by those whom nothing is to happen to. */
    String quietAddress();

    /** All that may happen. */
    List<Trouble> troubles();

    /** The command, if any, by which processes are started that use it. */
    default List<String> command() {
        return List.of();
    }

    @Override
    void close() throws IOException;

    /** Opens the store at an address: a JDBC URL of PostgreSQL, or a file. */
    static RunStore open(String address) {
        return address.startsWith("jdbc:")
                ? PostgresStore.builder(address)
                        .schema(SCHEMA)
                        .maxConnections(4)
                        .open()
                : SqliteStore.open(Path.of(address));
    }
}
