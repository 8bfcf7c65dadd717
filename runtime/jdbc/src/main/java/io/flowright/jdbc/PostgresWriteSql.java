package io.flowright.jdbc;

import java.util.ArrayList;
import java.util.List;

/**
 * The statements that write. Each is one transaction of its own, in which
 *
 * <ol>
 *   <li>runs that begin are inserted, in the order of their ids;
 *   <li>other runs are locked in that order where their epoch is that of the write. A claim locks the run too, and raises the epoch: so
 *       either the write sees the claim and leaves the run out, or the claim waits for the write;
 *   <li>what the runs of both kinds have to add is added, and changed what they change.
 * </ol>
 *
 * <p>No run is inserted by one statement and locked by another before it is visible, so with the order there is no deadlock. PostgreSQL
 * executes the main query of a WITH before those parts that nothing reads, and an Append from left to right; each part depends on 1 and
 * 2 by its data anyway.
 *
 * <p>A row that another transaction changes while a statement waits for it is checked again, alone, with the statement's own copy of the
 * other rows. So no sub-select of a condition reads from a part that modifies: those are joined.
 */
final class PostgresWriteSql {

    private static final String TASK_COLUMNS =
            "run, task, element, generation, attempt, kind, status, result, error, started_at, ended_at, due_at, "
                    + "input_hash, output_hash, progress";

    private static final String RUN_COLUMNS =
            "id, flow, fingerprint, version, status, owner, epoch, inputs, targets, deadline, error, created_at, ended_at, "
                    + "priority";

    private static final String CHANGES = """
            status = %s, error = %s, ended_at = %s,
            owner = CASE WHEN %s THEN '' ELSE r.owner END
            """;

    /** One run begins. */
    final String begin;

    /** One run, one record. */
    final String task;

    /** One run, one record and a change, which locks the run. */
    final String taskAndChange;

    /** One run and a change. */
    final String change;

    /** Of the runs of many statements, one for each set of parts; by {@link Parts#index()}. */
    private final String[] many = new String[1 << 6];

    PostgresWriteSql(Tables tables) {
        begin = tables.in("INSERT INTO ${schema}${prefix}runs (" + RUN_COLUMNS + ")\n"
                + "VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?::text[], ?, ?, ?, ?, ?)\n"
                + "ON CONFLICT (id) DO NOTHING RETURNING id");
        String values = "?, ?, ?, ?, ?, ?, ?::bytea, ?::bytea, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?, ?, "
                + "?::bytea";
        task = tables.in("WITH held AS (\n"
                + "  SELECT id FROM ${schema}${prefix}runs WHERE id = ? AND epoch = ? FOR NO KEY UPDATE\n"
                + "), added AS (\n"
                + "  INSERT INTO ${schema}${prefix}tasks (" + TASK_COLUMNS + ")\n"
                + "  SELECT id, " + values + " FROM held ON CONFLICT DO NOTHING\n"
                + ")\nSELECT id FROM held");
        String changed = "UPDATE ${schema}${prefix}runs r SET " + CHANGES.formatted("?", "?", "?", "?")
                + "WHERE id = ? AND epoch = ? RETURNING id";
        taskAndChange = tables.in("WITH held AS (\n" + changed + "\n), added AS (\n"
                + "  INSERT INTO ${schema}${prefix}tasks (" + TASK_COLUMNS + ")\n"
                + "  SELECT id, " + values + " FROM held ON CONFLICT DO NOTHING\n"
                + ")\nSELECT id FROM held");
        change = tables.in(changed);
        for (int index = 0; index < many.length; index++) {
            many[index] = tables.in(text(Parts.at(index)));
        }
    }

    String many(Parts parts) {
        return many[parts.index()];
    }

    /** Which parts a statement has. */
    record Parts(boolean begins, boolean tags, boolean tasks, boolean keys, boolean firstRevocations, boolean changes) {

        static Parts at(int index) {
            return new Parts(
                    (index & 1) != 0,
                    (index & 2) != 0,
                    (index & 4) != 0,
                    (index & 8) != 0,
                    (index & 16) != 0,
                    (index & 32) != 0);
        }

        int index() {
            return (begins ? 1 : 0)
                    | (tags ? 2 : 0)
                    | (tasks ? 4 : 0)
                    | (keys ? 8 : 0)
                    | (firstRevocations ? 16 : 0)
                    | (changes ? 32 : 0);
        }
    }

    private static String text(Parts parts) {
        List<String> with = new ArrayList<>();
        if (parts.begins()) {
            with.add(BEGUN);
        }
        if (parts.begins() && parts.tags()) {
            with.add(TAGGED);
        }
        with.add(HELD);
        String written = parts.begins() ? "SELECT id FROM begun UNION ALL SELECT id FROM held" : "SELECT id FROM held";
        if (parts.tasks()) {
            with.add(ADDED.formatted(written));
        }
        if (parts.keys()) {
            with.add(keyed(written));
        }
        if (parts.firstRevocations()) {
            with.add(revoked(written));
        }
        if (parts.changes()) {
            with.add(CHANGED);
        }
        return "WITH " + String.join(", ", with) + "\n" + written;
    }

    private static final String BEGUN = """
            begun AS (
              INSERT INTO ${schema}${prefix}runs (%s)
              SELECT b.id, b.flow, b.fingerprint, b.version, b.status, b.owner, 1, b.inputs, b.targets::text[], b.deadline, b.error,
                b.created_at, b.ended_at, b.priority
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::text[], ?::timestamptz[],
                  ?::bytea[], ?::timestamptz[], ?::timestamptz[], ?::int4[])
                AS b (id, flow, fingerprint, version, status, owner, inputs, targets, deadline, error, created_at, ended_at, priority)
              ON CONFLICT (id) DO NOTHING RETURNING id
            )""".formatted(RUN_COLUMNS);

    private static final String TAGGED = """
            tagged AS (
              INSERT INTO ${schema}${prefix}tags (run, name, value, created_at)
              SELECT t.run, t.name, t.value, t.created_at
              FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[]) AS t (run, name, value, created_at)
              JOIN begun ON begun.id = t.run
            )""";

    private static final String HELD = """
            held AS MATERIALIZED (
              SELECT h.id
              FROM unnest(?::text[], ?::int8[]) AS w (run, epoch)
              CROSS JOIN LATERAL (
                SELECT r.id FROM ${schema}${prefix}runs r WHERE r.id = w.run AND r.epoch = w.epoch FOR NO KEY UPDATE
              ) h
            )""";

    private static final String ADDED = """
            added AS (
              INSERT INTO ${schema}${prefix}tasks (%s)
              SELECT t.run, t.task, t.element, t.generation, t.attempt, t.kind, t.status, t.result, t.error, t.started_at, t.ended_at,
                t.due_at, t.input_hash, t.output_hash, t.progress
              FROM unnest(?::text[], ?::text[], ?::text[], ?::int4[], ?::int4[], ?::text[], ?::text[], ?::bytea[], ?::bytea[],
                  ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[], ?::bytea[]) WITH ORDINALITY
                AS t (run, task, element, generation, attempt, kind, status, result, error, started_at, ended_at, due_at,
                  input_hash, output_hash, progress, nr)
              JOIN (%%s) w ON w.id = t.run
              ORDER BY t.nr
              ON CONFLICT DO NOTHING
            )""".formatted(TASK_COLUMNS);

    private static String keyed(String written) {
        return """
            keyed AS (
              UPDATE ${schema}${prefix}idempotency k SET
                generation = k.generation + CASE WHEN x.revoke THEN 1 ELSE 0 END,
                run = CASE WHEN x.revoke AND k.run <> x.run THEN k.run END,
                expires_at = x.expires_at,
                result = x.result
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bool[], ?::int8[], ?::timestamptz[], ?::bytea[])
                AS x (run, flow, task, hash, revoke, generation, expires_at, result)
              JOIN (%s) w ON w.id = x.run
              WHERE k.flow = x.flow AND k.task = x.task AND k.hash = x.hash
                AND CASE WHEN x.revoke THEN k.generation = x.generation ELSE k.run = x.run END
            )""".formatted(written);
    }

    /** A key without a row has the generation 0. */
    private static String revoked(String written) {
        return """
            revoked AS (
              INSERT INTO ${schema}${prefix}idempotency (flow, task, hash, generation)
              SELECT x.flow, x.task, x.hash, 1
              FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS x (run, flow, task, hash)
              JOIN (%s) w ON w.id = x.run
              ON CONFLICT DO NOTHING
            )""".formatted(written);
    }

    private static final String CHANGED =
            """
            changed AS (
              UPDATE ${schema}${prefix}runs r SET %s
              FROM unnest(?::text[], ?::text[], ?::bytea[], ?::timestamptz[], ?::bool[])
                AS c (run, status, error, ended_at, released)
              JOIN held ON held.id = c.run
              WHERE r.id = c.run
            )""".formatted(CHANGES.formatted("c.status", "c.error", "c.ended_at", "c.released"));
}
