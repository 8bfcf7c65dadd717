package io.flowright.benchmarks.durable.peers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL server: the one whose URL is in the environment variable {@code FLOWRIGHT_TEST_POSTGRES}, else one that is started,
 * whose commits are safe. Its user must be allowed to make databases; those that are made begin with {@code benchmark_}, and are gone
 * afterwards.
 */
public final class Server implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("(jdbc:postgresql:(?://[^/?]*/)?)([^?]*)(.*)");

    private final String url;
    private final @Nullable EmbeddedPostgres started;

    private Server(String url, @Nullable EmbeddedPostgres started) {
        this.url = url;
        this.started = started;
    }

    /** The server of the environment, or a new one. */
    public static Server find() throws IOException {
        String given = System.getenv("FLOWRIGHT_TEST_POSTGRES");
        if (given != null && !given.isBlank()) {
            return new Server(given, null);
        }
        // It comes with settings for tests, which keep nothing over a crash.
        EmbeddedPostgres started = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .start();
        return new Server(started.getJdbcUrl("postgres", "postgres"), started);
    }

    /** A server that somebody else started. */
    public static Server at(String url) {
        return new Server(url, null);
    }

    /** The URL of the database that it was found by. */
    public String url() {
        return url;
    }

    /** The URL of another database of it. */
    String url(String database) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("this is no URL of a PostgreSQL server: " + url);
        }
        return parts.group(1) + database + parts.group(3);
    }

    /** The user, or the password, that the URL names; for those who want them apart. */
    String property(String name) throws SQLException {
        for (DriverPropertyInfo known : DriverManager.getDriver(url).getPropertyInfo(url, new Properties())) {
            if (known.name.equals(name) && known.value != null) {
                return known.value;
            }
        }
        return "";
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database));
    }

    boolean exists(String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    void create(String database) throws SQLException {
        if (!exists(database)) {
            execute("CREATE DATABASE " + database);
        }
    }

    void drop(String database) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        if (started != null) {
            started.close();
        }
    }
}
