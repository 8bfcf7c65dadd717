package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes from PostgreSQL what is not needed any more. */
final class PostgresCleaning {

    /**
     * The runs are found in the index for lists, which has the time that decides, too: who was started later than that has not ended
     * before. A run that somebody has locked is left for the next time.
     */
    private static final String OLD = """
            WITH RECURSIVE known (flow) AS (
              SELECT coalesce(?::text, (SELECT r.flow FROM ${schema}${prefix}runs r ORDER BY r.flow LIMIT 1))
              UNION ALL
              SELECT (SELECT r.flow FROM ${schema}${prefix}runs r WHERE r.flow > k.flow ORDER BY r.flow LIMIT 1)
              FROM known k WHERE ?::text IS NULL AND k.flow IS NOT NULL
            ), old AS MATERIALIZED (
              SELECT o.id FROM known k CROSS JOIN LATERAL (
                SELECT r.created_at, r.id FROM ${schema}${prefix}runs r
                WHERE r.flow = k.flow AND r.status = ? AND r.created_at < ? AND r.ended_at < ?
                ORDER BY r.created_at, r.id LIMIT ?
              ) o
              ORDER BY o.created_at, o.id LIMIT ?
            )
            SELECT r.id FROM ${schema}${prefix}runs r
            WHERE r.id = ANY (ARRAY(SELECT o.id FROM old o)) AND r.status = ? AND r.ended_at < ? FOR UPDATE SKIP LOCKED""";

    /** A statement of its own, which sees all that was added before the runs were locked. */
    private static final String REMOVE = """
            WITH tagless AS (
              DELETE FROM ${schema}${prefix}tags t WHERE t.run = ANY (?)
            ), taskless AS (
              DELETE FROM ${schema}${prefix}tasks t WHERE t.run = ANY (?)
            ), inactive AS (
              DELETE FROM ${schema}${prefix}activities a WHERE a.run = ANY (?)
            ), void AS (
              DELETE FROM ${schema}${prefix}commands c WHERE c.run = ANY (?)
            ), gone AS (
              DELETE FROM ${schema}${prefix}runs r WHERE r.id = ANY (?) RETURNING r.id
            )
            SELECT count(*) FROM gone""";

    private static final String PURGE_KEYS = """
            WITH free AS MATERIALIZED (
              SELECT k.flow, k.task, k.hash FROM ${schema}${prefix}idempotency k
              WHERE k.run IS NULL AND k.generation = 0 AND k.expires_at IS NULL LIMIT ? FOR UPDATE SKIP LOCKED
            ), expired AS MATERIALIZED (
              SELECT k.flow, k.task, k.hash FROM ${schema}${prefix}idempotency k
              WHERE k.run IS NULL AND k.generation = 0 AND k.expires_at <= clock_timestamp()
              ORDER BY k.expires_at LIMIT ? FOR UPDATE SKIP LOCKED
            ), old AS MATERIALIZED (
              SELECT * FROM free UNION ALL SELECT * FROM expired LIMIT ?
            ), gone AS (
              DELETE FROM ${schema}${prefix}idempotency k USING old o WHERE k.flow = o.flow AND k.task = o.task AND k.hash = o.hash
              RETURNING k.hash
            )
            SELECT count(*) FROM gone""";

    /** From which a run is removed. */
    private static final int TABLES = 5;

    private final Database database;
    private final String old;
    private final String remove;
    private final String purgeKeys;

    PostgresCleaning(Database database, Tables tables) {
        this.database = database;
        this.old = tables.in(OLD);
        this.remove = tables.in(REMOVE);
        this.purgeKeys = tables.in(PURGE_KEYS);
    }

    int purge(@Nullable String flow, RunStatus status, Instant endedBefore, int limit) {
        if (status.isActive()) {
            throw new IllegalArgumentException("runs that are " + status + " go on, and are not removed");
        }
        return database.transaction("Removing runs", connection -> {
            List<String> runs = Rows.of(
                    connection,
                    old,
                    row -> row.getString(1),
                    parameters -> parameters
                            .text(flow)
                            .text(flow)
                            .text(status.name())
                            .bound(endedBefore)
                            .bound(endedBefore)
                            .number(limit)
                            .number(limit)
                            .text(status.name())
                            .bound(endedBefore));
            return runs.isEmpty() ? 0 : remove(connection, runs);
        });
    }

    private int remove(Connection connection, List<String> runs) throws SQLException {
        return Rows.of(connection, remove, row -> row.getInt(1), parameters -> {
                    for (int table = 0; table < TABLES; table++) {
                        parameters.texts(runs, run -> run);
                    }
                    return null;
                })
                .get(0);
    }

    int purgeKeys(int limit) {
        return database.query(
                        "Removing idempotency keys",
                        purgeKeys,
                        row -> row.getInt(1),
                        parameters -> parameters.number(limit).number(limit).number(limit))
                .get(0);
    }
}
