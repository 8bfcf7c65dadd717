package io.flowright.jdbc;

import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.operations.AuditEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit trail in PostgreSQL. */
final class PostgresAudit {

    /** Until the transaction ends: entries follow each other, also where the table is empty. */
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('flowright audit ' || '${schema}${prefix}audit'::regclass::oid, 0))";

    private static final String LAST =
            "SELECT a.number, a.hash FROM ${schema}${prefix}audit a ORDER BY a.number DESC LIMIT 1";

    private static final String ADD = """
            INSERT INTO ${schema}${prefix}audit (number, at, operator, reason, action, run, details, accepted, previous, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number""";

    private static final String ALL =
            "SELECT a.* FROM ${schema}${prefix}audit a WHERE a.number > ? ORDER BY a.number LIMIT ?";

    private static final String OF_RUN =
            "SELECT a.* FROM ${schema}${prefix}audit a WHERE a.run = ? AND a.number > ? ORDER BY a.number LIMIT ?";

    private final Database database;
    private final String lock;
    private final String last;
    private final String add;
    private final String all;
    private final String ofRun;

    PostgresAudit(Database database, Tables tables) {
        this.database = database;
        this.lock = tables.in(LOCK);
        this.last = tables.in(LAST);
        this.add = tables.in(ADD);
        this.all = tables.in(ALL);
        this.ofRun = tables.in(OF_RUN);
    }

    /**
     * Adds an entry in the transaction of the connection. It comes last there: it locks the end of the trail, and who has that waits for
     * nothing else.
     */
    AuditEntry append(Connection connection, AuditAct act, boolean accepted) throws SQLException {
        Rows.of(connection, lock, row -> true, parameters -> null);
        // A statement of its own, which sees what the one before waited for.
        List<Link> links = Rows.of(
                connection, last, row -> new Link(row.getLong("number"), row.getString("hash")), parameters -> null);
        Link before = links.isEmpty() ? new Link(0, AuditEntry.FIRST) : links.get(0);
        AuditAct kept = kept(act);
        AuditEntry entry = AuditEntry.following(before.number, before.hash, kept, accepted);
        Rows.of(
                connection,
                add,
                row -> true,
                parameters -> parameters
                        .number(entry.number())
                        .time(kept.at())
                        .text(kept.operator().name())
                        .text(kept.operator().reason())
                        .text(kept.action())
                        .text(kept.run())
                        .text(kept.details())
                        .flag(accepted)
                        .text(entry.previous())
                        .text(entry.hash()));
        return entry;
    }

    /** As the trail has it. */
    static AuditAct kept(AuditAct act) {
        return new AuditAct(Times.kept(act.at()), act.operator(), act.action(), act.run(), act.details());
    }

    private record Link(long number, String hash) {}

    List<AuditEntry> trail(@Nullable String run, long after, int limit) {
        return run == null
                ? database.query(
                        "Reading the audit trail",
                        all,
                        Records.OF_POSTGRES::entry,
                        parameters -> parameters.number(after).number(limit))
                : database.query(
                        "Reading the audit trail of a run",
                        ofRun,
                        Records.OF_POSTGRES::entry,
                        parameters -> parameters.text(run).number(after).number(limit));
    }
}
