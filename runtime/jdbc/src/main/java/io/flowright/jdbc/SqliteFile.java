package io.flowright.jdbc;

import io.flowright.runtime.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database of SQLite: how to connect to it, and what its failures mean. Thread-safe. */
final class SqliteFile {

    private static final Logger LOGGER = LoggerFactory.getLogger(SqliteStore.class);

    /** Result codes of SQLite, see sqlite.org/rescode.html. */
    private static final int BUSY = 5;

    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int CANTOPEN = 14;
    private static final int CONSTRAINT = 19;
    private static final int MISUSE = 21;
    private static final int NOTADB = 26;

    /** Busy, locked, out of memory, interrupted, input or output failed, full, cannot open, the protocol of locks failed. */
    private static final Set<Integer> PASSING = Set.of(BUSY, LOCKED, 7, 9, 10, 13, CANTOPEN, 15);

    /**
     * How long SQLite itself waits for a lock. It asks ever more rarely, in the end ten times a second: who waits for a file that others
     * write without a pause would meet none of the short moments between their transactions. So it is asked again and again here.
     */
    private static final int TURN_MILLIS = 3;

    private static final long PAUSE_NANOS = 1_000_000;

    /** Something that fails as long as another connection holds the file. */
    @FunctionalInterface
    interface Attempt<T extends @Nullable Object> {
        T make() throws SQLException;
    }

    private final Path path;
    private final Duration patience;

    private SqliteFile(Path path, Duration patience) {
        this.path = path;
        this.patience = patience;
    }

    /**
     * The file at a path, by its real name: two ways to it are one file. Says in plain words why it cannot be opened, where that can be
     * seen without opening it.
     *
     * @param patience how long to wait for another process that writes
     * @param mayBeNew whether the file may be missing
     */
    static SqliteFile at(Path given, Duration patience, boolean mayBeNew) {
        Path path = given.toAbsolutePath().normalize();
        check(path, mayBeNew);
        try {
            Path real = Files.exists(path)
                    ? path.toRealPath()
                    : folder(path).toRealPath().resolve(path.getFileName());
            return new SqliteFile(real, patience);
        } catch (IOException failure) {
            throw new StoreException("the database " + path + " cannot be reached: " + failure, failure);
        }
    }

    Path path() {
        return path;
    }

    private static void check(Path path, boolean mayBeNew) {
        if (path.toString().indexOf('?') >= 0) {
            throw new StoreException("the driver takes no path with a question mark: " + path);
        }
        if (Files.isDirectory(path)) {
            throw new StoreException(path + " is a folder, not a file");
        }
        Path folder = folder(path);
        if (!Files.isDirectory(folder)) {
            throw new StoreException("there is no folder " + folder + " for the database " + path.getFileName());
        }
        boolean exists = Files.exists(path);
        if (!exists && !mayBeNew) {
            throw new StoreException("there is no database " + path + ", and migrate(false) makes none");
        }
        if (!Files.isWritable(exists ? path : folder)) {
            throw new StoreException("this process may not write " + (exists ? path : folder));
        }
        try {
            Class.forName("org.sqlite.JDBC");
        } catch (ClassNotFoundException missing) {
            throw new StoreException(
                    "there is no driver for SQLite: add org.xerial:sqlite-jdbc to the class path", missing);
        }
    }

    /** Of a file; the root of a file system is none. */
    private static Path folder(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    /** A new connection. What is committed on it is on the disk. */
    Connection connect() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("busy_timeout", Integer.toString(TURN_MILLIS));
        // Else the driver asks for the key of each row that is added, with a statement that it prepares anew.
        settings.setProperty("jdbc.get_generated_keys", "false");
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path, settings);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = FULL");
            // For a change of the mode SQLite does not wait at all; it happens once in the life of a file.
            patiently(() -> statement.execute("PRAGMA journal_mode = WAL"));
            return connection;
        } catch (SQLException failure) {
            close(connection);
            throw failure;
        }
    }

    /** Makes an attempt until no other connection is in its way, for as long as the file's patience lasts. */
    <T extends @Nullable Object> T patiently(Attempt<T> attempt) throws SQLException {
        long start = System.nanoTime();
        while (true) {
            try {
                return attempt.make();
            } catch (SQLException failure) {
                if (failure.getErrorCode() != BUSY || System.nanoTime() - start > patience.toNanos()) {
                    throw failure;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException failure) {
            LOGGER.warn("A connection to {} could not be closed", path, failure);
        }
    }

    /** Whether a statement can be executed again after a failure: after any other one the driver (sqlite-jdbc 3.54) has closed it. */
    static boolean leavesStatements(SQLException failure) {
        return Set.of(BUSY, LOCKED, CONSTRAINT, MISUSE).contains(failure.getErrorCode());
    }

    /** The failure as callers of a store expect it. */
    RuntimeException translated(String purpose, SQLException failure) {
        String message = purpose + " failed at " + path + ": " + failure.getMessage();
        return switch (failure.getErrorCode()) {
            case NOTADB -> new StoreException(path + " is no database of SQLite", failure);
            case READONLY -> new StoreException("this process may not write " + path, failure);
            default ->
                PASSING.contains(failure.getErrorCode())
                        ? new StoreUnavailableException(message, failure)
                        : new StoreException(message, failure);
        };
    }
}
