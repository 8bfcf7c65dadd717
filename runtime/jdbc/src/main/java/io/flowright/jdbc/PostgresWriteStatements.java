package io.flowright.jdbc;

import io.flowright.jdbc.PostgresWriteSql.Form;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Executes one statement for any number of different runs: a plain one where it is one run with one record, else one over arrays. */
final class PostgresWriteStatements {

    private static final String UNIQUE_VIOLATION = "23505";

    private static final Comparator<KeyChange> BY_KEY = Comparator.comparing(
            change -> change.write.key(),
            Comparator.comparing((KeyName key) -> key.flow())
                    .thenComparing(key -> key.task())
                    .thenComparing(key -> key.hash()));

    private final PostgresWriteSql sql;

    PostgresWriteStatements(Tables tables) {
        this.sql = new PostgresWriteSql(tables);
    }

    /**
     * Writes what concerns different runs, and says which of them it was let in for. A statement that finds a record there already, and
     * is a transaction of its own, has had no effect and is followed by one that expects it.
     */
    Set<String> execute(Connection connection, List<RunEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return Set.of();
        }
        boolean alone = connection.getAutoCommit();
        try {
            return execute(connection, entries, !alone);
        } catch (SQLException failure) {
            if (!alone || !UNIQUE_VIOLATION.equals(failure.getSQLState())) {
                throw failure;
            }
            return execute(connection, entries, true);
        }
    }

    private Set<String> execute(Connection connection, List<RunEntry> entries, boolean again) throws SQLException {
        if (entries.size() == 1 && entries.get(0).keys.isEmpty()) {
            RunEntry entry = entries.get(0);
            int records = entry.tasks.size();
            if (entry.begin != null && entry.begin.tags().isEmpty() && records == 0) {
                return begin(connection, entry, entry.begin);
            }
            if (entry.begin == null && records == 1) {
                return task(connection, entry, entry.tasks.get(0), again);
            }
            if (entry.begin == null && records == 0 && entry.change != null) {
                return change(connection, entry, entry.change);
            }
        }
        return many(connection, entries, again);
    }

    private Set<String> begin(Connection connection, RunEntry entry, NewRun begin) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.begin)) {
            new Parameters(statement)
                    .text(entry.run)
                    .text(begin.flow().flow())
                    .text(begin.flow().fingerprint())
                    .text(begin.version())
                    .text(entry.status())
                    .text(entry.owner(begin))
                    .bytes(begin.inputs())
                    .text(arrayLiteral(begin.targets()))
                    .time(begin.deadline())
                    .bytes(entry.error())
                    .time(begin.createdAt())
                    .time(entry.endedAt())
                    .number(begin.priority());
            return ids(statement);
        }
    }

    private Set<String> task(Connection connection, RunEntry entry, TaskRecord task, boolean again)
            throws SQLException {
        RunWrite.Change change = entry.change;
        boolean plain = PostgresWriteSql.isPlain(task);
        String text = sql.oneTask(new PostgresWriteSql.OneTask(change != null, plain, again));
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            Parameters parameters = new Parameters(statement);
            if (change != null) {
                changed(parameters, entry, change);
            } else {
                parameters.text(entry.run).number(entry.epoch);
            }
            if (plain) {
                plainRecord(parameters, task);
            } else {
                record(parameters, task);
            }
            return ids(statement);
        }
    }

    private Set<String> change(Connection connection, RunEntry entry, RunWrite.Change change) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.change)) {
            changed(new Parameters(statement), entry, change);
            return ids(statement);
        }
    }

    private static void changed(Parameters parameters, RunEntry entry, RunWrite.Change change) throws SQLException {
        parameters
                .text(change.status().name())
                .bytes(change.error())
                .time(entry.endedAt())
                .flag(change.released())
                .text(entry.run)
                .number(entry.epoch);
    }

    private static void plainRecord(Parameters parameters, TaskRecord task) throws SQLException {
        parameters
                .text(task.task())
                .number(task.attempt())
                .bytes(task.result())
                .seconds(task.startedAt())
                .seconds(task.endedAt())
                .text(task.inputHash())
                .text(task.outputHash());
    }

    private static void record(Parameters parameters, TaskRecord task) throws SQLException {
        parameters
                .text(task.task())
                .text(task.element())
                .number(task.generation())
                .number(task.attempt())
                .text(task.kind().name())
                .text(task.status().name())
                .bytes(task.result())
                .bytes(task.error())
                .time(task.startedAt())
                .time(task.endedAt())
                .time(task.dueAt())
                .text(task.inputHash())
                .text(task.outputHash())
                .bytes(task.progress());
    }

    private Set<String> many(Connection connection, List<RunEntry> entries, boolean again) throws SQLException {
        List<Beginning> begins = new ArrayList<>();
        List<Tag> tags = new ArrayList<>();
        List<RunEntry> begun = new ArrayList<>();
        List<RunTask> tasks = new ArrayList<>();
        List<KeyChange> keys = new ArrayList<>();
        List<Becoming> changes = new ArrayList<>();
        for (RunEntry entry : entries) {
            if (entry.begin != null) {
                begins.add(new Beginning(entry, entry.begin));
                Instant createdAt = entry.begin.createdAt();
                entry.begin.tags().forEach((name, value) -> tags.add(new Tag(entry.run, name, value, createdAt)));
            } else {
                begun.add(entry);
                if (entry.change != null) {
                    changes.add(new Becoming(entry, entry.change));
                }
            }
            entry.tasks.forEach(task -> tasks.add(new RunTask(entry.run, task)));
            entry.keys.forEach(key -> keys.add(new KeyChange(entry.run, key)));
        }
        keys.sort(BY_KEY);
        List<KeyChange> first =
                keys.stream().filter(KeyChange::isFirstRevocation).toList();
        Form formOfBegins = Form.of(begins, begin -> PostgresWriteSql.isPlain(begin.entry, begin.run));
        Form formOfTasks = Form.of(tasks, row -> PostgresWriteSql.isPlain(row.task));
        String text = sql.many(new PostgresWriteSql.Parts(
                formOfBegins,
                !tags.isEmpty(),
                formOfTasks,
                !keys.isEmpty(),
                !first.isEmpty(),
                !changes.isEmpty(),
                again));
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            Parameters parameters = new Parameters(statement);
            if (formOfBegins == Form.PLAIN) {
                plainBegins(parameters, begins);
            } else if (formOfBegins == Form.FULL) {
                begins(parameters, begins);
            }
            if (!tags.isEmpty()) {
                tags(parameters, tags);
            }
            parameters.texts(begun, entry -> entry.run).longs(begun, entry -> entry.epoch);
            if (formOfTasks == Form.PLAIN) {
                plainTasks(parameters, tasks);
            } else if (formOfTasks == Form.FULL) {
                tasks(parameters, tasks);
            }
            if (!keys.isEmpty()) {
                keys(parameters, keys);
            }
            if (!first.isEmpty()) {
                names(parameters, first);
            }
            if (!changes.isEmpty()) {
                changes(parameters, changes);
            }
            return ids(statement);
        }
    }

    private record Beginning(RunEntry entry, NewRun run) {}

    private static void plainBegins(Parameters parameters, List<Beginning> begins) throws SQLException {
        parameters
                .texts(begins, begin -> begin.entry.run)
                .texts(begins, begin -> begin.run.flow().flow())
                .texts(begins, begin -> begin.run.flow().fingerprint())
                .texts(begins, begin -> begin.run.version())
                .texts(begins, begin -> begin.run.owner())
                .byteArrays(begins, begin -> begin.run.inputs())
                .seconds(begins, begin -> begin.run.createdAt())
                .integers(begins, begin -> begin.run.priority());
    }

    private static void begins(Parameters parameters, List<Beginning> begins) throws SQLException {
        parameters
                .texts(begins, begin -> begin.entry.run)
                .texts(begins, begin -> begin.run.flow().flow())
                .texts(begins, begin -> begin.run.flow().fingerprint())
                .texts(begins, begin -> begin.run.version())
                .texts(begins, begin -> begin.entry.status())
                .texts(begins, begin -> begin.entry.owner(begin.run))
                .byteArrays(begins, begin -> begin.run.inputs())
                .texts(begins, begin -> arrayLiteral(begin.run.targets()))
                .times(begins, begin -> begin.run.deadline())
                .byteArrays(begins, begin -> begin.entry.error())
                .times(begins, begin -> begin.run.createdAt())
                .times(begins, begin -> begin.entry.endedAt())
                .integers(begins, begin -> begin.run.priority());
    }

    private record Tag(String run, String name, String value, Instant createdAt) {}

    private static void tags(Parameters parameters, List<Tag> tags) throws SQLException {
        parameters
                .texts(tags, tag -> tag.run)
                .texts(tags, tag -> tag.name)
                .texts(tags, tag -> tag.value)
                .times(tags, tag -> tag.createdAt);
    }

    private record RunTask(String run, TaskRecord task) {}

    private static void plainTasks(Parameters parameters, List<RunTask> tasks) throws SQLException {
        parameters
                .texts(tasks, row -> row.run)
                .texts(tasks, row -> row.task.task())
                .integers(tasks, row -> row.task.attempt())
                .byteArrays(tasks, row -> row.task.result())
                .seconds(tasks, row -> row.task.startedAt())
                .seconds(tasks, row -> row.task.endedAt())
                .texts(tasks, row -> row.task.inputHash())
                .texts(tasks, row -> row.task.outputHash());
    }

    private static void tasks(Parameters parameters, List<RunTask> tasks) throws SQLException {
        parameters
                .texts(tasks, row -> row.run)
                .texts(tasks, row -> row.task.task())
                .texts(tasks, row -> row.task.element())
                .integers(tasks, row -> row.task.generation())
                .integers(tasks, row -> row.task.attempt())
                .texts(tasks, row -> row.task.kind().name())
                .texts(tasks, row -> row.task.status().name())
                .byteArrays(tasks, row -> row.task.result())
                .byteArrays(tasks, row -> row.task.error())
                .times(tasks, row -> row.task.startedAt())
                .times(tasks, row -> row.task.endedAt())
                .times(tasks, row -> row.task.dueAt())
                .texts(tasks, row -> row.task.inputHash())
                .texts(tasks, row -> row.task.outputHash())
                .byteArrays(tasks, row -> row.task.progress());
    }

    private record KeyChange(String run, KeyWrite write) {

        boolean isRevocation() {
            return write instanceof KeyWrite.Revoke;
        }

        boolean isFirstRevocation() {
            return isRevocation() && generation() == 0;
        }

        long generation() {
            return write instanceof KeyWrite.Revoke revoke ? revoke.generation() : 0;
        }

        @Nullable
        Instant expiresAt() {
            return write instanceof KeyWrite.Complete complete ? complete.expiresAt() : null;
        }

        byte @Nullable [] result() {
            return write instanceof KeyWrite.Complete complete ? complete.result() : null;
        }
    }

    private static void keys(Parameters parameters, List<KeyChange> keys) throws SQLException {
        names(parameters, keys);
        parameters
                .flags(keys, KeyChange::isRevocation)
                .longs(keys, KeyChange::generation)
                .times(keys, KeyChange::expiresAt)
                .byteArrays(keys, KeyChange::result);
    }

    private static void names(Parameters parameters, List<KeyChange> keys) throws SQLException {
        parameters
                .texts(keys, row -> row.run)
                .texts(keys, row -> row.write.key().flow())
                .texts(keys, row -> row.write.key().task())
                .texts(keys, row -> row.write.key().hash());
    }

    private record Becoming(RunEntry entry, RunWrite.Change change) {}

    private static void changes(Parameters parameters, List<Becoming> changes) throws SQLException {
        parameters
                .texts(changes, row -> row.entry.run)
                .texts(changes, row -> row.change.status().name())
                .byteArrays(changes, row -> row.change.error())
                .times(changes, row -> row.entry.endedAt())
                .flags(changes, row -> row.change.released());
    }

    private static Set<String> ids(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            Set<String> ids = new HashSet<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    /** A list as PostgreSQL writes an array of text. */
    private static String arrayLiteral(List<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
