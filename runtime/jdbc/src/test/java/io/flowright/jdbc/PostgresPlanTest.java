package io.flowright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunWrite;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How the statements are executed when there are many runs: the server explains each as it runs, with the plan that serves all values of
 * the parameters or with the one for these, and with its settings as they come.
 */
class PostgresPlanTest {

    private static final int DONE = 100_000;
    private static final int ACTIVE = 20_000;

    /** What the planner thinks, and what happened: {@code Seq Scan on flowright_runs r (cost=0.00..1.00 rows=1 width=1) (actual rows=7}. */
    private static final Pattern SCANNED = Pattern.compile("Seq Scan on flowright_(\\w+)");

    private static final Pattern READ =
            Pattern.compile("(?:Index|Bitmap Heap).* on flowright_\\w+ .*actual rows=([0-9.]+) loops=([0-9]+)");

    /** They are read from end to end because they have few rows. */
    private static final Set<String> SMALL = Set.of("engines", "announcements");

    private static String schema = "";

    @BeforeAll
    static void fill() throws SQLException {
        PostgresServer.url();
        schema = PostgresServer.newSchema();
        PostgresStore.builder(PostgresServer.url()).schema(schema).open().close();
        String runs = "INSERT INTO " + schema
                + ".flowright_runs (id, flow, fingerprint, version, status, owner, epoch, priority, created_at,"
                + " ended_at, targets, inputs) SELECT ";
        PostgresServer.execute(
                runs
                        + "'done' || i, 'order', 'f1', '', 'SUCCEEDED', '', 1, 0, now() - i * interval '1 s', now(), '{}', '\\x01'"
                        + " FROM generate_series(1, " + DONE + ") i",
                runs
                        + "'live' || i, 'order', 'f1', '', 'RUNNING', 'live' || i % 5, 1, 0, now() - i * interval '1 s', null, '{}', '\\x01'"
                        + " FROM generate_series(1, " + ACTIVE + ") i",
                runs
                        + "'orphan' || i, 'order', 'f1', '', 'RUNNING', 'dead' || i % 3, 1, 0, now() - i * interval '1 s', null, '{}', '\\x01'"
                        + " FROM generate_series(1, 300) i",
                "INSERT INTO " + schema
                        + ".flowright_engines SELECT 'live' || i, '', now(), now() + interval '1 day', true, 0"
                        + " FROM generate_series(0, 4) i",
                "INSERT INTO " + schema
                        + ".flowright_engines SELECT 'dead' || i, '', now(), now() - interval '1 s', true, 0"
                        + " FROM generate_series(0, 1) i",
                "INSERT INTO " + schema
                        + ".flowright_tasks SELECT 'done' || i, 'task', '', 0, 1, 'END', 'SUCCEEDED', null, now()"
                        + " FROM generate_series(1, " + DONE + ") i",
                "INSERT INTO " + schema + ".flowright_idempotency SELECT 'order', 'task', 'hash' || i, 0, 'done' || i"
                        + " FROM generate_series(1, " + DONE + ") i",
                "INSERT INTO " + schema + ".flowright_commands (run, kind) SELECT 'done' || i, 'PAUSE'"
                        + " FROM generate_series(1, 10000) i",
                "INSERT INTO " + schema + ".flowright_activities SELECT 'done' || i, '\\x01'"
                        + " FROM generate_series(1, " + DONE + ") i",
                "ANALYZE");
    }

    @AfterAll
    static void drop() throws SQLException {
        PostgresServer.dropSchema(schema);
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_generic_plan", "force_custom_plan"})
    void noStatementReadsALargeTableFromEndToEnd(String plans) throws SQLException {
        try (TappedSource source = new TappedSource();
                PostgresStore store = PostgresStore.builder(source)
                        .schema(schema)
                        .migrate(false)
                        .open()) {
            explain(source, plans);
            String prefix = plans + "-";
            KeyName key = new KeyName("order", "task", "hash7");

            store.write(List.of(Sample.begin(prefix + 1, "live1")));
            store.write(List.of(Sample.task(prefix + 1, "one")));
            store.write(List.of(Sample.completion(prefix + 1, "two")));
            store.write(
                    List.of(new RunWrite(prefix + 1, 1, null, List.of(), List.of(), Sample.change(RunStatus.PAUSED))));
            store.write(IntStream.range(2, 40)
                    .mapToObj(i -> Sample.begin(prefix + i, "live1"))
                    .toList());
            store.write(IntStream.range(2, 40)
                    .mapToObj(i -> i % 2 == 0
                            ? Sample.completion(prefix + i, "one")
                            : Sample.taskWithKey(prefix + i, "one", new KeyName("order", "task", "hash" + i)))
                    .toList());
            KeyWrite revoke = new KeyWrite.Revoke(key, 0);
            store.write(List.of(new RunWrite(prefix + 3, 1, null, List.of(), List.of(revoke), null)));
            store.write(List.of(Sample.begin(prefix + 1, "live2")));
            store.claim(key, prefix + 3, 1);
            store.find(prefix + 1);
            store.tasks(prefix + 1);
            store.activity("done7");
            store.renew("live1", Sample.LONG, List.of(new RunActivity(prefix + 1, 1, new byte[1])));
            store.acquire(prefix + 1, "live2", Set.of(RunStatus.PAUSED), RunStatus.RUNNING);
            store.owned("dead1");
            store.disown("live1", prefix + 2, 1);
            store.announce("live1", Sample.FLOW, new byte[] {1});
            store.announced();

            assertThat(plans(source)).hasSizeGreaterThan(12).allSatisfy(PostgresPlanTest::readsFewRows);
        }
    }

    @Test
    void orphansAreFoundWithoutReadingTheRunsOfLiveEngines() throws SQLException {
        try (TappedSource source = new TappedSource();
                PostgresStore store = PostgresStore.builder(source)
                        .schema(schema)
                        .migrate(false)
                        .open()) {
            for (String plans : List.of("force_generic_plan", "force_custom_plan")) {
                explain(source, plans);

                assertThat(store.orphans(10))
                        .hasSize(10)
                        .allMatch(run -> run.owner().startsWith("dead"));
                assertThat(store.adopt("live1", Set.of(Sample.FLOW), 10))
                        .hasSize(10)
                        .allMatch(run -> run.id().startsWith("orphan"));

                assertThat(plans(source)).hasSize(2).allSatisfy(PostgresPlanTest::readsFewRows);
            }
        }
    }

    private static void readsFewRows(String plan) {
        Matcher scans = SCANNED.matcher(plan);
        while (scans.find()) {
            assertThat(SMALL).as(plan).contains(scans.group(1));
        }
        Matcher reads = READ.matcher(plan);
        double rows = 0;
        while (reads.find()) {
            rows += Double.parseDouble(reads.group(1)) * Integer.parseInt(reads.group(2));
        }
        assertThat(rows).as(plan).isLessThan(1000);
    }

    private static void explain(TappedSource source, String plans) throws SQLException {
        try (Statement statement = source.connection().createStatement()) {
            for (Map.Entry<String, String> setting : Map.of(
                            "auto_explain.log_min_duration", "0",
                            "auto_explain.log_analyze", "on",
                            "auto_explain.log_timing", "off",
                            "auto_explain.log_level", "notice",
                            "plan_cache_mode", plans)
                    .entrySet()) {
                statement.execute("LOAD 'auto_explain'");
                statement.execute("SET " + setting.getKey() + " = " + setting.getValue());
            }
        }
        source.plans();
    }

    private static List<String> plans(TappedSource source) {
        return source.plans().stream()
                .filter(plan -> plan.contains("flowright_"))
                .toList();
    }
}
