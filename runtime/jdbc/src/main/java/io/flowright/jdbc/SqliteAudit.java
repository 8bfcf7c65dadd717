package io.flowright.jdbc;

import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.operations.AuditEntry;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit trail in SQLite. Each method works in the transaction of its session, if there is one. */
final class SqliteAudit {

    /** The number of the newest entry; whatever operators do to a run raises it. */
    static final String HEAD = "SELECT max(number) FROM ${prefix}audit";

    static final String OF_RUN = "SELECT * FROM ${prefix}audit WHERE run = ? AND number > ? ORDER BY number LIMIT ?";

    private SqliteAudit() {}

    /** Adds an entry. Who writes has the one write lock of the file, so that entries follow each other. */
    static AuditEntry append(SqliteSession session, AuditAct act, boolean accepted) throws SQLException {
        AuditAct kept = new AuditAct(
                act.at().truncatedTo(ChronoUnit.MICROS), act.operator(), act.action(), act.run(), act.details());
        AuditEntry entry = session.one(
                        "SELECT number, hash FROM ${prefix}audit ORDER BY number DESC LIMIT 1",
                        row -> AuditEntry.following(row.getLong(1), row.getString(2), kept, accepted))
                .orElseGet(() -> AuditEntry.following(0, AuditEntry.FIRST, kept, accepted));
        session.update(
                """
                INSERT INTO ${prefix}audit (number, at, operator, reason, action, run, details, accepted, previous, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                entry.number(),
                Micros.of(kept.at()),
                kept.operator().name(),
                kept.operator().reason(),
                kept.action(),
                kept.run(),
                kept.details(),
                accepted ? 1 : 0,
                entry.previous(),
                entry.hash());
        return entry;
    }

    static List<AuditEntry> trail(SqliteSession session, @Nullable String run, long after, int limit)
            throws SQLException {
        return run == null
                ? session.list(
                        "SELECT * FROM ${prefix}audit WHERE number > ? ORDER BY number LIMIT ?",
                        Records.OF_SQLITE::entry,
                        after,
                        limit)
                : session.list(OF_RUN, Records.OF_SQLITE::entry, run, after, limit);
    }
}
