package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.spi.RunCommand;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What operators do to runs in PostgreSQL. Each act locks the run, as claims and writes do, and then the end of the audit trail.
 *
 * <p>An act that was cut off may have been done: when it is repeated, the trail tells.
 */
final class PostgresCommands {

    private static final String HOLD =
            "SELECT r.status, r.owner FROM ${schema}${prefix}runs r WHERE r.id = ? FOR NO KEY UPDATE";

    /** Who renews an expired lease at this moment is waited for; who does so afterwards learns that it was over. */
    private static final String IS_LIVE = """
            WITH expired AS MATERIALIZED (
              SELECT e.owner FROM ${schema}${prefix}engines e WHERE e.owner = ? AND e.lease_until <= clock_timestamp() FOR SHARE
            )
            SELECT NOT EXISTS (SELECT FROM expired) AND EXISTS (SELECT FROM ${schema}${prefix}engines e WHERE e.owner = ?)""";

    private static final String ADD = "INSERT INTO ${schema}${prefix}commands (run, kind) VALUES (?, ?) RETURNING id";

    private static final String REST = """
            UPDATE ${schema}${prefix}runs r SET status = ?, owner = '', epoch = r.epoch + 1, ended_at = ?
            WHERE r.id = ? RETURNING r.id""";

    private static final String RELEASE = """
            WITH r AS (
              UPDATE ${schema}${prefix}runs r SET status = ?, owner = '', epoch = r.epoch + 1, ended_at = ?,
                deadline = CASE WHEN ? THEN NULL ELSE r.deadline END
              WHERE r.id = ? AND r.status = ANY (?)
              RETURNING r.id, r.ended_at
            ), again AS (
              UPDATE ${schema}${prefix}tasks t SET status = 'RETRYING', due_at = t.ended_at
              FROM r WHERE t.run = r.id AND t.status = 'FAILED' AND r.ended_at IS NULL
            ), void AS (
              DELETE FROM ${schema}${prefix}commands c WHERE c.run = (SELECT r.id FROM r)
            )
            SELECT r.id FROM r""";

    private static final String TELL = "SELECT pg_notify(" + PostgresListener.CHANNEL + ", '')";

    private static final String COMMANDS = """
            SELECT c.id, c.run, c.kind FROM ${schema}${prefix}commands c
            CROSS JOIN LATERAL (SELECT FROM ${schema}${prefix}runs r WHERE r.id = c.run AND r.owner = ? OFFSET 0) r
            ORDER BY c.id""";

    private static final String SETTLE = "DELETE FROM ${schema}${prefix}commands c WHERE c.id = ANY (?) RETURNING c.id";

    private final Database database;
    private final PostgresAudit audit;
    private final String hold;
    private final String isLive;
    private final String add;
    private final String rest;
    private final String release;
    private final String tell;
    private final String commands;
    private final String settle;
    /** Acts that were cut off. */
    private final Set<AuditAct> unsure = ConcurrentHashMap.newKeySet();

    PostgresCommands(Database database, Tables tables, PostgresAudit audit) {
        this.database = database;
        this.audit = audit;
        this.hold = tables.in(HOLD);
        this.isLive = tables.in(IS_LIVE);
        this.add = tables.in(ADD);
        this.rest = tables.in(REST);
        this.release = tables.in(RELEASE);
        this.tell = tables.in(TELL);
        this.commands = tables.in(COMMANDS);
        this.settle = tables.in(SETTLE);
    }

    boolean instruct(String run, RunCommand.Kind kind, AuditAct act) {
        return audited("Instructing a run", act, connection -> instruct(connection, run, kind, act));
    }

    private record Held(RunStatus status, String owner) {
        boolean allows(RunCommand.Kind kind) {
            return status.isActive() && (status != RunStatus.COMPENSATING || kind.status() == RunStatus.PAUSED);
        }
    }

    private boolean instruct(Connection connection, String run, RunCommand.Kind kind, AuditAct act)
            throws SQLException {
        List<Held> held = Rows.of(
                connection,
                hold,
                row -> new Held(RunStatus.valueOf(row.getString("status")), row.getString("owner")),
                parameters -> parameters.text(run));
        if (held.isEmpty() || !held.get(0).allows(kind)) {
            return false;
        }
        if (isLive(connection, held.get(0).owner)) {
            Rows.of(
                    connection,
                    add,
                    row -> true,
                    parameters -> parameters.text(run).text(kind.name()));
        } else {
            RunStatus status = kind.status();
            Rows.of(
                    connection,
                    rest,
                    row -> true,
                    parameters -> parameters
                            .text(status.name())
                            .time(status.isActive() ? null : act.at())
                            .text(run));
        }
        return true;
    }

    private boolean isLive(Connection connection, String owner) throws SQLException {
        return Rows.of(
                        connection,
                        isLive,
                        row -> row.getBoolean(1),
                        parameters -> parameters.text(owner).text(owner))
                .get(0);
    }

    boolean release(String run, Set<RunStatus> from, RunStatus to, AuditAct act) {
        return audited(
                "Releasing a run",
                act,
                connection -> !Rows.of(
                                connection,
                                release,
                                row -> true,
                                parameters -> parameters
                                        .text(to.name())
                                        .time(to.isActive() ? null : act.at())
                                        .flag(to.isActive())
                                        .text(run)
                                        .texts(List.copyOf(from), RunStatus::name))
                        .isEmpty());
    }

    /** Does what it can with the run, has it in the trail, and tells whoever listens, with one commit. */
    private boolean audited(String purpose, AuditAct act, Database.Work<Boolean> work) {
        if (unsure.contains(act)) {
            boolean done = isDone(act);
            unsure.remove(act);
            if (done) {
                return true;
            }
        }
        try {
            return database.transaction(purpose, connection -> {
                boolean accepted = work.on(connection);
                if (accepted) {
                    Rows.of(connection, tell, row -> true, parameters -> null);
                }
                audit.append(connection, act, accepted);
                return accepted;
            });
        } catch (StoreUnavailableException failure) {
            unsure.add(act);
            throw failure;
        }
    }

    private boolean isDone(AuditAct act) {
        int page = 1_000;
        AuditAct kept = PostgresAudit.kept(act);
        String run = Objects.requireNonNull(act.run(), "the act of a command names the run");
        for (long after = 0; ; ) {
            List<AuditEntry> entries = audit.trail(run, after, page);
            if (entries.stream()
                    .anyMatch(entry -> entry.accepted() && entry.act().equals(kept))) {
                return true;
            }
            if (entries.size() < page) {
                return false;
            }
            after = entries.get(page - 1).number();
        }
    }

    List<RunCommand> commands(String owner) {
        return database.query(
                "Asking for commands",
                commands,
                row -> new RunCommand(
                        row.getLong("id"), row.getString("run"), RunCommand.Kind.valueOf(row.getString("kind"))),
                parameters -> parameters.text(owner));
    }

    void settle(Collection<RunCommand> done) {
        if (!done.isEmpty()) {
            database.query(
                    "Settling commands",
                    settle,
                    row -> true,
                    parameters -> parameters.longs(List.copyOf(done), RunCommand::id));
        }
    }
}
