package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records runs in a file of SQLite: nothing to install, nothing to run. Any number of processes of one machine may have the same file
 * open; it must not be on a network drive. The driver, {@code org.xerial:sqlite-jdbc}, is the application's to add.
 *
 * <pre>{@code
 * RunStore store = SqliteStore.open(Path.of("runs.db"));
 * Engine engine = Engine.builder().store(store).build();
 * }</pre>
 *
 * <p>Beside the file there are SQLite's own {@code runs.db-wal} and {@code runs.db-shm}, and the folder {@code runs.db-engines} with a
 * small file for each engine, which is locked as long as the engine's process lives. So an engine whose process has died is taken for
 * dead at once, and one that is stopped or hangs, or that its own process has forgotten, when its lease is over. Leases follow the clock
 * of the machine.
 *
 * <p>What has been written is on the disk (write-ahead log, {@code synchronous = FULL}). Thread-safe.
 *
 * @since 0.1
 */
public final class SqliteStore implements RunStore {

    private static final int LATEST = 1;

    private final EngineLocks locks;

    /** All that changes the file. Two connections that write would only wait for each other. */
    private final SqliteSession writer;

    /** All that only looks, so that it need not wait for the disk. */
    private final SqliteSession reader;

    private final SqliteAdministration administration;

    private SqliteStore(SqliteFile file, Tables tables, boolean migrate) {
        this.locks = new EngineLocks(file.path());
        this.writer = new SqliteSession(file, tables);
        this.reader = new SqliteSession(file, tables);
        this.administration = new SqliteAdministration(file, tables, writer, this::noteTheDead);
        try {
            Migrations migrations = new Migrations(new Sqlite(), tables, LATEST);
            // In one transaction, for there may be others who open a new file at the same time.
            writer.transaction("migrating", session -> {
                if (migrate) {
                    migrations.run(session.connection());
                } else {
                    migrations.check(session.connection());
                }
                return true;
            });
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /**
     * Opens a store in a file, with tables that begin with {@code flowright_}; makes the file and the tables if they are missing.
     *
     * @throws StoreException if that is not possible: there is no such folder, it may not be written, the file is something else, its
     *     tables are those of a newer release
     * @throws io.flowright.runtime.StoreUnavailableException if another process does not let it
     */
    public static SqliteStore open(Path file) {
        return builder(file).open();
    }

    /** Opens a store in a file with settings. */
    public static Builder builder(Path file) {
        return new Builder(file);
    }

    // ---- engines -------------------------------------------------------------------------------------------------

    @Override
    public void enter(String owner, String label, Duration lease) {
        // First the lock: who sees the engine must not take it for dead.
        locks.hold(owner);
        try {
            writer.transaction("entering", session -> {
                SqliteEngines.enter(session, owner, label, now(), lease);
                return true;
            });
        } catch (RuntimeException | Error failure) {
            // Who tries again may do so under another name.
            locks.release(owner);
            throw failure;
        }
    }

    @Override
    public void announce(String owner, FlowVersion flow, byte[] outline) {
        writer.transaction("announcing a flow", session -> {
            SqliteEngines.announce(session, owner, flow, outline);
            return true;
        });
    }

    @Override
    public boolean renew(String owner, Duration lease, List<RunActivity> activities) {
        locks.hold(owner);
        return writer.transaction("renewing a lease", session -> {
            for (RunActivity activity : activities) {
                SqliteEngines.note(session, activity);
            }
            return SqliteEngines.renew(session, owner, now(), lease);
        });
    }

    @Override
    public void leave(String owner) {
        try {
            writer.transaction("leaving", session -> {
                SqliteEngines.leave(session, owner);
                return true;
            });
        } finally {
            locks.release(owner);
        }
    }

    @Override
    public Set<FlowVersion> announced() {
        noteTheDead();
        return reader.read("reading what is announced", session -> SqliteEngines.announced(session, now()));
    }

    /**
     * Ends the leases of engines whose processes have died.
     *
     * @return whether there were any
     */
    private boolean noteTheDead() {
        List<String> dead =
                reader.read("looking for engines", session -> SqliteEngines.elsewhere(session, now())).stream()
                        .filter(locks::hasEnded)
                        .toList();
        if (dead.isEmpty()) {
            return false;
        }
        writer.transaction("noting dead engines", session -> {
            for (String owner : dead) {
                SqliteEngines.end(session, owner);
            }
            return true;
        });
        // Not before it is on record: without the file only the lease tells that the engine is dead.
        dead.forEach(locks::forget);
        return true;
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    // ---- runs ----------------------------------------------------------------------------------------------------

    @Override
    public List<RunWrite.Outcome> write(List<RunWrite> writes) {
        return writes.isEmpty()
                ? List.of()
                : writer.transaction("writing", session -> SqliteRuns.write(session, writes));
    }

    @Override
    public List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
        noteTheDead();
        return writer.transaction("adopting runs", session -> SqliteRuns.adopt(session, now(), owner, flows, limit));
    }

    @Override
    public Optional<RunRecord> acquire(String run, String owner, Set<RunStatus> from, RunStatus to) {
        return writer.transaction("acquiring a run", session -> SqliteRuns.acquire(session, run, owner, from, to));
    }

    @Override
    public Optional<RunRecord> find(String run) {
        return reader.read("finding a run", session -> SqliteRuns.find(session, run));
    }

    @Override
    public List<TaskRecord> tasks(String run) {
        return reader.read("reading the tasks of a run", session -> SqliteRuns.tasks(session, run));
    }

    @Override
    public List<RunRecord> orphans(int limit) {
        noteTheDead();
        return reader.read("looking for orphans", session -> SqliteRuns.orphans(session, now(), limit));
    }

    @Override
    public Map<String, Long> owned(String owner) {
        return reader.read("looking for the runs of an engine", session -> SqliteRuns.owned(session, owner));
    }

    @Override
    public void disown(String owner, String run, long epoch) {
        writer.transaction("giving back a run", session -> SqliteRuns.disown(session, owner, run, epoch));
    }

    @Override
    public Optional<byte[]> activity(String run) {
        return reader.read("reading an activity", session -> SqliteRuns.activity(session, run));
    }

    // ---- idempotency keys ----------------------------------------------------------------------------------------

    @Override
    public Optional<KeyClaim> claim(KeyName key, String run, long epoch) {
        Optional<KeyClaim> claim = claimOnce(key, run, epoch);
        boolean busy = claim.isPresent() && claim.get() instanceof KeyClaim.Busy;
        return busy && noteTheDead() ? claimOnce(key, run, epoch) : claim;
    }

    private Optional<KeyClaim> claimOnce(KeyName key, String run, long epoch) {
        return writer.transaction("claiming a key", session -> {
            return SqliteRuns.isInEpoch(session, run, epoch)
                    ? Optional.of(SqliteKeys.claim(session, key, run, now()))
                    : Optional.empty();
        });
    }

    // ---- for people ----------------------------------------------------------------------------------------------

    @Override
    public RunAdministration administration() {
        return administration;
    }

    @Override
    public void close() {
        administration.close();
        reader.close();
        writer.close();
        locks.close();
    }

    /** What SQLite needs for migrations. */
    private static final class Sqlite implements Migrations.Database {

        @Override
        public String folder() {
            return "sqlite";
        }

        /** The transaction has the file's only lock already. */
        @Override
        public void lock(Connection connection, Tables tables) {}

        @Override
        public boolean hasTable(Connection connection, String schema, String table) throws SQLException {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE")) {
                query.setString(1, table);
                try (ResultSet rows = query.executeQuery()) {
                    return rows.next();
                }
            }
        }

        @Override
        public void prepare(Connection connection, Tables tables) {}
    }

    /** How a store is opened. Not thread-safe. */
    public static final class Builder {

        private final Path file;
        private Tables tables = Tables.DEFAULT;
        private boolean migrate = true;
        private Duration busyTimeout = Duration.ofSeconds(5);

        private Builder(Path file) {
            this.file = file;
        }

        /**
         * What the names of the tables begin with, so that several applications, each with its own engines, may share the file.
         * Default: {@code flowright_}.
         *
         * @throws IllegalArgumentException if a name cannot begin like that
         */
        public Builder tablePrefix(String prefix) {
            tables = tables.withPrefix(prefix);
            return this;
        }

        /**
         * Whether the store makes its tables and brings them up to date. With false somebody else does: the SQL is in the jar, at
         * {@code io/flowright/jdbc/sqlite/}. Default: true.
         */
        public Builder migrate(boolean isMigrating) {
            migrate = isMigrating;
            return this;
        }

        /** For how long a call waits for another process that writes. Default: 5 s. */
        public Builder busyTimeout(Duration timeout) {
            busyTimeout = timeout;
            return this;
        }

        /** Opens the store; as {@link SqliteStore#open} says. */
        public SqliteStore open() {
            return new SqliteStore(SqliteFile.at(file, busyTimeout, migrate), tables, migrate);
        }
    }
}
