package io.flowright.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Records runs in PostgreSQL, version 13 or newer. Engines in any number of processes may share one database: they need no other server.
 *
 * <pre>{@code
 * try (PostgresStore store = PostgresStore.open("jdbc:postgresql://localhost/orders", "orders", password);
 *         Engine engine = Engine.builder().store(store).build()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>The application brings the driver, {@code org.postgresql:postgresql}. A store that is given a URL has a small pool of connections of
 * its own, which are told to prefer indexes: a plan that was made when the tables were empty would be a bad one later. They are given up
 * when the server has not answered for 30 s, or for as long as {@code socketTimeout} in the URL says, in seconds; the server ends one
 * that is silent in a transaction for 10 s ({@code idle_in_transaction_session_timeout}), for it may have locked runs, and a statement
 * that waits for a lock for 20 s ({@code lock_timeout}). A store that is given a {@link DataSource} leaves the settings of its
 * connections alone, but that each statement is a transaction; they need {@code READ COMMITTED}, the default, should have these
 * timeouts, and prepared statements of the server ({@code prepareThreshold} above 0, the default) are what makes it fast.
 *
 * <p>The tables are made and brought up to date when the store is opened; several processes may do so at once. For those who run DDL
 * themselves there is {@link Builder#migrate(boolean) migrate(false)}, and the statements are resources of this module:
 * {@code io/flowright/jdbc/postgres/V1.sql} and so on.
 *
 * <p>A write of any number of runs is one statement, which is one round trip and one commit. Times are kept to the microsecond.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class PostgresStore implements RunStore {

    private static final int LATEST = 1;

    private final Database database;
    private final Runnable closing;
    private final PostgresEngines engines;
    private final PostgresClaims claims;
    private final PostgresWriter writer;
    private final PostgresAdministration administration;
    private final String find;
    private final String tasks;
    private final String activity;

    private PostgresStore(Database database, PostgresListener.Source listening, Runnable closing, Tables tables) {
        this.database = database;
        this.closing = closing;
        this.engines = new PostgresEngines(database, tables);
        this.claims = new PostgresClaims(database, tables);
        this.writer = new PostgresWriter(database, tables);
        this.administration = new PostgresAdministration(database, tables, listening);
        this.find = tables.in("SELECT " + PostgresClaims.RUN_COLUMNS + " FROM ${schema}${prefix}runs r WHERE r.id = ?");
        this.tasks = tables.in("SELECT * FROM ${schema}${prefix}tasks WHERE run = ? ORDER BY position");
        this.activity = tables.in("SELECT activity FROM ${schema}${prefix}activities WHERE run = ?");
    }

    /**
     * Opens a store with connections of its own; what the URL says about user and password counts.
     *
     * @throws StoreUnavailableException if the server cannot be reached
     * @throws StoreException if it can, but the store cannot be used
     */
    public static PostgresStore open(String jdbcUrl) {
        return builder(jdbcUrl).open();
    }

    /**
     * Opens a store with connections of its own.
     *
     * @throws StoreUnavailableException if the server cannot be reached
     * @throws StoreException if it can, but the store cannot be used
     */
    public static PostgresStore open(String jdbcUrl, String user, String password) {
        return builder(jdbcUrl, user, password).open();
    }

    /**
     * Opens a store with connections of yours. It does not close their source.
     *
     * @throws StoreUnavailableException if the server cannot be reached
     * @throws StoreException if it can, but the store cannot be used
     */
    public static PostgresStore open(DataSource source) {
        return builder(source).open();
    }

    /** As {@link #open(String)}, to be told more. */
    public static Builder builder(String jdbcUrl) {
        return new Builder(new Pool(jdbcUrl, null, null));
    }

    /** As {@link #open(String, String, String)}, to be told more. */
    public static Builder builder(String jdbcUrl, String user, String password) {
        return new Builder(new Pool(jdbcUrl, user, password));
    }

    /** As {@link #open(DataSource)}, to be told more. */
    public static Builder builder(DataSource source) {
        return new Builder(source);
    }

    @Override
    public void enter(String owner, String label, Duration lease) {
        engines.enter(owner, label, lease);
    }

    @Override
    public void announce(String owner, FlowVersion flow, byte[] outline) {
        engines.announce(owner, flow, outline);
    }

    @Override
    public boolean renew(String owner, Duration lease, List<RunActivity> activities) {
        return engines.renew(owner, lease, activities);
    }

    @Override
    public void leave(String owner) {
        engines.leave(owner);
    }

    @Override
    public Set<FlowVersion> announced() {
        return engines.announced();
    }

    @Override
    public List<RunWrite.Outcome> write(List<RunWrite> writes) {
        return writer.write(writes);
    }

    @Override
    public List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
        return claims.adopt(owner, flows, limit);
    }

    @Override
    public Optional<RunRecord> acquire(String run, String owner, Set<RunStatus> from, RunStatus to) {
        return claims.acquire(run, owner, from, to);
    }

    @Override
    public Optional<RunRecord> find(String run) {
        return ofRun("Looking for a run", find, run, Rows::run).stream().findFirst();
    }

    @Override
    public List<TaskRecord> tasks(String run) {
        return ofRun("Reading the records of a run", tasks, run, Records.OF_POSTGRES::task);
    }

    @Override
    public List<RunRecord> orphans(int limit) {
        return claims.orphans(limit);
    }

    @Override
    public Map<String, Long> owned(String owner) {
        return claims.owned(owner);
    }

    @Override
    public void disown(String owner, String run, long epoch) {
        claims.disown(owner, run, epoch);
    }

    @Override
    public Optional<byte[]> activity(String run) {
        return ofRun("Reading the activity of a run", activity, run, row -> row.getBytes(1)).stream()
                .findFirst();
    }

    private <T> List<T> ofRun(String purpose, String sql, String run, Rows.Reader<T> reader) {
        return database.autocommit(purpose, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, run);
                return Rows.of(statement, reader);
            }
        });
    }

    @Override
    public Optional<KeyClaim> claim(KeyName key, String run, long epoch) {
        return claims.claim(key, run, epoch);
    }

    @Override
    public RunAdministration administration() {
        return administration;
    }

    /** Closes the connections that are the store's own. */
    @Override
    public void close() {
        administration.close();
        database.close();
        closing.run();
    }

    /** Where a store with connections of its own gets them. */
    private record Pool(
            String jdbcUrl, @Nullable String user, @Nullable String password) {}

    /**
     * How a store is opened. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final @Nullable DataSource source;
        private final @Nullable Pool pool;
        private Tables tables = Tables.DEFAULT;
        private boolean migrate = true;
        private int connections = 8;

        private Builder(DataSource source) {
            this.source = source;
            this.pool = null;
        }

        private Builder(Pool pool) {
            this.source = null;
            this.pool = pool;
        }

        /** The schema of the tables, made if it is not there; by default the first one of the connection's search path. */
        public Builder schema(String schema) {
            tables = tables.withSchema(schema);
            return this;
        }

        /** What the names of the tables begin with; by default {@code flowright_}. */
        public Builder tablePrefix(String prefix) {
            tables = tables.withPrefix(prefix);
            return this;
        }

        /** Whether the tables are made and brought up to date if they are not; they are by default. */
        public Builder migrate(boolean isToMigrate) {
            migrate = isToMigrate;
            return this;
        }

        /** The connections of the store's own at most, 8 by default; one writes for all runs of an engine, the others read and claim. */
        public Builder maxConnections(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("a store needs at least one connection, not " + most);
            }
            connections = most;
            return this;
        }

        /**
         * Opens the store.
         *
         * @throws StoreUnavailableException if the server cannot be reached
         * @throws StoreException if it can, but the store cannot be used: the user may not connect or may not make tables, the tables are
         *     those of a newer release, or they are missing and are not to be made
         */
        public PostgresStore open() {
            if (pool == null) {
                DataSource given = Objects.requireNonNull(source);
                return open(given, given::getConnection, "the database", () -> {});
            }
            HikariDataSource own = PostgresPool.open(pool.jdbcUrl, pool.user, pool.password, connections);
            try {
                PostgresListener.Source listening = () -> PostgresPool.connect(pool.jdbcUrl, pool.user, pool.password);
                return open(own, listening, PostgresPool.withoutSecrets(pool.jdbcUrl), own::close);
            } catch (RuntimeException | Error failure) {
                own.close();
                throw failure;
            }
        }

        private PostgresStore open(
                DataSource connected, PostgresListener.Source listening, String name, Runnable closing) {
            Database database = new Database(connected, name, PostgresDatabase::passes);
            Migrations migrations = new Migrations(PostgresDatabase.INSTANCE, tables, LATEST);
            database.transaction("Migrating the tables", connection -> {
                if (migrate) {
                    migrations.run(connection);
                } else {
                    migrations.check(connection);
                }
                return null;
            });
            return new PostgresStore(database, listening, closing, tables);
        }
    }
}
