package io.flowright.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;

/** What is particular to PostgreSQL. */
final class PostgresDatabase implements Migrations.Database {

    /**
     * Serialisation failure, deadlock, lock not available, cancelled (a statement_timeout), a server that is only read from (a standby
     * that is about to be promoted), an I/O error of the server. See
     * <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL Error Codes</a>.
     */
    private static final Set<String> PASSING = Set.of("40001", "40P01", "55P03", "57014", "25006", "25P03", "58030");

    private PostgresDatabase() {}

    static final PostgresDatabase INSTANCE = new PostgresDatabase();

    /** Whether a failure may be gone the next time: also connections (08), a lack of resources (53) and a server that stops (57P). */
    static boolean passes(String state) {
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P") || PASSING.contains(state);
    }

    @Override
    public String folder() {
        return "postgres";
    }

    /** An advisory lock: there may be no table yet to be locked. */
    @Override
    public void lock(Connection connection, Tables tables) throws SQLException {
        String name = "flowright migrations " + tables.in("${schema}${prefix}");
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    @Override
    public boolean hasTable(Connection connection, String schema, String table) throws SQLException {
        // Not to_regclass: it answers from a cache, which an advisory lock does not bring up to date. Names are folded
        // as in SQL.
        String sql =
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.relname = ? AND CASE WHEN ? = '' THEN n.nspname = ANY (current_schemas(false)) ELSE n.nspname = ? END)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, table.toLowerCase(Locale.ROOT));
            statement.setString(2, schema);
            statement.setString(3, schema.toLowerCase(Locale.ROOT));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** Creates the schema; only if it is not there, because even IF NOT EXISTS takes a privilege that the user may lack. */
    @Override
    public void prepare(Connection connection, Tables tables) throws SQLException {
        if (tables.schema().isEmpty() || hasSchema(connection, tables.schema())) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + tables.schema());
        }
    }

    private static boolean hasSchema(Connection connection, String schema) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = ?)")) {
            statement.setString(1, schema.toLowerCase(Locale.ROOT));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }
}
