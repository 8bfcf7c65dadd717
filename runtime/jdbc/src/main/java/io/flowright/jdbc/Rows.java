package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.TaskRecord;
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
        String owner = row.getString("owner");
        return new RunRecord(
                row.getString("id"),
                new FlowVersion(row.getString("flow"), row.getString("fingerprint")),
                row.getString("version"),
                RunStatus.valueOf(row.getString("status")),
                owner.isEmpty() ? null : owner,
                row.getLong("epoch"),
                row.getBytes("inputs"),
                List.of((String[]) row.getArray("targets").getArray()),
                time(row, "deadline"),
                row.getBytes("error"),
                instant(row, "created_at"),
                time(row, "ended_at"));
    }

    static TaskRecord task(ResultSet row) throws SQLException {
        return new TaskRecord(
                row.getString("task"),
                row.getString("element"),
                row.getInt("generation"),
                row.getInt("attempt"),
                TaskRecord.Kind.valueOf(row.getString("kind")),
                TaskRecord.Status.valueOf(row.getString("status")),
                row.getBytes("result"),
                row.getBytes("error"),
                time(row, "started_at"),
                instant(row, "ended_at"),
                time(row, "due_at"),
                row.getString("input_hash"),
                row.getString("output_hash"),
                row.getBytes("progress"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        return Times.of(row.getObject(column, OffsetDateTime.class));
    }
}
