package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.RunCount;
import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.spi.FlowVersion;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists of runs in SQLite, and what else people look at. Each method works in the transaction of its session, where one that needs more
 * than one statement sees one state of the file.
 *
 * <p>Without tags a page is found in the index of runs by flow, status and time: for each flow and status one walk, of which the newest
 * are taken. At most as many walks have a part in a page as the page has runs, namely those that begin with the newest ones; the others
 * end after one step. With tags it is the index of tags, with a look at each run for what else is asked.
 */
final class SqliteLists {

    static final String WALK = """
            SELECT number, created_at, id FROM ${prefix}runs
            WHERE flow = ? AND status = ? AND (created_at, id) < (?, ?) AND created_at >= ?
            ORDER BY created_at DESC, id DESC LIMIT ?""";

    /** Not by a comparison of both columns at once: SQLite would read all runs of the flow and status before. */
    static final String NEXT_STATUS =
            "SELECT flow, status FROM ${prefix}runs WHERE flow = ? AND status > ? ORDER BY status LIMIT 1";

    static final String FIRST_OF_NEXT_FLOW =
            "SELECT flow, status FROM ${prefix}runs WHERE flow > ? ORDER BY flow, status LIMIT 1";

    static final String NEXT_FLOW = "SELECT flow FROM ${prefix}runs WHERE flow > ? ORDER BY flow LIMIT 1";

    static final String COUNT = "SELECT flow, status, count(*) FROM ${prefix}runs GROUP BY flow, status";

    @SuppressWarnings("InlineFormatString") // The statements stand together.
    private static final String TAGGED = """
            SELECT t.run FROM ${prefix}tags t %s
            WHERE t.name = ? AND t.value = ? AND (t.created_at, t.id) < (?, ?) AND t.created_at >= ?%s
            ORDER BY t.created_at DESC, t.id DESC LIMIT ?""";

    private static final String FURTHER_TAG =
            " AND (SELECT f.value FROM ${prefix}tags f WHERE f.run = t.run AND f.name = ?) = ?";

    static final String HOW_MANY =
            "SELECT count(*) FROM (SELECT 1 FROM ${prefix}tags WHERE name = ? AND value = ? LIMIT 1000)";

    /** UTF-8 is ordered as SQLite orders. */
    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparingLong(Entry::createdAt)
            .thenComparing(Entry::idBytes, Arrays::compareUnsigned)
            .reversed();

    /** A flow and a status that runs have. */
    private record Group(String flow, RunStatus status) {}

    /** An entry in the index. */
    private record Entry(long number, long createdAt, String id) {
        byte[] idBytes() {
            return id.getBytes(StandardCharsets.UTF_8);
        }
    }

    private record Head(Group group, Entry entry) {}

    private SqliteLists() {}

    static Optional<byte[]> outline(SqliteSession session, FlowVersion flow) throws SQLException {
        return session.one(
                "SELECT outline FROM ${prefix}outlines WHERE flow = ? AND fingerprint = ?",
                row -> row.getBytes(1),
                flow.flow(),
                flow.fingerprint());
    }

    static Optional<RunSummary> summary(SqliteSession session, String run) throws SQLException {
        Optional<Long> number =
                session.one("SELECT number FROM ${prefix}runs WHERE id = ?", row -> row.getLong(1), run);
        return number.isEmpty() ? Optional.empty() : Optional.of(summary(session, number.get()));
    }

    static List<RunCount> count(SqliteSession session) throws SQLException {
        List<RunCount> counts = session.list(
                COUNT, row -> new RunCount(row.getString(1), RunStatus.valueOf(row.getString(2)), row.getLong(3)));
        return counts.stream()
                .sorted(Comparator.comparing(RunCount::flow).thenComparing(RunCount::status))
                .toList();
    }

    static List<RunSummary> list(SqliteSession session, RunQuery query, @Nullable RunCursor after, int limit)
            throws SQLException {
        ListRange range = ListRange.of(query, after);
        List<Long> page =
                query.tags().isEmpty() ? page(session, query, range, limit) : tagged(session, query, range, limit);
        List<RunSummary> summaries = new ArrayList<>();
        for (long number : page) {
            summaries.add(summary(session, number));
        }
        return summaries;
    }

    private static List<Long> page(SqliteSession session, RunQuery query, ListRange range, int limit)
            throws SQLException {
        List<Head> heads = new ArrayList<>();
        for (Group group : groups(session, query)) {
            walk(session, group, range, 1).forEach(entry -> heads.add(new Head(group, entry)));
        }
        List<Head> newest = heads.stream()
                .sorted(Comparator.comparing(Head::entry, NEWEST_FIRST))
                .limit(limit)
                .toList();
        List<Entry> entries = new ArrayList<>();
        for (Head head : newest) {
            entries.addAll(walk(session, head.group, range, limit));
        }
        return entries.stream()
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .map(Entry::number)
                .toList();
    }

    private static List<Entry> walk(SqliteSession session, Group group, ListRange range, int limit)
            throws SQLException {
        return session.list(
                WALK,
                row -> new Entry(row.getLong(1), row.getLong(2), row.getString(3)),
                group.flow,
                group.status.name(),
                Micros.bound(range.before()),
                range.beforeId(),
                Micros.bound(range.from()),
                limit);
    }

    private static List<Group> groups(SqliteSession session, RunQuery query) throws SQLException {
        if (query.flow() != null) {
            return statuses(query)
                    .map(status -> new Group(query.flow(), status))
                    .toList();
        }
        List<Group> groups = new ArrayList<>();
        Optional<Group> next = nextGroup(session, "", "");
        while (next.isPresent()) {
            Group group = next.get();
            groups.add(group);
            next = nextGroup(session, group.flow, group.status.name());
        }
        return query.statuses().isEmpty()
                ? groups
                : groups.stream()
                        .filter(group -> query.statuses().contains(group.status))
                        .toList();
    }

    private static Optional<Group> nextGroup(SqliteSession session, String flow, String status) throws SQLException {
        SqliteSession.Row<Group> group = row -> new Group(row.getString(1), RunStatus.valueOf(row.getString(2)));
        Optional<Group> next = session.one(NEXT_STATUS, group, flow, status);
        return next.isPresent() ? next : session.one(FIRST_OF_NEXT_FLOW, group, flow);
    }

    /** The flows that have runs. */
    static List<String> flows(SqliteSession session) throws SQLException {
        List<String> flows = new ArrayList<>();
        Optional<String> next = session.one(NEXT_FLOW, row -> row.getString(1), "");
        while (next.isPresent()) {
            flows.add(next.get());
            next = session.one(NEXT_FLOW, row -> row.getString(1), next.get());
        }
        return flows;
    }

    private static Stream<RunStatus> statuses(RunQuery query) {
        return query.statuses().isEmpty() ? Stream.of(RunStatus.values()) : query.statuses().stream();
    }

    // ---- by tag --------------------------------------------------------------------------------------------------

    private static List<Long> tagged(SqliteSession session, RunQuery query, ListRange range, int limit)
            throws SQLException {
        String first = rarest(session, query.tags());
        List<Object> values = new ArrayList<>(List.of(
                first,
                String.valueOf(query.tags().get(first)),
                Micros.bound(range.before()),
                range.beforeId(),
                Micros.bound(range.from())));
        query.tags().forEach((name, value) -> {
            if (!name.equals(first)) {
                values.addAll(List.of(name, value));
            }
        });
        if (query.flow() != null) {
            values.add(query.flow());
        }
        query.statuses().forEach(status -> values.add(status.name()));
        values.add(limit);
        return session.list(tagged(query), row -> row.getLong(1), values.toArray());
    }

    /** A cross join is one in the order in which it is written. */
    static String tagged(RunQuery query) {
        boolean withRuns = query.flow() != null || !query.statuses().isEmpty();
        String further = FURTHER_TAG.repeat(query.tags().size() - 1);
        String flow = query.flow() == null ? "" : " AND r.flow = ?";
        int statuses = query.statuses().size();
        String status = statuses == 0 ? "" : " AND r.status IN (?" + ", ?".repeat(statuses - 1) + ")";
        return TAGGED.formatted(
                withRuns ? "CROSS JOIN ${prefix}runs r ON r.number = t.run" : "", further + flow + status);
    }

    /** The name of the tag that the fewest runs have, as far as it matters. */
    private static String rarest(SqliteSession session, Map<String, String> tags) throws SQLException {
        String rarest = tags.keySet().iterator().next();
        long fewest = Long.MAX_VALUE;
        if (tags.size() > 1) {
            for (Map.Entry<String, String> tag : tags.entrySet()) {
                long runs = session.one(HOW_MANY, row -> row.getLong(1), tag.getKey(), tag.getValue())
                        .orElseThrow();
                if (runs < fewest) {
                    fewest = runs;
                    rarest = tag.getKey();
                }
            }
        }
        return rarest;
    }

    // ---- the rows of a page --------------------------------------------------------------------------------------

    private static RunSummary summary(SqliteSession session, long number) throws SQLException {
        Map<String, String> tags = new LinkedHashMap<>();
        session.list(
                "SELECT name, value FROM ${prefix}tags WHERE run = ? ORDER BY name",
                row -> tags.put(row.getString(1), row.getString(2)),
                number);
        return session.one(
                        "SELECT * FROM ${prefix}runs WHERE number = ?",
                        row -> Records.OF_SQLITE.summary(row, Collections.unmodifiableMap(tags)),
                        number)
                .orElseThrow();
    }
}
