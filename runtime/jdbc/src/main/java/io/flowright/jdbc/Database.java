package io.flowright.jdbc;

import io.flowright.runtime.StoreUnavailableException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections to a database, and what its failures mean. Thread-safe. */
final class Database {

    /** Something done with a connection. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    private final DataSource source;
    private final String name;
    private final Predicate<String> passes;
    private volatile boolean closed;

    /**
     * @param name what people know it by, without secrets
     * @param passes whether a failure with this SQLState may be gone the next time
     */
    Database(DataSource source, String name, Predicate<String> passes) {
        this.source = source;
        this.name = name;
        this.passes = passes;
    }

    /**
     * Does something where each statement is a transaction.
     *
     * @param purpose what for, to go on with "failed"
     */
    <T extends @Nullable Object> T autocommit(String purpose, Work<T> work) {
        return connected(purpose, true, work);
    }

    /** Executes one statement, which is a transaction. */
    <T> List<T> query(String purpose, String sql, Rows.Reader<T> reader, Parameters.Setter setter) {
        return autocommit(purpose, connection -> Rows.of(connection, sql, reader, setter));
    }

    /** Does something in one transaction. */
    <T extends @Nullable Object> T transaction(String purpose, Work<T> work) {
        return connected(purpose, false, connection -> {
            T result;
            try {
                result = work.on(connection);
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(connection, failure);
                throw failure;
            }
            connection.commit();
            return result;
        });
    }

    private <T extends @Nullable Object> T connected(String purpose, boolean autocommit, Work<T> work) {
        if (closed) {
            throw new StoreException(purpose + " failed: the store is closed");
        }
        // It is not meant for the database, and a pool would not wait for a connection.
        boolean interrupted = Thread.interrupted();
        try (Connection connection = source.getConnection()) {
            // A pool that is not ours may hand out connections in either state, and expects them back as they were.
            boolean before = connection.getAutoCommit();
            if (before == autocommit) {
                return work.on(connection);
            }
            connection.setAutoCommit(autocommit);
            T result;
            try {
                result = work.on(connection);
            } catch (SQLException | RuntimeException | Error failure) {
                restoreAutoCommit(connection, before, failure);
                throw failure;
            }
            connection.setAutoCommit(before);
            return result;
        } catch (SQLException failure) {
            throw translated(purpose, name, failure, passes);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void restoreAutoCommit(Connection connection, boolean before, Throwable failure) {
        try {
            connection.setAutoCommit(before);
        } catch (SQLException worse) {
            failure.addSuppressed(worse);
        }
    }

    private static void rollBack(Connection connection, Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException worse) {
            failure.addSuppressed(worse);
        }
    }

    /** The failure as callers of a store expect it. */
    static RuntimeException translated(String purpose, String name, SQLException failure, Predicate<String> passes) {
        String message = purpose + " failed at " + name + ": " + failure.getMessage();
        return mayPass(failure, passes)
                ? new StoreUnavailableException(message, failure)
                : new StoreException(message, failure);
    }

    private static boolean mayPass(SQLException failure, Predicate<String> passes) {
        if (failure instanceof SQLTransientException || failure instanceof SQLRecoverableException) {
            return true;
        }
        String state = failure.getSQLState();
        return (state != null && passes.test(state))
                || failure.getCause() instanceof IOException
                // The thread was interrupted while it waited for a connection of the pool.
                || failure.getCause() instanceof InterruptedException;
    }

    /** From now on nothing is done. */
    void close() {
        closed = true;
    }
}
