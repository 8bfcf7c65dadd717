package io.flowright.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * One connection to the test server, never closed by who borrows it, where it is counted what goes to the server: each execution of a
 * statement is a round trip, and a commit too while the connection commits by itself.
 */
final class TappedSource implements DataSource, AutoCloseable {

    private final Connection connection;
    private final AtomicBoolean cutNext = new AtomicBoolean();
    private final List<String> statements = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private int commits;

    TappedSource() throws SQLException {
        connection = PostgresServer.connect();
    }

    /** The statements executed since it was asked last. */
    synchronized List<String> statements() {
        List<String> executed = List.copyOf(statements);
        statements.clear();
        return executed;
    }

    /** The commits since it was asked last. */
    synchronized int commits() {
        int counted = commits;
        commits = 0;
        return counted;
    }

    /** What the server had to say about statements since it was asked last. */
    synchronized List<String> plans() {
        List<String> said = List.copyOf(notices);
        notices.clear();
        return said;
    }

    private synchronized void note(SQLWarning warning) {
        for (SQLWarning next = warning; next != null; next = next.getNextWarning()) {
            notices.add(next.getMessage());
        }
    }

    /** The next statement is executed, and its answer gets lost. */
    void cutNext() {
        cutNext.set(true);
    }

    Connection connection() {
        return connection;
    }

    /** But for who listens on a connection for as long as it lasts: that one is its own, and nothing is counted there. */
    @Override
    public Connection getConnection() throws SQLException {
        if (Thread.currentThread().getName().equals("flowright-watch")) {
            return PostgresServer.connect();
        }
        return tapped(Connection.class, connection, (method, arguments) -> switch (method) {
            case "close" -> null;
            case "commit" -> {
                count(null);
                connection.commit();
                yield null;
            }
            case "prepareStatement" -> statement((String) arguments[0]);
            default -> NOT_MINE;
        });
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        return tapped(PreparedStatement.class, statement, (method, arguments) -> {
            if (method.startsWith("execute")) {
                count(sql);
                if (cutNext.compareAndSet(true, false)) {
                    statement.execute();
                    throw new SQLException("the connection was cut", "08006");
                }
            }
            if (method.equals("close")) {
                note(statement.getWarnings());
            }
            return NOT_MINE;
        });
    }

    private synchronized void count(String sql) throws SQLException {
        if (sql != null) {
            statements.add(sql);
        }
        commits += sql == null || connection.getAutoCommit() ? 1 : 0;
    }

    private static final Object NOT_MINE = new Object();

    @FunctionalInterface
    private interface Tap {
        Object call(String method, Object[] arguments) throws SQLException;
    }

    private static <T> T tapped(Class<T> type, T target, Tap tap) {
        InvocationHandler handler = (Object proxy, Method method, Object[] arguments) -> {
            Object answer = tap.call(method.getName(), arguments);
            if (answer != NOT_MINE) {
                return answer;
            }
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(TappedSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
