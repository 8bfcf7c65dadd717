package io.flowright.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server for tests: the one whose JDBC URL is in the system property {@code flowright.test.postgres} or the environment
 * variable {@code FLOWRIGHT_TEST_POSTGRES}, else one that is started for this JVM. Tests keep apart by schemas.
 */
public final class PostgresServer {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static String url = "";
    private static String whyNot = "";

    private PostgresServer() {}

    /** Its URL; the test is skipped if there is no server. */
    public static synchronized String url() {
        if (url.isEmpty() && whyNot.isEmpty()) {
            find();
        }
        Assumptions.assumeTrue(whyNot.isEmpty(), () -> "no PostgreSQL: " + whyNot);
        return url;
    }

    private static void find() {
        String given = System.getProperty("flowright.test.postgres", System.getenv("FLOWRIGHT_TEST_POSTGRES"));
        if (given != null && !given.isBlank()) {
            url = given;
            return;
        }
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "400")
                    // Processes die here, not the machine.
                    .setServerConfig("fsync", "off")
                    .start();
            url = server.getJdbcUrl("postgres", "postgres");
        } catch (IOException | RuntimeException failure) {
            whyNot = failure.toString();
        }
    }

    /** The name of a schema that is not there. */
    public static String newSchema() throws SQLException {
        String name = "flowright_crash_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
        execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
        return name;
    }

    /** Drops a schema with all that is in it. */
    public static void dropSchema(String schema) throws SQLException {
        execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }

    /** Executes a statement. */
    public static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
