package io.flowright.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an SQLite file, used by one thread at a time. Statements are prepared once.
 *
 * <p>The driver's own transactions would do harm: its {@code commit} begins the next one at once, and with that takes the lock that
 * other processes wait for. So transactions are begun and ended by statements, and the driver is left to believe in one that lasts.
 */
final class SqliteSession implements AutoCloseable {

    /** Something done with the connection. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T in(SqliteSession session) throws SQLException;
    }

    /** What is made of a row. */
    @FunctionalInterface
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** After writing for this long without a pause there is one, in which whoever else waits for the file asks at least once. */
    private static final long BUSY_NANOS = 100_000_000;

    private static final long ROOM_NANOS = 4_000_000;

    private final SqliteFile file;
    private final Tables tables;

    /** Fair: a sign of life must not wait until nobody else has anything to write. */
    private final ReentrantLock lock = new ReentrantLock(true);

    // Guarded by the lock.
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private @Nullable Connection connection;
    private boolean closed;
    private long busySince = System.nanoTime();

    SqliteSession(SqliteFile file, Tables tables) {
        this.file = file;
        this.tables = tables;
    }

    /**
     * Does something in one transaction, which no other writer of the file interrupts.
     *
     * @param purpose what for, to go on with "failed"
     */
    <T extends @Nullable Object> T transaction(String purpose, Work<T> work) {
        return exclusively(purpose, session -> {
            file.patiently(() -> update("BEGIN IMMEDIATE"));
            try {
                T result = work.in(session);
                update("COMMIT");
                makeRoom();
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(failure);
                throw failure;
            }
        });
    }

    /** Does something in which each statement sees the file as it then is. */
    <T extends @Nullable Object> T read(String purpose, Work<T> work) {
        return exclusively(purpose, session -> file.patiently(() -> work.in(session)));
    }

    /** Does something that sees one state of the file, and writes nothing. */
    <T extends @Nullable Object> T snapshot(String purpose, Work<T> work) {
        return read(purpose, session -> {
            update("BEGIN");
            try {
                return work.in(session);
            } finally {
                update("ROLLBACK");
            }
        });
    }

    private <T extends @Nullable Object> T exclusively(String purpose, Work<T> work) {
        lock.lock();
        try {
            if (closed) {
                throw new StoreException(purpose + " failed: the store is closed");
            }
            return work.in(this);
        } catch (SQLException failure) {
            if (!SqliteFile.leavesStatements(failure)) {
                // A new connection has new ones. No transaction is open any more.
                disconnect();
            }
            throw file.translated(purpose, failure);
        } finally {
            lock.unlock();
        }
    }

    /** SQLite has no queue for its lock: who writes without a pause would keep every other process from writing. */
    private void makeRoom() {
        long now = System.nanoTime();
        if (!lock.hasQueuedThreads()) {
            busySince = now;
        } else if (now - busySince > BUSY_NANOS) {
            LockSupport.parkNanos(ROOM_NANOS);
            busySince = System.nanoTime();
        }
    }

    private void rollBack(Throwable failure) {
        try {
            update("ROLLBACK");
        } catch (SQLException worse) {
            // SQLite has ended the transaction itself, as it does when the disk is full; or it is in a state that only
            // a new
            // connection gets out of. Both are over with this one.
            failure.addSuppressed(worse);
            disconnect();
        }
    }

    // ---- for work ------------------------------------------------------------------------------------------------

    /** Executes a statement; answers how many rows it changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        return prepared(sql, values).executeUpdate();
    }

    /** All rows of a query. */
    <T> List<T> list(String sql, Row<T> mapping, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = prepared(sql, values).executeQuery()) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(mapping.of(rows));
            }
            return list;
        }
    }

    /** The row of a query that has one at most. */
    <T> Optional<T> one(String sql, Row<T> mapping, @Nullable Object... values) throws SQLException {
        return list(sql, mapping, values).stream().findFirst();
    }

    /** The connection itself. */
    Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = file.connect();
            open.setAutoCommit(false);
            connection = open;
            update("COMMIT");
        }
        return open;
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        // First, because it forgets the statements of a connection that is gone.
        Connection open = connection();
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = open.prepareStatement(tables.in(sql));
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof Number number) {
            statement.setLong(index, number.longValue());
        } else {
            statement.setString(index, (String) value);
        }
    }

    // ---- the end -------------------------------------------------------------------------------------------------

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            disconnect();
        } finally {
            lock.unlock();
        }
    }

    private void disconnect() {
        statements.clear();
        Connection open = connection;
        connection = null;
        if (open != null) {
            file.close(open);
        }
    }
}
