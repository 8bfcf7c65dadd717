package io.flowright.jdbc;

import static io.flowright.runtime.spi.RunWrite.Outcome.EXISTS;
import static io.flowright.runtime.spi.RunWrite.Outcome.STALE;
import static io.flowright.runtime.spi.RunWrite.Outcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunWrite;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many statements and commits it takes, counted where they leave for the server. */
class PostgresStatementTest {

    private static final KeyName KEY = new KeyName("order", "charge", "00");

    private String schema = "";
    private TappedSource source;
    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        schema = PostgresServer.newSchema();
        source = new TappedSource();
        store = PostgresStore.builder(source).schema(schema).open();
        store.enter("a", "label", Sample.LONG);
        forget();
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        source.close();
        PostgresServer.dropSchema(schema);
    }

    @Test
    void chainOfThreeTasksCostsFourStatementsAndCommits() {
        assertWrittenAtOnce(Sample.begin("run", "a"));
        assertWrittenAtOnce(Sample.task("run", "one"));
        assertWrittenAtOnce(Sample.task("run", "two"));
        assertWrittenAtOnce(Sample.completion("run", "three"));

        assertThat(store.tasks("run")).hasSize(3);
        assertThat(store.find("run").orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void severalRecordsOrNoneOfOneRunAreOneStatement() {
        assertWrittenAtOnce(Sample.begin("run", "a"));
        assertWrittenAtOnce(new RunWrite(
                "run", 1, null, List.of(Sample.succeeded("one"), Sample.succeeded("two")), List.of(), null));
        assertWrittenAtOnce(new RunWrite("run", 1, null, List.of(), List.of(), null));
        assertWrittenAtOnce(new RunWrite("run", 1, null, List.of(), List.of(), Sample.change(RunStatus.PAUSED)));
    }

    @Test
    void taskWithItsKeyIsOneStatement() {
        assertWrittenAtOnce(Sample.begin("run", "a"));
        store.claim(KEY, "run", 1);
        assertThat(source.statements()).hasSize(1);
        assertThat(source.commits()).isEqualTo(1);

        assertWrittenAtOnce(Sample.taskWithKey("run", "charge", KEY));
    }

    @Test
    void batchOfAHundredRunsIsOneStatementAndOneTransaction() throws SQLException {
        List<RunWrite> begins = Stream.iterate(0, i -> i + 1)
                .limit(100)
                .map(i -> Sample.begin("run" + i, "a"))
                .toList();
        assertWrittenAtOnce(begins.toArray(RunWrite[]::new));
        assertThat(transactions("runs")).isEqualTo(1);

        List<RunWrite> mixed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (i % 3 == 0) {
                RunWrite end = Sample.completion("other" + i, "two");
                NewRun begin = Sample.begin("other" + i, "a").begin();
                mixed.add(new RunWrite(end.run(), 1, begin, end.tasks(), end.keys(), end.change()));
            } else {
                mixed.add(Sample.task("run" + i, "one"));
                mixed.add(Sample.completion("run" + i, "two"));
            }
        }
        assertWrittenAtOnce(mixed.toArray(RunWrite[]::new));

        assertThat(transactions("tasks")).isEqualTo(1);
        assertThat(store.tasks("run1")).extracting(task -> task.task()).containsExactly("one", "two");
        assertThat(store.find("other3").orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(store.find("run1").orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void refusalsCostNothingMore() {
        assertWrittenAtOnce(Sample.begin("run", "a"));
        RunWrite stale = new RunWrite("run", 2, null, List.of(Sample.succeeded("one")), List.of(), null);

        assertThat(store.write(List.of(stale))).containsExactly(STALE);
        assertThat(store.write(List.of(stale, Sample.begin("next", "a")))).containsExactly(STALE, WRITTEN);

        assertThat(source.statements()).hasSize(2);
        assertThat(source.commits()).isEqualTo(2);
    }

    @Test
    void whatDependsOnOrderIsStillOneTransaction() {
        assertWrittenAtOnce(Sample.begin("run", "a"));
        store.claim(KEY, "run", 1);
        forget();
        List<KeyWrite> keys =
                List.of(new KeyWrite.Complete(KEY, null, Instant.now().plus(Sample.LONG)), new KeyWrite.Revoke(KEY, 0));

        assertThat(store.write(List.of(
                        new RunWrite("run", 1, null, List.of(Sample.succeeded("one")), keys, null),
                        Sample.begin("run", "b"),
                        Sample.task("run", "two"))))
                .containsExactly(WRITTEN, EXISTS, WRITTEN);

        assertThat(source.commits()).isEqualTo(1);
        assertThat(store.tasks("run")).hasSize(2);
    }

    @Test
    void everythingElseIsOneStatementToo() {
        assertWrittenAtOnce(Sample.begin("run", "dead"), Sample.begin("own", "a"));

        assertOne(() -> store.renew("a", Sample.LONG, List.of(new RunActivity("own", 1, new byte[1]))));
        assertOne(() -> store.announce("a", Sample.FLOW, new byte[] {1}));
        assertOne(() -> store.announced());
        assertOne(() -> store.orphans(10));
        assertOne(() -> store.adopt("a", Set.of(Sample.FLOW), 10));
        assertOne(() -> store.acquire("run", "a", Set.of(RunStatus.RUNNING), RunStatus.COMPENSATING));
        assertOne(() -> store.find("run"));
        assertOne(() -> store.tasks("run"));
        assertOne(() -> store.activity("own"));
        assertOne(() -> store.owned("a"));
        assertOne(() -> store.disown("a", "own", 1));
        assertOne(() -> store.leave("a"));
    }

    private void assertWrittenAtOnce(RunWrite... writes) {
        assertThat(store.write(List.of(writes))).hasSize(writes.length).containsOnly(WRITTEN);
        assertThat(source.statements()).hasSize(1);
        assertThat(source.commits()).isEqualTo(1);
    }

    private void assertOne(Runnable call) {
        forget();
        call.run();
        assertThat(source.statements()).hasSize(1);
        assertThat(source.commits()).isEqualTo(1);
    }

    private void forget() {
        source.statements();
        source.commits();
    }

    /** By how many transactions the rows of the table were written, as the server says. */
    private int transactions(String table) throws SQLException {
        String sql = "SELECT count(DISTINCT xmin::text) FROM " + schema + ".flowright_" + table;
        try (Statement statement = source.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
