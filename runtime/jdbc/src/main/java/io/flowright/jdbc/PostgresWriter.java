package io.flowright.jdbc;

import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunWrite;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a batch: one statement, which is one round trip and one commit, unless its parts depend on each other. */
final class PostgresWriter {

    private static final String PURPOSE = "Recording runs";

    private final Database database;
    private final PostgresWriteStatements statements;
    private final String beginnings;

    PostgresWriter(Database database, Tables tables) {
        this.database = database;
        this.statements = new PostgresWriteStatements(tables);
        this.beginnings = tables.in(
                "SELECT id, flow, fingerprint, inputs, created_at, owner FROM ${schema}${prefix}runs WHERE id = ANY (?) AND epoch = 1");
    }

    List<RunWrite.Outcome> write(List<RunWrite> writes) {
        if (writes.isEmpty()) {
            return List.of();
        }
        WritePlan plan = new WritePlan(writes);
        List<List<RunEntry>> steps = plan.steps();
        Set<RunEntry> written = steps.size() == 1
                ? database.autocommit(PURPOSE, connection -> writeOrRepeat(connection, steps.get(0)))
                : database.transaction(PURPOSE, connection -> writeInSteps(connection, steps));
        return plan.outcomes(written);
    }

    /** Before the first step all runs are begun and locked, in the order in which every batch does it. */
    private Set<RunEntry> writeInSteps(Connection connection, List<List<RunEntry>> steps) throws SQLException {
        Map<String, RunEntry> first = new TreeMap<>();
        steps.forEach(step -> step.forEach(entry -> first.putIfAbsent(entry.run, entry)));
        List<RunEntry> bare = first.values().stream().map(RunEntry::bare).toList();
        Set<String> held =
                writeOrRepeat(connection, bare).stream().map(entry -> entry.run).collect(Collectors.toSet());
        Set<RunEntry> written = new HashSet<>();
        for (List<RunEntry> step : steps) {
            // By what is executed what was asked for.
            Map<RunEntry, RunEntry> allowed = new LinkedHashMap<>();
            for (RunEntry entry : step) {
                if (first.get(entry.run) != entry) {
                    allowed.put(entry, entry);
                } else if (held.contains(entry.run)) {
                    allowed.put(entry.begun(), entry);
                }
            }
            for (RunEntry done : writeOrRepeat(connection, List.copyOf(allowed.keySet()))) {
                written.add(Objects.requireNonNull(allowed.get(done)));
            }
        }
        return written;
    }

    /**
     * Writes what concerns different runs. A run that was to begin and exists may be the same run: the call before was cut off when all
     * was done. Then what it has to add is written as for any run; twice does no harm.
     */
    private Set<RunEntry> writeOrRepeat(Connection connection, List<RunEntry> entries) throws SQLException {
        Set<String> ids = statements.execute(connection, entries);
        Set<RunEntry> written =
                entries.stream().filter(entry -> ids.contains(entry.run)).collect(Collectors.toSet());
        Map<RunEntry, RunEntry> repeated = new HashMap<>();
        for (RunEntry entry : ownBeginnings(connection, entries, written)) {
            repeated.put(entry.begun(), entry);
        }
        if (!repeated.isEmpty()) {
            Set<String> again = statements.execute(
                    connection,
                    repeated.keySet().stream()
                            .sorted(Comparator.comparing(entry -> entry.run))
                            .toList());
            repeated.values().stream()
                    .filter(entry -> again.contains(entry.run))
                    .forEach(written::add);
        }
        return written;
    }

    /** Of the runs that were to begin and exist those that are just as they were to begin. */
    private List<RunEntry> ownBeginnings(Connection connection, List<RunEntry> entries, Set<RunEntry> written)
            throws SQLException {
        Map<String, RunEntry> existing = entries.stream()
                .filter(entry -> entry.begin != null && !written.contains(entry))
                .collect(Collectors.toMap(entry -> entry.run, entry -> entry));
        List<RunEntry> own = new ArrayList<>();
        if (existing.isEmpty()) {
            return own;
        }
        try (PreparedStatement statement = connection.prepareStatement(beginnings)) {
            new Parameters(statement).texts(List.copyOf(existing.keySet()), id -> id);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    RunEntry entry = Objects.requireNonNull(existing.get(rows.getString(1)));
                    if (isBegunAs(Objects.requireNonNull(entry.begin), rows)) {
                        own.add(entry);
                    }
                }
            }
        }
        return own;
    }

    /** An engine may try to start an id twice; it has told the runs apart if any of this differs. */
    private static boolean isBegunAs(NewRun begin, ResultSet row) throws SQLException {
        return begin.owner().equals(row.getString("owner"))
                && begin.flow().flow().equals(row.getString("flow"))
                && begin.flow().fingerprint().equals(row.getString("fingerprint"))
                && Times.kept(begin.createdAt()).equals(Rows.time(row, "created_at"))
                && Arrays.equals(begin.inputs(), row.getBytes("inputs"));
    }
}
