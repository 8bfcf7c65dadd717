package io.flowright.crash;

import io.flowright.jdbc.PostgresStore;
import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** The stores of the tests. */
public enum StoreKind {
    POSTGRES(Duration.ofSeconds(3)) {
        @Override
        public String create(Path directory) throws SQLException {
            return name() + ":" + PostgresServer.newSchema() + "@" + PostgresServer.url();
        }
    },
    /** Who has died is known at once: the lease does not matter. */
    SQLITE(Duration.ofSeconds(30)) {
        @Override
        public String create(Path directory) {
            return name() + ":" + directory.resolve("runs.db");
        }
    };

    private final Duration lease;

    StoreKind(Duration lease) {
        this.lease = lease;
    }

    /** Of an engine that is to die: long enough for a machine that is busy, short enough to be waited for. */
    public Duration lease() {
        return lease;
    }

    /** The kind of the store at an address. */
    public static StoreKind of(String address) {
        return valueOf(address.substring(0, address.indexOf(':')));
    }

    /** The address of a new store; the test is skipped if there is no server. */
    public abstract String create(Path directory) throws SQLException;

    /** Opens the store at an address. */
    public static RunStore open(String address) {
        String rest = address.substring(address.indexOf(':') + 1);
        if (of(address) == SQLITE) {
            return SqliteStore.open(Path.of(rest));
        }
        int at = rest.indexOf('@');
        return PostgresStore.builder(rest.substring(at + 1))
                .schema(rest.substring(0, at))
                .maxConnections(2)
                .open();
    }

    /** Leaves nothing behind on a server. */
    public static void drop(String address) throws SQLException {
        if (of(address) == POSTGRES) {
            PostgresServer.dropSchema(address.substring(address.indexOf(':') + 1, address.indexOf('@')));
        }
    }
}
