package io.flowright.jdbc;

import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

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
 * other rows. So no sub-select of the condition of an update reads from a part that modifies: those are joined. Records are only
 * added, and asked for one after the other whether their run is among those that were let in: so they keep their order without a sort.
 *
 * <p>A record that is there already is not added again. To ask for that of each record ({@code ON CONFLICT}) costs a third of what it
 * takes to add it; so a statement does that only if the one before, which did not, has found one.
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

    private static final String HELD_ONE =
            "SELECT id FROM ${schema}${prefix}runs WHERE id = ? AND epoch = ? FOR NO KEY UPDATE";

    private static final String CHANGED_ONE = "UPDATE ${schema}${prefix}runs r SET "
            + CHANGES.formatted("?", "?", "?", "?") + "WHERE id = ? AND epoch = ? RETURNING id";

    private static final Pattern ROWS = Pattern.compile("ROWS\\(([^)]*)\\)");
    private static final Pattern COLUMN = Pattern.compile("(\\w+)\\s+(\\w+)");

    private static final String VALUES =
            "?, ?, ?, ?, ?, ?, ?::bytea, ?::bytea, ?::timestamptz, ?::timestamptz, ?::timestamptz, ?, ?, ?::bytea";

    private static final String PLAIN_VALUES = "?, '', 0, ?, 'END', 'SUCCEEDED', ?::bytea, NULL, "
            + "to_timestamp(?::float8), to_timestamp(?::float8), NULL, ?, ?, NULL";

    /** One run begins. */
    final String begin;

    /** One run and a change. */
    final String change;

    private final Tables tables;
    private final Map<OneTask, String> oneTask = new ConcurrentHashMap<>();
    private final Map<Parts, String> many = new ConcurrentHashMap<>();

    PostgresWriteSql(Tables tables) {
        this.tables = tables;
        begin = tables.in("INSERT INTO ${schema}${prefix}runs (" + RUN_COLUMNS + ")\n"
                + "VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?::text[], ?, ?, ?, ?, ?)\n"
                + "ON CONFLICT (id) DO NOTHING RETURNING id");
        change = tables.in(CHANGED_ONE);
    }

    /**
     * A statement for one run and one record.
     *
     * @param changed whether the run is changed, which locks it
     * @param plain whether the record is {@linkplain #isPlain(TaskRecord) plain}
     * @param again whether it may be there already
     */
    record OneTask(boolean changed, boolean plain, boolean again) {}

    /** One run, one record. */
    String oneTask(OneTask which) {
        return oneTask.computeIfAbsent(which, each -> tables.in(text(each)));
    }

    private static String text(OneTask which) {
        return "WITH held AS (\n" + (which.changed() ? CHANGED_ONE : HELD_ONE) + "\n), added AS (\n"
                + "  INSERT INTO ${schema}${prefix}tasks (" + TASK_COLUMNS + ")\n"
                + "  SELECT id, " + (which.plain() ? PLAIN_VALUES : VALUES) + " FROM held "
                + (which.again() ? UNLESS_THERE : "") + "\n)\nSELECT id FROM held";
    }

    /** Any number of runs. */
    String many(Parts parts) {
        return many.computeIfAbsent(parts, each -> withArrays(tables.in(text(each))));
    }

    /**
     * What the rows of one kind in a statement are like. What plain ones have in common stands in the statement: most batches have no
     * others, and each column that comes as an array costs both sides some microseconds, however few the rows are.
     */
    enum Form {
        ABSENT,
        PLAIN,
        FULL;

        static <T> Form of(List<T> rows, Predicate<T> isPlain) {
            if (rows.isEmpty()) {
                return ABSENT;
            }
            return rows.stream().allMatch(isPlain) ? PLAIN : FULL;
        }
    }

    /** Whether a run begins and no more, and is to execute all of its flow for as long as that takes. */
    static boolean isPlain(RunEntry entry, NewRun begin) {
        return entry.change == null
                && begin.deadline() == null
                && begin.targets().isEmpty()
                && Times.areExactInSeconds(begin.createdAt());
    }

    /** Whether a record is of a task that has succeeded, and has nothing to say that most have not. */
    static boolean isPlain(TaskRecord task) {
        return task.element().isEmpty()
                && task.generation() == 0
                && task.kind() == TaskRecord.Kind.END
                && task.status() == TaskRecord.Status.SUCCEEDED
                && task.error() == null
                && task.dueAt() == null
                && task.progress() == null
                && Times.areExactInSeconds(task.startedAt())
                && Times.areExactInSeconds(task.endedAt());
    }

    /**
     * Which parts a statement has.
     *
     * @param again whether some of the records may be there already
     */
    record Parts(
            Form begins,
            boolean tags,
            Form tasks,
            boolean keys,
            boolean firstRevocations,
            boolean changes,
            boolean again) {}

    private static String text(Parts parts) {
        List<String> with = new ArrayList<>();
        boolean begins = parts.begins() != Form.ABSENT;
        if (begins) {
            with.add(parts.begins() == Form.PLAIN ? BEGUN_PLAIN : BEGUN);
        }
        if (begins && parts.tags()) {
            with.add(TAGGED);
        }
        with.add(HELD);
        String written = begins ? "SELECT id FROM begun UNION ALL SELECT id FROM held" : "SELECT id FROM held";
        if (parts.tasks() != Form.ABSENT) {
            with.add((parts.tasks() == Form.PLAIN ? ADDED_PLAIN : ADDED)
                    .formatted(begins ? LET_IN_OR_BEGUN : LET_IN, parts.again() ? UNLESS_THERE : ""));
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

    /**
     * What stands in the texts below as {@code ROWS(a text, b int4)} are rows that come as an array for each column. Not as a table that a
     * function gives ({@code FROM unnest(?, ?)}): the server would keep one for each array, which took it longer than to add the rows of a
     * small batch. The type {@code seconds} is that of times which come as seconds since 1970.
     */
    private static String withArrays(String text) {
        return ROWS.matcher(text).replaceAll(rows -> "(SELECT " + withArraysAsColumns(rows.group(1)) + ")");
    }

    private static String withArraysAsColumns(String columns) {
        return COLUMN.matcher(columns)
                .replaceAll(column -> (column.group(2).equals("seconds")
                                ? "to_timestamp(unnest(?::float8[]))"
                                : "unnest(?::" + column.group(2) + "[])")
                        + " AS " + column.group(1));
    }

    private static final String BEGUN = """
            begun AS (
              INSERT INTO ${schema}${prefix}runs (%s)
              SELECT b.id, b.flow, b.fingerprint, b.version, b.status, b.owner, 1, b.inputs, b.targets::text[], b.deadline, b.error,
                b.created_at, b.ended_at, b.priority
              FROM ROWS(id text, flow text, fingerprint text, version text, status text, owner text, inputs bytea, targets text,
                  deadline timestamptz, error bytea, created_at timestamptz, ended_at timestamptz, priority int4) AS b
              ON CONFLICT (id) DO NOTHING RETURNING id
            )""".formatted(RUN_COLUMNS);

    private static final String BEGUN_PLAIN = """
            begun AS (
              INSERT INTO ${schema}${prefix}runs (%s)
              SELECT b.id, b.flow, b.fingerprint, b.version, 'RUNNING', b.owner, 1, b.inputs, '{}', NULL, NULL, b.created_at, NULL, b.priority
              FROM ROWS(id text, flow text, fingerprint text, version text, owner text, inputs bytea, created_at seconds,
                  priority int4) AS b
              ON CONFLICT (id) DO NOTHING RETURNING id
            )""".formatted(RUN_COLUMNS);

    private static final String TAGGED = """
            tagged AS (
              INSERT INTO ${schema}${prefix}tags (run, name, value, created_at)
              SELECT t.run, t.name, t.value, t.created_at
              FROM ROWS(run text, name text, value text, created_at timestamptz) AS t
              JOIN begun ON begun.id = t.run
            )""";

    private static final String HELD = """
            held AS MATERIALIZED (
              SELECT h.id
              FROM ROWS(run text, epoch int8) AS w
              CROSS JOIN LATERAL (
                SELECT r.id FROM ${schema}${prefix}runs r WHERE r.id = w.run AND r.epoch = w.epoch FOR NO KEY UPDATE
              ) h
            )""";

    private static final String ADDED = """
            added AS (
              INSERT INTO ${schema}${prefix}tasks (%s)
              SELECT t.run, t.task, t.element, t.generation, t.attempt, t.kind, t.status, t.result, t.error, t.started_at, t.ended_at,
                t.due_at, t.input_hash, t.output_hash, t.progress
              FROM ROWS(run text, task text, element text, generation int4, attempt int4, kind text, status text, result bytea,
                  error bytea, started_at timestamptz, ended_at timestamptz, due_at timestamptz, input_hash text, output_hash text,
                  progress bytea) AS t
              WHERE %%s %%s
            )""".formatted(TASK_COLUMNS);

    private static final String ADDED_PLAIN = """
            added AS (
              INSERT INTO ${schema}${prefix}tasks (%s)
              SELECT t.run, t.task, '', 0, t.attempt, 'END', 'SUCCEEDED', t.result, NULL, t.started_at, t.ended_at,
                NULL, t.input_hash, t.output_hash, NULL
              FROM ROWS(run text, task text, attempt int4, result bytea, started_at seconds, ended_at seconds,
                  input_hash text, output_hash text) AS t
              WHERE %%s %%s
            )""".formatted(TASK_COLUMNS);

    /** Neither may be made a join of, which would not keep the order: that is what the {@code OR} and the {@code IS TRUE} are for. */
    private static final String LET_IN = "(t.run IN (SELECT id FROM held)) IS TRUE";

    private static final String LET_IN_OR_BEGUN = "(t.run IN (SELECT id FROM held) OR t.run IN (SELECT id FROM begun))";

    private static final String UNLESS_THERE = "ON CONFLICT DO NOTHING";

    private static String keyed(String written) {
        return """
            keyed AS (
              UPDATE ${schema}${prefix}idempotency k SET
                generation = k.generation + CASE WHEN x.revoke THEN 1 ELSE 0 END,
                run = CASE WHEN x.revoke AND k.run <> x.run THEN k.run END,
                expires_at = x.expires_at,
                result = x.result
              FROM ROWS(run text, flow text, task text, hash text, revoke bool, generation int8, expires_at timestamptz, result bytea) AS x
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
              FROM ROWS(run text, flow text, task text, hash text) AS x
              JOIN (%s) w ON w.id = x.run
              ON CONFLICT DO NOTHING
            )""".formatted(written);
    }

    private static final String CHANGED =
            """
            changed AS (
              UPDATE ${schema}${prefix}runs r SET %s
              FROM (
                SELECT c.*
                FROM ROWS(run text, status text, error bytea, ended_at timestamptz, released bool) AS c
                JOIN held ON held.id = c.run
                OFFSET 0
              ) c
              WHERE r.id = c.run
            )""".formatted(CHANGES.formatted("c.status", "c.error", "c.ended_at", "c.released"));
}
