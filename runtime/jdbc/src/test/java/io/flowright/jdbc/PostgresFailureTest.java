package io.flowright.jdbc;

import static io.flowright.runtime.spi.RunWrite.Outcome.EXISTS;
import static io.flowright.runtime.spi.RunWrite.Outcome.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.RunWrite;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are not there, connections that break, and what was written then. */
class PostgresFailureTest {

    private String schema = "";

    @BeforeEach
    void choose() throws SQLException {
        PostgresServer.url();
        schema = PostgresServer.newSchema();
    }

    @AfterEach
    void drop() throws SQLException {
        PostgresServer.dropSchema(schema);
    }

    @Test
    void serverThatCannotBeReachedIsNamedWithoutItsPassword() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/orders?user=shop&password=secret&sslpassword=secret";

        assertThatThrownBy(() -> PostgresStore.open(url))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageStartingWith("Connecting failed at jdbc:postgresql://127.0.0.1:" + port
                        + "/orders?user=shop&password=***&sslpassword=***: ")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(
                        () -> PostgresStore.open("jdbc:postgresql://127.0.0.1:" + port + "/orders", "shop", "secret"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({"'', 30", "socketTimeout=7, 7"})
    void serverThatDoesNotAnswerIsNotWaitedForForever(String setting, int seconds) throws SQLException {
        String url = PostgresServer.url();
        String told = setting.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + setting;
        try (HikariDataSource pool = PostgresPool.open(told, null, null, 1);
                Connection connection = pool.getConnection();
                Connection listening = PostgresPool.connect(told, null, null)) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(seconds * 1_000);
            assertThat(listening.getNetworkTimeout()).isEqualTo(seconds * 1_000);
        }
    }

    @Test
    void driverThatIsMissingIsNamed() {
        assertThatThrownBy(() -> PostgresStore.open("jdbc:other://localhost/orders?password=secret"))
                .isInstanceOf(StoreException.class)
                .hasMessage("no JDBC driver takes jdbc:other://localhost/orders?password=***: org.postgresql:postgresql"
                        + " has to be on the class path or the module path");
    }

    @Test
    void storeThatIsClosedSaysSo() {
        PostgresStore store = open();
        store.close();
        store.close();

        assertThatThrownBy(() -> store.find("run"))
                .isInstanceOf(StoreException.class)
                .hasMessage("Looking for a run failed: the store is closed");
    }

    @Test
    void sourceThatWasGivenIsNotClosed() throws SQLException {
        try (TappedSource source = new TappedSource()) {
            PostgresStore.builder(source).schema(schema).open().close();

            assertThat(source.connection().isClosed()).isFalse();
        }
    }

    @Test
    void connectionsThatDoNotCommitByThemselvesDoWhileTheStoreHasThem() throws SQLException {
        try (TappedSource source = new TappedSource()) {
            source.connection().setAutoCommit(false);
            PostgresStore store = PostgresStore.builder(source).schema(schema).open();
            store.write(List.of(Sample.begin("run", "a")));

            try (PostgresStore other = open()) {
                assertThat(other.find("run")).isPresent();
            }
            assertThat(source.connection().getAutoCommit()).isFalse();
        }
    }

    @Test
    void writeThatIsCutOffByTheServerIsRepeated() throws Exception {
        try (PostgresStore store = open();
                Connection blocker = PostgresServer.connect()) {
            store.write(List.of(Sample.begin("run", "a")));
            blocker.setAutoCommit(false);
            try (Statement statement = blocker.createStatement()) {
                statement.execute("SELECT * FROM " + schema + ".flowright_runs FOR UPDATE");
            }

            CompletableFuture<List<RunWrite.Outcome>> write =
                    CompletableFuture.supplyAsync(() -> store.write(List.of(Sample.completion("run", "one"))));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::terminateWhoeverWaits);

            assertThatThrownBy(write::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(
                            "Recording runs failed at " + PostgresPool.withoutSecrets(PostgresServer.url()));
            blocker.rollback();
            assertThat(store.tasks("run")).isEmpty();
            assertThat(store.write(List.of(Sample.completion("run", "one")))).containsExactly(WRITTEN);
            assertThat(store.tasks("run")).hasSize(1);
        }
    }

    /** Ends the sessions that wait for a lock on our tables. */
    private boolean terminateWhoeverWaits() throws SQLException {
        try (Connection connection = PostgresServer.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE wait_event_type = 'Lock' AND query LIKE '%" + schema + ".%'")) {
            return rows.next();
        }
    }

    @Test
    void whatWasWrittenBeforeTheAnswerWasLostIsWrittenOnce() throws SQLException {
        try (TappedSource source = new TappedSource();
                PostgresStore store =
                        PostgresStore.builder(source).schema(schema).open()) {
            List<List<RunWrite>> batches = List.of(
                    List.of(Sample.begin("run", "a")),
                    List.of(Sample.task("run", "one")),
                    List.of(Sample.begin("second", "a"), Sample.task("second", "one"), Sample.task("run", "two")),
                    List.of(Sample.completion("run", "three")));
            for (List<RunWrite> batch : batches) {
                source.cutNext();
                assertThatThrownBy(() -> store.write(batch)).isInstanceOf(StoreUnavailableException.class);

                assertThat(store.write(batch)).containsOnly(WRITTEN);
            }

            assertThat(store.tasks("run")).extracting(task -> task.task()).containsExactly("one", "two", "three");
            assertThat(store.tasks("second")).hasSize(1);
            assertThat(store.find("run").orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
        }
    }

    @Test
    void beginningOfAnotherRunWithTheIdIsNotTakenForARepetition() throws SQLException {
        try (PostgresStore store = open()) {
            RunWrite begin = Sample.begin("run", "a");
            store.write(List.of(begin));

            assertThat(store.write(List.of(begin, Sample.task("run", "one")))).containsExactly(WRITTEN, WRITTEN);
            assertThat(store.write(List.of(Sample.begin("run", "b"), Sample.task("run", "two"))))
                    .containsExactly(EXISTS, WRITTEN);
            assertThat(store.write(List.of(Sample.begin("run", "a", Sample.NOW.plusMillis(1)))))
                    .containsExactly(EXISTS);

            assertThat(store.tasks("run")).hasSize(2);
        }
    }

    @Test
    void adoptionWhoseAnswerWasLostIsRepeatedWithTheSameRuns() throws SQLException {
        try (TappedSource source = new TappedSource();
                PostgresStore store =
                        PostgresStore.builder(source).schema(schema).open()) {
            store.write(
                    List.of(Sample.begin("one", "dead"), Sample.begin("two", "dead"), Sample.begin("three", "dead")));
            store.enter("a", "", Sample.LONG);
            source.cutNext();
            assertThatThrownBy(() -> store.adopt("a", Set.of(Sample.FLOW), 2))
                    .isInstanceOf(StoreUnavailableException.class);

            assertThat(store.adopt("a", Set.of(Sample.FLOW), 2)).hasSize(2).allMatch(run -> run.epoch() == 2);
            assertThat(store.adopt("a", Set.of(Sample.FLOW), 2)).hasSize(1).allMatch(run -> run.epoch() == 2);
            assertThat(store.adopt("a", Set.of(Sample.FLOW), 2)).isEmpty();
        }
    }

    @Test
    void acquisitionWhoseAnswerWasLostIsRepeated() throws SQLException {
        try (TappedSource source = new TappedSource();
                PostgresStore store =
                        PostgresStore.builder(source).schema(schema).open()) {
            store.write(List.of(Sample.begin("run", "a")));
            store.write(List.of(new RunWrite("run", 1, null, List.of(), List.of(), Sample.change(RunStatus.PAUSED))));
            source.cutNext();
            assertThatThrownBy(() -> store.acquire("run", "a", Set.of(RunStatus.PAUSED), RunStatus.RUNNING))
                    .isInstanceOf(StoreUnavailableException.class);

            assertThat(store.acquire("run", "a", Set.of(RunStatus.PAUSED), RunStatus.RUNNING))
                    .hasValueSatisfying(run -> assertThat(run.epoch()).isEqualTo(2));
            assertThat(store.acquire("run", "a", Set.of(RunStatus.PAUSED), RunStatus.RUNNING))
                    .isEmpty();
        }
    }

    @Test
    void breakOfALeaseIsNotLostWithTheAnswer() throws SQLException {
        try (TappedSource source = new TappedSource();
                PostgresStore store =
                        PostgresStore.builder(source).schema(schema).open()) {
            store.enter("a", "", Sample.LONG);
            source.cutNext();
            assertThatThrownBy(() -> store.renew("a", Sample.LONG, List.of()))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(store.renew("a", Sample.LONG, List.of())).isTrue();

            PostgresServer.execute("UPDATE " + schema + ".flowright_engines SET lease_until = now() - interval '1 s'");
            source.cutNext();
            assertThatThrownBy(() -> store.renew("a", Sample.LONG, List.of()))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(store.renew("a", Sample.LONG, List.of())).isFalse();
            assertThat(store.renew("a", Sample.LONG, List.of())).isTrue();
        }
    }

    @Test
    void serverThatCanOnlyBeReadFromIsUnavailable() throws SQLException {
        try (TappedSource source = new TappedSource();
                PostgresStore store =
                        PostgresStore.builder(source).schema(schema).open();
                Statement statement = source.connection().createStatement()) {
            statement.execute("SET default_transaction_read_only = on");

            assertThatThrownBy(() -> store.write(List.of(Sample.begin("run", "a"))))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith("Recording runs failed at the database: ");
        }
    }

    @Test
    void tableThatIsGoneIsNoReasonToTryAgain() throws SQLException {
        try (PostgresStore store = open()) {
            PostgresServer.execute("DROP TABLE " + schema + ".flowright_tasks");

            assertThatThrownBy(() -> store.tasks("run"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("Reading the records of a run failed at jdbc:postgresql:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"08000", "08006", "57P01", "57P03", "53100", "53300", "40001", "40P01", "25006", "58030"})
    void statesThatMayPass(String state) {
        assertThat(PostgresDatabase.passes(state)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42P01", "42501", "28P01", "22021", "25P02", "XX000"})
    void statesThatDoNot(String state) {
        assertThat(PostgresDatabase.passes(state)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/d?password=a&user=u, jdbc:postgresql://h/d?password=***&user=u",
        "jdbc:postgresql://h/d?user=u&Password=a%26b, jdbc:postgresql://h/d?user=u&Password=***",
        "jdbc:postgresql://u:a@h:1/d, jdbc:postgresql://h:1/d",
        "jdbc:postgresql://h/d, jdbc:postgresql://h/d"
    })
    void urlsForPeople(String url, String shown) {
        assertThat(PostgresPool.withoutSecrets(url)).isEqualTo(shown);
    }

    private PostgresStore open() {
        return PostgresStore.builder(PostgresServer.url()).schema(schema).open();
    }
}
