package io.flowright.jdbc;

import static io.flowright.runtime.spi.RunWrite.Outcome.STALE;
import static io.flowright.runtime.spi.RunWrite.Outcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.RunWrite;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    @Test
    void keyThatIsTakenWhileItsClaimWaitsIsBusy() throws Exception {
        store.enter("a", "", Duration.ofMinutes(1));

        assertThat(whileLocked(() -> store.claim(KEY, "run", 1), () -> {
                    store.write(List.of(Sample.begin("next", "a")));
                    assertThat(store.claim(KEY, "next", 1)).contains(new KeyClaim.Owned(0));
                }))
                .contains(new KeyClaim.Busy());
    }

    @Test
    void keyOfARunThatIsAdoptedWhileTheClaimWaitsIsBusy() throws Exception {
        // Later in the order in which runs are locked.
        store.write(List.of(Sample.begin("z", "dead")));
        assertThat(store.claim(KEY, "z", 1)).contains(new KeyClaim.Owned(0));

        assertThat(whileLocked(() -> store.claim(KEY, "run", 1), () -> {
                    store.enter("b", "", Duration.ofMinutes(1));
                    store.acquire("z", "b", Set.of(RunStatus.RUNNING), RunStatus.RUNNING);
                    assertThat(store.claim(KEY, "z", 2)).contains(new KeyClaim.Owned(0));
                }))
                .contains(new KeyClaim.Busy());
        assertThat(store.find("z").orElseThrow().epoch()).isEqualTo(2);
    }

    /** Makes the call while somebody has the run locked, who changes nothing; the call waits while something else happens. */
    private <T> T whileLocked(Supplier<T> call, Runnable meanwhile) throws Exception {
        try (Connection holder = PostgresServer.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM " + schema + ".flowright_runs WHERE id = 'run' FOR UPDATE");
            CompletableFuture<T> answer = CompletableFuture.supplyAsync(call);
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> someoneWaits() || answer.isDone());
            assertThat(answer).isNotDone();
            meanwhile.run();
            holder.commit();
            return answer.get();
        }
    }

    /** An interrupt is not meant for the database: a pool without an idle connection would refuse to wait for one. */
    @Test
    void interruptedThreadWaitsForAConnection() throws Exception {
        try (PostgresStore narrow = PostgresStore.builder(PostgresServer.url())
                .schema(schema)
                .maxConnections(1)
                .open()) {
            CompletableFuture<Boolean> found = new CompletableFuture<>();
            Thread reader = new Thread(() -> {
                Thread.currentThread().interrupt();
                try {
                    found.complete(narrow.find("run").isPresent() && Thread.interrupted());
                } catch (RuntimeException e) {
                    found.completeExceptionally(e);
                }
            });
            whileLocked(() -> narrow.claim(KEY, "run", 1), () -> {
                reader.start();
                Awaitility.await().until(() -> found.isDone() || reader.getState() == Thread.State.TIMED_WAITING);
            });

            assertThat(found.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void locksOfAClientThatHasVanishedEnd() throws SQLException {
        try (HikariDataSource pool = PostgresPool.open(PostgresServer.url(), null, null, 1);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : List.of("idle_in_transaction_session_timeout", "lock_timeout")) {
                try (ResultSet value = statement.executeQuery("SHOW " + setting)) {
                    assertThat(value.next()).isTrue();
                    assertThat(value.getString(1)).as(setting).isNotEqualTo("0");
                }
            }
        }
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
