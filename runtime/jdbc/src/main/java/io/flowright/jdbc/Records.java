package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.TaskRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What rows say. The columns have one name in both databases; how a database keeps a time differs. */
final class Records {

    static final Records OF_POSTGRES = new Records(Rows::time);
    static final Records OF_SQLITE = new Records(Micros::nullable);

    /** Reads a time, which may be null. */
    @FunctionalInterface
    private interface Clock {
        @Nullable
        Instant time(ResultSet row, String column) throws SQLException;
    }

    private final Clock clock;

    private Records(Clock clock) {
        this.clock = clock;
    }

    /** @param targets what the row says of the targets, of which a database has lists or has not */
    RunRecord run(ResultSet row, List<String> targets) throws SQLException {
        return new RunRecord(
                row.getString("id"),
                new FlowVersion(row.getString("flow"), row.getString("fingerprint")),
                row.getString("version"),
                RunStatus.valueOf(row.getString("status")),
                owner(row),
                row.getLong("epoch"),
                row.getBytes("inputs"),
                targets,
                clock.time(row, "deadline"),
                row.getBytes("error"),
                instant(row, "created_at"),
                clock.time(row, "ended_at"));
    }

    RunSummary summary(ResultSet row, Map<String, String> tags) throws SQLException {
        return new RunSummary(
                row.getString("id"),
                row.getString("flow"),
                row.getString("fingerprint"),
                row.getString("version"),
                RunStatus.valueOf(row.getString("status")),
                owner(row),
                row.getLong("epoch"),
                row.getInt("priority"),
                tags,
                instant(row, "created_at"),
                clock.time(row, "ended_at"));
    }

    TaskRecord task(ResultSet row) throws SQLException {
        return new TaskRecord(
                row.getString("task"),
                row.getString("element"),
                row.getInt("generation"),
                row.getInt("attempt"),
                TaskRecord.Kind.valueOf(row.getString("kind")),
                TaskRecord.Status.valueOf(row.getString("status")),
                row.getBytes("result"),
                row.getBytes("error"),
                clock.time(row, "started_at"),
                instant(row, "ended_at"),
                clock.time(row, "due_at"),
                row.getString("input_hash"),
                row.getString("output_hash"),
                row.getBytes("progress"));
    }

    AuditEntry entry(ResultSet row) throws SQLException {
        AuditAct act = new AuditAct(
                instant(row, "at"),
                new Operator(row.getString("operator"), row.getString("reason")),
                row.getString("action"),
                row.getString("run"),
                row.getString("details"));
        return new AuditEntry(
                row.getLong("number"),
                act,
                row.getBoolean("accepted"),
                row.getString("previous"),
                row.getString("hash"));
    }

    /** Nobody is null or an empty text, whichever the database indexes. */
    private static @Nullable String owner(ResultSet row) throws SQLException {
        String owner = row.getString("owner");
        return owner == null || owner.isEmpty() ? null : owner;
    }

    private Instant instant(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(clock.time(row, column), column);
    }
}
