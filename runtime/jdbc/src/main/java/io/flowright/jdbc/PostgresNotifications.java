package io.flowright.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a connection hears after LISTEN, which JDBC has no word for. The driver is asked by its names: it is optional, and may be on the
 * class path of an application in which this is a module.
 */
final class PostgresNotifications {

    private final Object driver;
    private final Method get;

    private PostgresNotifications(Object driver, Method get) {
        this.driver = driver;
        this.get = get;
    }

    /** Null: the connection is none of the driver's. */
    static @Nullable PostgresNotifications of(Connection connection) {
        try {
            Class<?> type = Class.forName("org.postgresql.PGConnection");
            return new PostgresNotifications(connection.unwrap(type), type.getMethod("getNotifications", int.class));
        } catch (ReflectiveOperationException | SQLException other) {
            return null;
        }
    }

    /** Waits for so long at most; returns whether there were any. */
    boolean await(int millis) throws SQLException {
        try {
            return get.invoke(driver, millis) instanceof Object[] heard && heard.length > 0;
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure);
        } catch (IllegalAccessException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
