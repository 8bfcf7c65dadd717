package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.RunCount;
import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.spi.FlowVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists of runs in PostgreSQL, and what else people look at. */
final class PostgresLists {

    private static final String PURPOSE = "Listing runs";

    private final Database database;
    private final Tables tables;
    private final String summary;
    private final String outline;
    private final String count;
    private final String rarest;

    PostgresLists(Database database, Tables tables) {
        this.database = database;
        this.tables = tables;
        this.summary = tables.in("SELECT " + PostgresListSql.COLUMNS + " FROM ${schema}${prefix}runs r WHERE r.id = ?");
        this.outline = tables.in("SELECT outline FROM ${schema}${prefix}outlines WHERE flow = ? AND fingerprint = ?");
        this.count =
                tables.in("SELECT flow, status, count(*) AS runs FROM ${schema}${prefix}runs GROUP BY flow, status");
        this.rarest = tables.in(PostgresListSql.RAREST);
    }

    Optional<byte[]> outline(FlowVersion flow) {
        return database
                .query(
                        "Reading an outline",
                        outline,
                        row -> row.getBytes(1),
                        parameters -> parameters.text(flow.flow()).text(flow.fingerprint()))
                .stream()
                .findFirst();
    }

    Optional<RunSummary> summary(String run) {
        return database
                .query("Looking for a run", summary, PostgresLists::summary, parameters -> parameters.text(run))
                .stream()
                .findFirst();
    }

    List<RunCount> count() {
        return database
                .query(
                        "Counting runs",
                        count,
                        row -> new RunCount(
                                row.getString("flow"), RunStatus.valueOf(row.getString("status")), row.getLong("runs")),
                        parameters -> null)
                .stream()
                .sorted(Comparator.comparing(RunCount::flow).thenComparing(RunCount::status))
                .toList();
    }

    List<RunSummary> list(RunQuery query, @Nullable RunCursor after, int limit) {
        ListRange range = ListRange.of(query, after);
        String sql = tables.in(PostgresListSql.page(query));
        if (query.tags().isEmpty()) {
            return database.query(
                    PURPOSE, sql, PostgresLists::summary, parameters -> groups(parameters, query, range, limit));
        }
        String first =
                query.tags().size() == 1 ? query.tags().keySet().iterator().next() : rarest(query.tags());
        return database.query(
                PURPOSE, sql, PostgresLists::summary, parameters -> tagged(parameters, query, first, range, limit));
    }

    private String rarest(Map<String, String> tags) {
        List<Map.Entry<String, String>> wanted = List.copyOf(tags.entrySet());
        return database.query(
                        PURPOSE,
                        rarest,
                        row -> row.getString(1),
                        parameters ->
                                parameters.texts(wanted, Map.Entry::getKey).texts(wanted, Map.Entry::getValue))
                .get(0);
    }

    private static Parameters groups(Parameters parameters, RunQuery query, ListRange range, int limit)
            throws SQLException {
        if (query.flow() != null) {
            parameters.text(query.flow());
        }
        parameters.texts(statuses(query), RunStatus::name);
        range(parameters, range).number(limit);
        return range(parameters, range).number(limit).number(limit);
    }

    private static Parameters tagged(Parameters parameters, RunQuery query, String first, ListRange range, int limit)
            throws SQLException {
        if (query.flow() != null || !query.statuses().isEmpty()) {
            parameters.text(query.flow()).text(query.flow()).texts(statuses(query), RunStatus::name);
        }
        parameters.text(first).text(query.tags().get(first));
        range(parameters, range);
        for (Map.Entry<String, String> tag : query.tags().entrySet()) {
            if (!tag.getKey().equals(first)) {
                parameters.text(tag.getKey()).text(tag.getValue());
            }
        }
        return parameters.number(limit);
    }

    private static Parameters range(Parameters parameters, ListRange range) throws SQLException {
        return parameters.bound(range.before()).text(range.beforeId()).bound(range.from());
    }

    private static List<RunStatus> statuses(RunQuery query) {
        Collection<RunStatus> statuses = query.statuses().isEmpty() ? List.of(RunStatus.values()) : query.statuses();
        return List.copyOf(statuses);
    }

    private static RunSummary summary(ResultSet row) throws SQLException {
        return Records.OF_POSTGRES.summary(row, tags(row));
    }

    private static Map<String, String> tags(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("tag_names").getArray();
        String[] values = (String[]) row.getArray("tag_values").getArray();
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            tags.put(names[i], values[i]);
        }
        return Collections.unmodifiableMap(tags);
    }
}
