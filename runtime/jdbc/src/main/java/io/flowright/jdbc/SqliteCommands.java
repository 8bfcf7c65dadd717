package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.spi.RunCommand;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators do to runs in SQLite. Each method works in the transaction of its session, if there is one. */
final class SqliteCommands {

    private static final String FIND = "SELECT number, status, owner FROM ${prefix}runs WHERE id = ?";

    private static final String REST = """
            UPDATE ${prefix}runs SET status = ?, owner = NULL, epoch = epoch + 1, ended_at = ?,
              deadline = CASE WHEN ? THEN NULL ELSE deadline END
            WHERE number = ?""";

    static final String OF_OWNER = """
            SELECT c.id, r.id AS run, c.kind FROM ${prefix}commands c CROSS JOIN ${prefix}runs r ON r.number = c.run
            WHERE r.owner = ? ORDER BY c.id""";

    private record Target(
            long number, RunStatus status, @Nullable String owner) {
        boolean allows(RunCommand.Kind kind) {
            return status.isActive() && (status != RunStatus.COMPENSATING || kind.status() == RunStatus.PAUSED);
        }
    }

    private SqliteCommands() {}

    /**
     * @param now the time, in milliseconds
     */
    static boolean instruct(SqliteSession session, long now, String run, RunCommand.Kind kind, AuditAct act)
            throws SQLException {
        Optional<Target> found = find(session, run).filter(target -> target.allows(kind));
        SqliteAudit.append(session, act, found.isPresent());
        if (found.isEmpty()) {
            return false;
        }
        Target target = found.get();
        if (SqliteEngines.isLive(session, target.owner(), now)) {
            session.update("INSERT INTO ${prefix}commands (run, kind) VALUES (?, ?)", target.number(), kind.name());
        } else {
            rest(session, target, kind.status(), act, false);
        }
        return true;
    }

    static boolean release(SqliteSession session, String run, Set<RunStatus> from, RunStatus to, AuditAct act)
            throws SQLException {
        Optional<Target> found = find(session, run).filter(target -> from.contains(target.status()));
        SqliteAudit.append(session, act, found.isPresent());
        if (found.isEmpty()) {
            return false;
        }
        rest(session, found.get(), to, act, to.isActive());
        if (to.isActive()) {
            session.update(SqliteRuns.RETRY_FAILED, run);
        }
        forget(session, run);
        return true;
    }

    private static Optional<Target> find(SqliteSession session, String run) throws SQLException {
        return session.one(
                FIND, row -> new Target(row.getLong(1), RunStatus.valueOf(row.getString(2)), row.getString(3)), run);
    }

    private static void rest(SqliteSession session, Target run, RunStatus to, AuditAct act, boolean withoutDeadline)
            throws SQLException {
        Long endedAt = to.isActive() ? null : Micros.of(act.at());
        session.update(REST, to.name(), endedAt, withoutDeadline ? 1 : 0, run.number());
    }

    /** The commands that wait for a run are void. */
    static void forget(SqliteSession session, String run) throws SQLException {
        session.update(
                "DELETE FROM ${prefix}commands WHERE run = (SELECT number FROM ${prefix}runs WHERE id = ?)", run);
    }

    static List<RunCommand> of(SqliteSession session, String owner) throws SQLException {
        return session.list(
                OF_OWNER,
                row -> new RunCommand(row.getLong(1), row.getString(2), RunCommand.Kind.valueOf(row.getString(3))),
                owner);
    }

    static void settle(SqliteSession session, Collection<RunCommand> done) throws SQLException {
        for (RunCommand command : done) {
            session.update("DELETE FROM ${prefix}commands WHERE id = ?", command.id());
        }
    }
}
