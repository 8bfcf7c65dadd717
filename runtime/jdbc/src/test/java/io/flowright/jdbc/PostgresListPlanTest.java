package io.flowright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.spi.RunAdministration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How lists are executed when there are 1,000,000 runs of 12 flows: each page is found by walking indexes from the cursor on, and of the
 * table only the runs of the page are read; with the plan that serves all parameters, and with the one for these.
 */
class PostgresListPlanTest {

    private static final int RUNS = 1_000_000;
    private static final int LIMIT = 20;

    /** When the run in the middle was started. */
    private static final Instant MIDDLE = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(RUNS / 2);

    private static final Pattern NODE = Pattern.compile(
            "(\\w[\\w ]*Scan)(?: Backward)? (?:using|on) flowright_(\\w+).*actual rows=([0-9.]+) loops=([0-9]+)");

    private static final Pattern IN_VAIN = Pattern.compile("Rows Removed by (?:Join )?Filter: ([0-9.]+)");

    private static String schema = "";

    @BeforeAll
    static void fill() throws SQLException {
        PostgresServer.url();
        schema = PostgresServer.newSchema();
        PostgresStore.builder(PostgresServer.url()).schema(schema).open().close();
        PostgresServer.execute(
                "SET search_path = " + schema,
                "CREATE TEMP TABLE n AS SELECT i, lpad(i::text, 7, '0') AS id, 'flow' || i % 12 AS flow,"
                        + " timestamptz '2026-01-01Z' + i * interval '1 s' AS at,"
                        + " CASE WHEN i % 1000 = 0 THEN 'RUNNING' WHEN i % 100 = 1 THEN 'FAILED'"
                        + " WHEN i % 1000 = 2 THEN 'PAUSED' ELSE 'SUCCEEDED' END AS status"
                        + " FROM generate_series(1, " + RUNS + ") i",
                "INSERT INTO flowright_runs (id, flow, fingerprint, version, status, owner, epoch, priority, created_at, ended_at,"
                        + " targets, inputs) SELECT id, flow, 'f1', '', status, '', 1, 0, at,"
                        + " CASE WHEN status <> 'RUNNING' THEN at + interval '1 min' END, '{}', '\\x01' FROM n",
                "INSERT INTO flowright_tags SELECT id, 'order', 'order' || i, at FROM n WHERE i % 4 = 0",
                "INSERT INTO flowright_tags SELECT id, 'shop', 'shop' || i % 10, at FROM n WHERE i % 4 = 0",
                "VACUUM ANALYZE flowright_runs",
                "VACUUM ANALYZE flowright_tags");
    }

    @AfterAll
    static void drop() throws SQLException {
        PostgresServer.dropSchema(schema);
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void pagesAreFoundInIndexesAlone(String plans) throws SQLException {
        try (TappedSource source = new TappedSource();
                PostgresStore store = open(source)) {
            explain(source, plans);
            for (RunQuery query : queries()) {
                for (@Nullable RunCursor cursor : Arrays.asList(null, new RunCursor(MIDDLE, "0500000"))) {
                    List<RunSummary> page = store.administration().list(query, cursor, LIMIT);

                    List<String> explained = plans(source);
                    assertThat(explained).isNotEmpty();
                    for (String plan : explained) {
                        assertFewRead(query, page.size(), plan);
                    }
                }
            }
        }
    }

    private static PostgresStore open(TappedSource source) {
        return PostgresStore.builder(source).schema(schema).migrate(false).open();
    }

    private static List<RunQuery> queries() {
        List<RunQuery> queries = new ArrayList<>();
        for (@Nullable String flow : Arrays.asList(null, "flow1", "nobody's")) {
            for (Set<RunStatus> statuses : List.of(
                    Set.<RunStatus>of(),
                    Set.of(RunStatus.SUCCEEDED),
                    RunQuery.all().active().statuses(),
                    RunQuery.all().deadLetters().statuses())) {
                RunQuery query = new RunQuery(flow, statuses, Map.of(), null, null);
                queries.add(query);
                queries.add(query.from(MIDDLE.minusSeconds(1_000)).before(MIDDLE.plusSeconds(1_000)));
            }
        }
        queries.add(RunQuery.all().withTag("shop", "shop4"));
        queries.add(RunQuery.all().withTag("shop", "shop4").withTag("order", "order4"));
        queries.add(RunQuery.all().withTag("order", "order4").ofFlow("flow4").withStatus(RunStatus.SUCCEEDED));
        queries.add(RunQuery.all().withTag("shop", "shop4").withStatus(RunStatus.SUCCEEDED));
        queries.add(RunQuery.all().withTag("shop", "shop4").ofFlow("flow4").before(MIDDLE));
        queries.add(RunQuery.all().withTag("shop", "nobody's").ofFlow("flow4"));
        return queries;
    }

    /** Of runs what is on the page; of indexes some steps for each flow and status. */
    private static void assertFewRead(RunQuery query, int page, String plan) {
        assertThat(plan).as("%s", query).doesNotContain("Seq Scan on flowright_");
        double ofRuns = 0;
        double ofIndexes = 0;
        Matcher nodes = NODE.matcher(plan);
        while (nodes.find()) {
            double rows = Double.parseDouble(nodes.group(3)) * Integer.parseInt(nodes.group(4));
            if (nodes.group(1).endsWith("Index Only Scan")) {
                ofIndexes += rows;
            } else {
                ofRuns += rows;
            }
        }
        Matcher inVain = IN_VAIN.matcher(plan);
        while (inVain.find()) {
            ofIndexes += Double.parseDouble(inVain.group(1));
        }
        // With tags each run of them is looked at for what else is asked; and a tag of many runs is counted to a
        // thousand.
        assertThat(ofRuns)
                .as("%s%n%s", query, plan)
                .isLessThanOrEqualTo(query.tags().isEmpty() ? page * 3 : 500);
        assertThat(ofIndexes).as("%s%n%s", query, plan).isLessThan(2_500);
    }

    @Test
    void countsAreMadeOfTheIndexAlone() throws SQLException {
        try (TappedSource source = new TappedSource();
                PostgresStore store = open(source)) {
            explain(source, "auto");
            // As on connections of the store's own. Else it is the server's choice, which depends on how long the rows
            // are.
            try (Statement statement = source.connection().createStatement()) {
                statement.execute("SET enable_seqscan = off");
            }

            assertThat(store.administration().count()).hasSizeGreaterThan(12);

            assertThat(plans(source))
                    .hasSize(1)
                    .allMatch(plan -> plan.contains("Index Only Scan using flowright_runs_listed"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void runsAreRemovedWithoutReadingTheOthers(String plans) throws SQLException {
        try (TappedSource source = new TappedSource();
                PostgresStore store = open(source)) {
            explain(source, plans);
            RunAdministration desk = store.administration();

            assertThat(desk.purge(null, RunStatus.SUCCEEDED, MIDDLE, LIMIT)).isEqualTo(LIMIT);
            assertThat(desk.purge("flow3", RunStatus.SUCCEEDED, MIDDLE, LIMIT)).isEqualTo(LIMIT);
            assertThat(desk.purge(null, RunStatus.CANCELLED, MIDDLE, LIMIT)).isZero();
            assertThat(desk.purgeKeys(LIMIT)).isZero();

            assertThat(plans(source)).hasSizeGreaterThanOrEqualTo(4).allSatisfy(plan -> {
                assertThat(plan).doesNotContain("Seq Scan on flowright_runs", "Seq Scan on flowright_tags");
                Matcher nodes = NODE.matcher(plan);
                double rows = 0;
                while (nodes.find()) {
                    rows += Double.parseDouble(nodes.group(3)) * Integer.parseInt(nodes.group(4));
                }
                assertThat(rows).as(plan).isLessThan(1_000);
            });
        }
    }

    private static void explain(TappedSource source, String plans) throws SQLException {
        Connection connection = source.connection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOAD 'auto_explain'");
            for (Map.Entry<String, String> setting : Map.of(
                            "auto_explain.log_min_duration", "0",
                            "auto_explain.log_analyze", "on",
                            "auto_explain.log_timing", "off",
                            "auto_explain.log_level", "notice",
                            "plan_cache_mode", plans)
                    .entrySet()) {
                statement.execute("SET " + setting.getKey() + " = " + setting.getValue());
            }
        }
        source.plans();
    }

    private static List<String> plans(TappedSource source) {
        return source.plans().stream()
                .filter(plan -> plan.contains("flowright_runs") || plan.contains("flowright_tags"))
                .toList();
    }
}
