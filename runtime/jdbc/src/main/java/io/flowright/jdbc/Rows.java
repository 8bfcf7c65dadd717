package io.flowright.jdbc;

import io.flowright.runtime.spi.RunRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rows of PostgreSQL say. */
final class Rows {

    private Rows() {}

    /** Reads one row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static <T> List<T> of(Connection connection, String sql, Reader<T> reader, Parameters.Setter setter)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            setter.set(new Parameters(statement));
            return of(statement, reader);
        }
    }

    static <T> List<T> of(PreparedStatement statement, Reader<T> reader) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        }
    }

    static RunRecord run(ResultSet row) throws SQLException {
        return Records.OF_POSTGRES.run(
                row, List.of((String[]) row.getArray("targets").getArray()));
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        return Times.of(row.getObject(column, OffsetDateTime.class));
    }
}
