package io.flowright.benchmarks.durable.peers;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts what goes through connections: each execution of a statement and each commit or rollback is a round trip, and each transaction
 * that ends well is a commit if something else than a query was executed in it and did not say that it changed no row: only such a one
 * waits for the disk. Thread-safe.
 */
public final class Counter {

    private static final Pattern QUERY = Pattern.compile("\\s*(SELECT|SHOW|LISTEN|SET)\\b", Pattern.CASE_INSENSITIVE);

    private final AtomicLong roundTrips = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();

    public long roundTrips() {
        return roundTrips.get();
    }

    public long commits() {
        return commits.get();
    }

    DataSource counting(DataSource source) {
        return proxy(
                DataSource.class,
                source,
                (method, arguments, answer) -> answer instanceof Connection connection ? counting(connection) : answer);
    }

    private Connection counting(Connection connection) {
        Transaction transaction = new Transaction();
        return proxy(Connection.class, connection, (method, arguments, answer) -> {
            switch (method) {
                case "commit", "rollback" -> transaction.end(method.equals("commit"));
                // It commits what is open.
                case "setAutoCommit" -> transaction.end(true);
                default -> {}
            }
            return answer instanceof Statement statement
                    ? counting(statement, sql(arguments), connection, transaction)
                    : answer;
        });
    }

    private Statement counting(Statement statement, String prepared, Connection connection, Transaction transaction) {
        Class<? extends Statement> type =
                statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return proxy(type, statement, (method, arguments, answer) -> {
            if (method.startsWith("execute")) {
                String sql = prepared.isEmpty() ? sql(arguments) : prepared;
                boolean changedNothing = answer instanceof Integer rows && rows == 0;
                boolean isWrite = !changedNothing && !QUERY.matcher(sql).lookingAt();
                transaction.execute(isWrite, connection.getAutoCommit());
            }
            return answer;
        });
    }

    private static String sql(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : "";
    }

    /** What is open on a connection, which one thread uses at a time. */
    private final class Transaction {

        private boolean open;
        private boolean writes;

        void execute(boolean isWrite, boolean autoCommit) {
            roundTrips.incrementAndGet();
            open = true;
            writes |= isWrite;
            if (autoCommit) {
                commit();
            }
        }

        void end(boolean well) {
            if (open) {
                roundTrips.incrementAndGet();
                writes &= well;
                commit();
            }
        }

        private void commit() {
            commits.addAndGet(writes ? 1 : 0);
            open = false;
            writes = false;
        }
    }

    /** What is done once the target has answered. */
    @FunctionalInterface
    private interface Tap {
        Object after(String method, Object @Nullable [] arguments, Object answer) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Object target, Tap tap) {
        InvocationHandler handler = (Object proxy, Method method, Object[] arguments) -> {
            try {
                return tap.after(method.getName(), arguments, method.invoke(target, arguments));
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(Counter.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
