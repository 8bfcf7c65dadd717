package io.flowright.jdbc;

import static io.flowright.runtime.spi.RunWrite.Outcome.STALE;
import static io.flowright.runtime.spi.RunWrite.Outcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.RunWrite;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes while another engine claims the run waits for the claim, and is refused. */
class PostgresFencingTest {

    private static final KeyName KEY = new KeyName("order", "charge", "00");

    private String schema = "";
    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        String url = PostgresServer.url();
        schema = PostgresServer.newSchema();
        store = PostgresStore.builder(url).schema(schema).open();
        store.write(List.of(Sample.begin("run", "a"), Sample.begin("other", "a")));
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        PostgresServer.dropSchema(schema);
    }

    static List<RunWrite> writes() {
        RunWrite.Change paused = Sample.change(RunStatus.PAUSED);
        return List.of(
                Sample.task("run", "one"),
                Sample.completion("run", "one"),
                Sample.taskWithKey("run", "one", KEY),
                new RunWrite("run", 1, null, List.of(), List.of(), paused),
                new RunWrite(
                        "run", 1, null, List.of(Sample.succeeded("one"), Sample.succeeded("two")), List.of(), paused));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void writeOfARunThatIsBeingClaimedWaitsAndIsRefused(RunWrite write) throws Exception {
        assertThat(whileClaimed(() -> store.write(List.of(write)))).containsExactly(STALE);

        assertNothingWritten();
    }

    @ParameterizedTest
    @MethodSource("writes")
    void inABatchItIsRefusedAlone(RunWrite write) throws Exception {
        List<RunWrite> batch = List.of(Sample.begin("next", "a"), write, Sample.completion("other", "one"));

        assertThat(whileClaimed(() -> store.write(batch))).containsExactly(WRITTEN, STALE, WRITTEN);

        assertNothingWritten();
        assertThat(store.tasks("other")).hasSize(1);
        assertThat(store.find("next")).isPresent();
    }

    @Test
    void keyIsNotClaimedForARunThatIsBeingClaimed() throws Exception {
        assertThat(whileClaimed(() -> store.claim(KEY, "run", 1))).isEmpty();
    }

    private void assertNothingWritten() {
        assertThat(store.tasks("run")).isEmpty();
        assertThat(store.find("run")).hasValueSatisfying(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
            assertThat(run.epoch()).isEqualTo(2);
            assertThat(run.owner()).isEqualTo("b");
        });
    }

    /** Makes the call between a claim of the run and its commit; the call has to wait. */
    private <T> T whileClaimed(Supplier<T> call) throws Exception {
        try (Connection claimant = PostgresServer.connect();
                Statement statement = claimant.createStatement()) {
            claimant.setAutoCommit(false);
            statement.execute("UPDATE " + schema + ".flowright_runs SET epoch = 2, owner = 'b' WHERE id = 'run'");
            CompletableFuture<T> answer = CompletableFuture.supplyAsync(call);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> someoneWaits() || answer.isDone());
            assertThat(answer).isNotDone();
            claimant.commit();
            return answer.get();
        }
    }

    private boolean someoneWaits() throws SQLException {
        try (Connection connection = PostgresServer.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND query LIKE '%" + schema + ".%'")) {
            return rows.next();
        }
    }
}
