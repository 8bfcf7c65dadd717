package io.flowright.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Brings the tables of a database to the version that this release works with; forward only. The steps are SQL resources beside this
 * class, {@code <database>/V1.sql} and so on. The last statement of each notes its version in the table {@code migrations}, so that
 * people who run them by hand have nothing else to do.
 */
final class Migrations {

    /** What differs between databases. */
    interface Database {

        /** The folder of the steps. */
        String folder();

        /** Holds off the migrations of other processes until the transaction of this connection ends. */
        void lock(Connection connection, Tables tables) throws SQLException;

        /** Whether there is such a table. */
        boolean hasTable(Connection connection, String schema, String table) throws SQLException;

        /** Whatever the first step needs: a schema. */
        void prepare(Connection connection, Tables tables) throws SQLException;
    }

    private final Database database;
    private final Tables tables;
    private final int latest;

    /**
     * @param latest the number of the last step
     */
    Migrations(Database database, Tables tables, int latest) {
        this.database = database;
        this.tables = tables;
        this.latest = latest;
    }

    /** Runs the steps that are missing, all or none, in the transaction that the caller has begun and will commit. */
    void run(Connection connection) throws SQLException {
        if (version(connection) == latest) {
            return;
        }
        database.lock(connection, tables);
        int version = version(connection);
        refuseNewer(version);
        if (version == 0) {
            database.prepare(connection, tables);
        }
        for (int step = version + 1; step <= latest; step++) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements(step)) {
                    statement.execute(sql);
                }
            }
        }
    }

    /** Fails unless no step is missing. */
    void check(Connection connection) throws SQLException {
        int version = version(connection);
        refuseNewer(version);
        if (version < latest) {
            throw new StoreException(
                    "the tables " + tables.in("${schema}${prefix}*") + " are at version " + version
                            + " and have to be at " + latest + ": run " + missing(version + 1)
                            + " of flowright-jdbc, with ${schema} and ${prefix} replaced, or open the store without migrate(false)");
        }
    }

    private void refuseNewer(int version) {
        if (version > latest) {
            throw new StoreException("the tables " + tables.in("${schema}${prefix}*") + " are at version " + version
                    + ", made by a newer release; this one knows versions up to " + latest);
        }
    }

    private int version(Connection connection) throws SQLException {
        if (!database.hasTable(connection, tables.schema(), tables.prefix() + "migrations")) {
            return 0;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(tables.in("SELECT max(version) FROM ${schema}${prefix}migrations"))) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private String missing(int first) {
        return Stream.iterate(first, step -> step <= latest, step -> step + 1)
                .map(step -> "io/flowright/jdbc/" + resource(step))
                .collect(Collectors.joining(", "));
    }

    private String resource(int step) {
        return database.folder() + "/V" + step + ".sql";
    }

    /** A statement ends with a semicolon at the end of a line. */
    private List<String> statements(int step) {
        String text = read(resource(step))
                .lines()
                .filter(line -> !line.strip().startsWith("--"))
                .collect(Collectors.joining("\n"));
        return Stream.of(text.split(";\\s*(\\n|$)"))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .map(tables::in)
                .toList();
    }

    private static String read(String resource) {
        try (InputStream stream = Migrations.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("flowright-jdbc lacks its resource " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
