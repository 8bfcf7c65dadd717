package io.flowright.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL server for tests: the one whose JDBC URL is in the system property {@code flowright.test.postgres} or the environment
 * variable {@code FLOWRIGHT_TEST_POSTGRES}, else one that is started for this JVM. Tests keep apart by schemas.
 */
final class PostgresServer {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static String url = "";
    private static String whyNot = "";

    private PostgresServer() {}

    /** Its URL; the test is skipped if there is no server. */
    static synchronized String url() {
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
                    .setServerConfig("max_connections", "200")
                    // Nothing has to survive the machine.
                    .setServerConfig("fsync", "off")
                    .start();
            url = server.getJdbcUrl("postgres", "postgres");
        } catch (IOException | RuntimeException failure) {
            whyNot = failure.toString();
        }
    }

    /** The name of a schema that is not there. */
    static String newSchema() throws SQLException {
        String name = "flowright_test_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
        execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
        return name;
    }

    static void dropSchema(String schema) throws SQLException {
        if (!schema.isEmpty()) {
            execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
        }
    }

    /** Makes the tables empty that a store without a prefix of its own has in the schema. */
    static void empty(String schema) throws SQLException {
        Tables tables = Tables.DEFAULT.withSchema(schema);
        // Faster than TRUNCATE, which makes files anew; and without the trigger that keeps the audit trail.
        execute(Stream.concat(
                        Stream.of("SET session_replication_role = replica"),
                        Stream.of(
                                        "runs",
                                        "tags",
                                        "tasks",
                                        "idempotency",
                                        "engines",
                                        "announcements",
                                        "outlines",
                                        "activities",
                                        "commands",
                                        "audit")
                                .map(table -> tables.in("DELETE FROM ${schema}${prefix}" + table)))
                .toArray(String[]::new));
    }

    static Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    static void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
