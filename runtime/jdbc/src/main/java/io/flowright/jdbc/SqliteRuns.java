package io.flowright.jdbc;

import static java.util.stream.Collectors.toMap;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs and their tasks in SQLite. Each method works in the transaction of its session, if there is one.
 *
 * <p>Fencing needs no lock of its own here: who writes has the one write lock of the file from before it reads the epoch until its
 * commit, so that no claim comes between.
 */
final class SqliteRuns {

    /** An active run whose owner is not live; the parameter is the time now. What it reads is all in the index. */
    private static final String ORPHANED = """
            FROM ${prefix}runs
            WHERE ended_at IS NULL
              AND (owner IS NULL OR owner NOT IN (SELECT owner FROM ${prefix}engines WHERE lease_until > ?))
            ORDER BY\s""";

    private static final String IN_TURN = "priority DESC, created_at, number";

    private static final String OLDEST_FIRST = "created_at, number";

    static final String TO_ADOPT = "SELECT number, flow, fingerprint " + ORPHANED + IN_TURN;

    static final String ORPHANS = "SELECT number, flow, fingerprint " + ORPHANED + OLDEST_FIRST + " LIMIT ?";

    static final String OWNED = "SELECT id, epoch FROM ${prefix}runs WHERE ended_at IS NULL AND owner = ?";

    private static final String DISOWN = """
            UPDATE ${prefix}runs SET owner = NULL, epoch = epoch + 1
            WHERE id = ? AND owner = ? AND epoch = ? AND ended_at IS NULL""";

    private static final String EPOCH = "SELECT epoch FROM ${prefix}runs WHERE id = ?";

    private static final String BEGUN_AS = """
            SELECT id FROM ${prefix}runs
            WHERE id = ? AND epoch = 1 AND owner = ? AND flow = ? AND fingerprint = ? AND created_at = ? AND inputs = ?""";

    private static final String BEGIN = """
            INSERT INTO ${prefix}runs
            (id, epoch, owner, status, flow, fingerprint, version, created_at, deadline, priority, targets, inputs)
            VALUES (?, 1, ?, 'RUNNING', ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING""";

    private static final String TAG = """
            INSERT INTO ${prefix}tags (run, name, value, created_at, id)
            SELECT number, ?, ?, created_at, id FROM ${prefix}runs WHERE id = ?""";

    private static final String CHANGE = """
            UPDATE ${prefix}runs SET status = ?, error = ?, ended_at = ?, owner = CASE WHEN ? THEN NULL ELSE owner END
            WHERE id = ? AND epoch = ?""";

    private static final String ADD_TASK = """
            INSERT INTO ${prefix}tasks
            (run, task, element, generation, attempt, kind, status, started_at, ended_at, due_at, error, result,
              input_hash, output_hash, progress)
            SELECT number, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM ${prefix}runs WHERE id = ? AND epoch = ?
            ON CONFLICT (run, task, element, generation, attempt, kind) DO NOTHING""";

    static final String RETRY_FAILED = """
            UPDATE ${prefix}tasks SET status = 'RETRYING', due_at = ended_at
            WHERE run = (SELECT number FROM ${prefix}runs WHERE id = ?) AND status = 'FAILED'""";

    /** The plus keeps SQLite from reading all tasks of all runs to have them in order. */
    static final String TASKS = """
            SELECT * FROM ${prefix}tasks
            WHERE run = (SELECT number FROM ${prefix}runs WHERE id = ?) ORDER BY +number""";

    /** An entry in the index of active runs; not the run itself, which may be long. */
    private record Orphan(long number, FlowVersion flow) {}

    private SqliteRuns() {}

    // ---- write ---------------------------------------------------------------------------------------------------

    static List<RunWrite.Outcome> write(SqliteSession session, List<RunWrite> writes) throws SQLException {
        List<RunWrite.Outcome> outcomes = new ArrayList<>(writes.size());
        for (RunWrite write : writes) {
            outcomes.add(write(session, write));
        }
        return outcomes;
    }

    /**
     * Each statement asks for the epoch itself, which is half as much work as to ask for it first: a question of its own is put only
     * where none has had an effect, be it that the epoch is over or that the records were there.
     */
    private static RunWrite.Outcome write(SqliteSession session, RunWrite write) throws SQLException {
        NewRun begin = write.begin();
        if (begin != null && !begin(session, write.run(), begin) && !isBegunAs(session, write.run(), begin)) {
            return RunWrite.Outcome.EXISTS;
        }
        boolean held = false;
        for (TaskRecord task : write.tasks()) {
            held |= add(session, write, task);
        }
        RunWrite.Change change = write.change();
        if (change != null) {
            held |= change(session, write, change);
        }
        if (!held && !isInEpoch(session, write.run(), write.epoch())) {
            return RunWrite.Outcome.STALE;
        }
        SqliteKeys.apply(session, write.run(), write.keys());
        return RunWrite.Outcome.WRITTEN;
    }

    static boolean isInEpoch(SqliteSession session, String run, long epoch) throws SQLException {
        return session.one(EPOCH, row -> row.getLong(1), run)
                .filter(found -> found == epoch)
                .isPresent();
    }

    /** Whether the run is the one that is to begin, and nobody has released or claimed it since it began. */
    private static boolean isBegunAs(SqliteSession session, String run, NewRun begin) throws SQLException {
        return session.one(
                        BEGUN_AS,
                        row -> row.getString(1),
                        run,
                        begin.owner(),
                        begin.flow().flow(),
                        begin.flow().fingerprint(),
                        Micros.of(begin.createdAt()),
                        begin.inputs())
                .isPresent();
    }

    /** Returns whether the run was not there. */
    private static boolean begin(SqliteSession session, String run, NewRun begin) throws SQLException {
        int begun = session.update(
                BEGIN,
                run,
                begin.owner(),
                begin.flow().flow(),
                begin.flow().fingerprint(),
                begin.version(),
                Micros.of(begin.createdAt()),
                Micros.of(begin.deadline()),
                begin.priority(),
                JsonTexts.of(begin.targets()),
                begin.inputs());
        if (begun == 0) {
            return false;
        }
        for (Map.Entry<String, String> tag : begin.tags().entrySet()) {
            session.update(TAG, tag.getKey(), tag.getValue(), run);
        }
        return true;
    }

    /** Returns whether the run is in the epoch, and the record was not there. */
    private static boolean add(SqliteSession session, RunWrite write, TaskRecord task) throws SQLException {
        return session.update(
                        ADD_TASK,
                        task.task(),
                        task.element(),
                        task.generation(),
                        task.attempt(),
                        task.kind().name(),
                        task.status().name(),
                        Micros.of(task.startedAt()),
                        Micros.of(task.endedAt()),
                        Micros.of(task.dueAt()),
                        task.error(),
                        task.result(),
                        task.inputHash(),
                        task.outputHash(),
                        task.progress(),
                        write.run(),
                        write.epoch())
                == 1;
    }

    /** Returns whether the run is in the epoch. */
    private static boolean change(SqliteSession session, RunWrite write, RunWrite.Change change) throws SQLException {
        return session.update(
                        CHANGE,
                        change.status().name(),
                        change.error(),
                        change.status().isActive() ? null : Micros.of(change.at()),
                        change.released() ? 1 : 0,
                        write.run(),
                        write.epoch())
                == 1;
    }

    // ---- claims --------------------------------------------------------------------------------------------------

    static List<RunRecord> adopt(
            SqliteSession session, long now, String owner, Collection<FlowVersion> flows, int limit)
            throws SQLException {
        Set<FlowVersion> wanted = Set.copyOf(flows);
        List<Orphan> orphans = session.list(
                TO_ADOPT, row -> new Orphan(row.getLong(1), new FlowVersion(row.getString(2), row.getString(3))), now);
        List<Orphan> adopted = orphans.stream()
                .filter(orphan -> wanted.contains(orphan.flow()))
                .limit(limit)
                .toList();
        for (Orphan orphan : adopted) {
            session.update(
                    "UPDATE ${prefix}runs SET owner = ?, epoch = epoch + 1 WHERE number = ?", owner, orphan.number());
        }
        return records(session, adopted);
    }

    static List<RunRecord> orphans(SqliteSession session, long now, int limit) throws SQLException {
        return records(
                session,
                session.list(
                        ORPHANS,
                        row -> new Orphan(row.getLong(1), new FlowVersion(row.getString(2), row.getString(3))),
                        now,
                        limit));
    }

    static Map<String, Long> owned(SqliteSession session, String owner) throws SQLException {
        return session.list(OWNED, row -> Map.entry(row.getString(1), row.getLong(2)), owner).stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Returns whether it was there. */
    static boolean disown(SqliteSession session, String owner, String run, long epoch) throws SQLException {
        return session.update(DISOWN, run, owner, epoch) == 1;
    }

    static Optional<RunRecord> acquire(
            SqliteSession session, String run, String owner, Set<RunStatus> from, RunStatus to) throws SQLException {
        Optional<RunRecord> found = find(session, run).filter(record -> from.contains(record.status()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        session.update("""
                UPDATE ${prefix}runs
                SET status = ?, owner = ?, epoch = epoch + 1, ended_at = CASE WHEN ? THEN NULL ELSE ended_at END,
                  deadline = NULL
                WHERE id = ?""", to.name(), owner, to.isActive() ? 1 : 0, run);
        session.update(RETRY_FAILED, run);
        SqliteCommands.forget(session, run);
        return find(session, run);
    }

    // ---- read ----------------------------------------------------------------------------------------------------

    static Optional<RunRecord> find(SqliteSession session, String run) throws SQLException {
        return session.one("SELECT * FROM ${prefix}runs WHERE id = ?", row -> run(session, row), run);
    }

    private static List<RunRecord> records(SqliteSession session, List<Orphan> orphans) throws SQLException {
        RunRecord[] records = new RunRecord[orphans.size()];
        for (int i = 0; i < records.length; i++) {
            records[i] = session.one(
                            "SELECT * FROM ${prefix}runs WHERE number = ?",
                            row -> run(session, row),
                            orphans.get(i).number())
                    .orElseThrow();
        }
        return List.of(records);
    }

    static List<TaskRecord> tasks(SqliteSession session, String run) throws SQLException {
        return session.list(TASKS, Records.OF_SQLITE::task, run);
    }

    static Optional<byte[]> activity(SqliteSession session, String run) throws SQLException {
        return session.one(
                "SELECT activity FROM ${prefix}runs JOIN ${prefix}activities ON run = number WHERE id = ?",
                row -> row.getBytes(1),
                run);
    }

    private static RunRecord run(SqliteSession session, ResultSet row) throws SQLException {
        return Records.OF_SQLITE.run(row, JsonTexts.read(session, row.getString("targets")));
    }
}
