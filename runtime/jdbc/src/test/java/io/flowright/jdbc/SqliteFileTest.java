package io.flowright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening a file, and what may be wrong with it. */
class SqliteFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("runs.db");
    }

    @Test
    void recordsOutliveTheStore() {
        try (SqliteStore store = SqliteStore.open(file)) {
            begin(store, "run");
        }

        try (SqliteStore store = SqliteStore.builder(file).migrate(false).open()) {
            assertThat(store.find("run")).isPresent();
        }
    }

    @Test
    void storesWithDifferentPrefixesShareAFile() {
        try (SqliteStore one = SqliteStore.open(file);
                SqliteStore two = SqliteStore.builder(file).tablePrefix("two_").open();
                SqliteStore none = SqliteStore.builder(file).tablePrefix("").open()) {
            begin(one, "run");

            assertThat(two.find("run")).isEmpty();
            assertThat(none.find("run")).isEmpty();
            begin(two, "run");
            begin(none, "run");
        }
    }

    /** SQLite knows no queue: eight threads that write without a pause leave others only the moments between two transactions. */
    @Test
    void whoElseWritesIsNotKeptOutByABusyEngine() throws InterruptedException {
        AtomicInteger rounds = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        List<Integer> waited = new ArrayList<>();
        try (SqliteStore busy = SqliteStore.open(file);
                SqliteStore other = SqliteStore.builder(file)
                        .busyTimeout(Duration.ofMinutes(1))
                        .open()) {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String run = "busy-" + i;
                begin(busy, run);
                Thread writer = new Thread(() -> {
                    for (int task = 0; !ended.get(); task++) {
                        busy.write(List.of(Sample.task(run, "task" + task)));
                        rounds.incrementAndGet();
                    }
                });
                writer.start();
                writers.add(writer);
            }
            while (rounds.get() < 100) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 50; i++) {
                int before = rounds.get();
                begin(other, "other-" + i);
                waited.add(rounds.get() - before);
            }
            ended.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
        // Left to SQLite's own way of waiting it is twelve thousand and more now and then. A tenth of a second is a few
        // hundred.
        assertThat(waited).allMatch(others -> others < 5_000);
    }

    @Test
    void prefixThatNoTableCanHaveIsRefused() {
        assertThatThrownBy(() -> SqliteStore.builder(file).tablePrefix("drop table;"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("drop table;");
    }

    @Test
    void missingFolderIsNamed() {
        Path missing = folder.resolve("missing").resolve("runs.db");

        assertRefused(SqliteStore.builder(missing), "there is no folder " + missing.getParent());
        assertThat(missing.getParent()).doesNotExist();
    }

    @Test
    void folderIsNoFile() {
        assertRefused(SqliteStore.builder(folder), folder + " is a folder");
    }

    @Test
    void questionMarkIsRefused() {
        assertRefused(SqliteStore.builder(folder.resolve("runs.db?mode=ro")), "question mark");
    }

    @Test
    void fileThatIsSomethingElseIsRefusedAndKept() throws IOException {
        String text = "Dear diary, today I was taken for a database. ".repeat(50);
        Files.writeString(file, text);

        assertRefused(SqliteStore.builder(file), file.toRealPath() + " is no database of SQLite");
        assertThat(file).hasContent(text);
    }

    @Test
    void fileThatMayNotBeWrittenIsRefused() {
        SqliteStore.open(file).close();
        assertThat(file.toFile().setWritable(false)).isTrue();
        if (Files.isWritable(file)) {
            // The user may write everything.
            SqliteStore.open(file).close();
            return;
        }

        assertRefused(SqliteStore.builder(file), "may not write " + file);
    }

    @Test
    void missingFileIsNotMadeWithoutMigration() {
        assertRefused(SqliteStore.builder(file).migrate(false), "there is no database " + file);
        assertThat(file).doesNotExist();
    }

    @Test
    void missingTablesAreNotMadeWithoutMigration() throws SQLException {
        execute("CREATE TABLE other (a)");

        assertRefused(
                SqliteStore.builder(file).migrate(false),
                "at version 0 and have to be at 1: run io/flowright/jdbc/sqlite/V1.sql");
        assertThat(tables()).containsExactly("other");
    }

    @Test
    void tablesMayBeMadeByHand() throws Exception {
        String script = new String(
                SqliteStore.class.getResourceAsStream("sqlite/V1.sql").readAllBytes(), StandardCharsets.UTF_8);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN;" + script.replace("${prefix}", "hand_") + "COMMIT;");
        }

        try (SqliteStore store =
                SqliteStore.builder(file).tablePrefix("hand_").migrate(false).open()) {
            begin(store, "run");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tablesOfANewerReleaseAreRefused(boolean migrate) throws SQLException {
        SqliteStore.open(file).close();
        execute("INSERT INTO flowright_migrations (version) VALUES (99)");

        assertRefused(SqliteStore.builder(file).migrate(migrate), "at version 99, made by a newer release");
    }

    @Test
    void fileThatAnotherProcessWritesIsUnavailableForTheTime() throws SQLException {
        try (SqliteStore store = SqliteStore.builder(file)
                        .busyTimeout(Duration.ofMillis(20))
                        .open();
                Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertThatThrownBy(() -> begin(store, "run"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("writing failed at " + store(file));
            assertThat(store.find("run")).isEmpty();

            statement.execute("ROLLBACK");
            begin(store, "run");
            assertThat(store.find("run")).isPresent();
        }
    }

    @Test
    void failedWriteLeavesNothingBehind() throws SQLException {
        try (SqliteStore store = SqliteStore.open(file)) {
            execute("CREATE TRIGGER refuse BEFORE INSERT ON flowright_runs WHEN NEW.id = 'bad'"
                    + " BEGIN SELECT RAISE(ROLLBACK, 'no room'); END");

            assertThatThrownBy(() -> store.write(List.of(beginning("good"), beginning("bad"))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("no room");

            assertThat(store.find("good")).isEmpty();
            begin(store, "next");
            assertThat(store.find("next")).isPresent();
        }
    }

    @Test
    void closedStoreSaysSo() {
        SqliteStore store = SqliteStore.open(file);
        store.close();
        store.close();

        assertThatThrownBy(() -> begin(store, "run"))
                .isInstanceOf(StoreException.class)
                .hasMessage("writing failed: the store is closed");
        assertThatThrownBy(() -> store.find("run")).hasMessageContaining("the store is closed");
    }

    @ParameterizedTest
    @CsvSource({
        "5, true",
        "6, true",
        "7, true",
        "9, true",
        "10, true",
        "13, true",
        "14, true",
        "15, true",
        "1, false",
        "8, false",
        "11, false",
        "19, false",
        "26, false"
    })
    void failuresThatMayPassAreToldFromOthers(int code, boolean passes) {
        RuntimeException failure = SqliteFile.at(file, Duration.ZERO, true)
                .translated("writing", new SQLException("what SQLite says", null, code));

        assertThat(failure).isInstanceOf(passes ? StoreUnavailableException.class : StoreException.class);
        assertThat(failure.getCause()).hasMessage("what SQLite says");
    }

    @Test
    void whatIsCommittedIsOnTheDisk() throws SQLException {
        try (Connection connection =
                SqliteFile.at(file, Duration.ofSeconds(1), true).connect()) {
            assertThat(query(connection, "PRAGMA journal_mode")).containsExactly("wal");
            assertThat(query(connection, "PRAGMA synchronous")).containsExactly("2");
        }
    }

    // ---- failures that pass ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"runs", "tasks", "engines"})
    void whatFailedOnceIsAskedAgain(String table) throws SQLException {
        try (SqliteStore store = SqliteStore.open(file)) {
            begin(store, "run");
            useEverything(store);
            execute("ALTER TABLE flowright_" + table + " RENAME TO away");
            assertThatThrownBy(() -> useEverything(store)).isInstanceOf(StoreException.class);
            execute("ALTER TABLE away RENAME TO flowright_" + table);

            useEverything(store);
        }
    }

    private static void useEverything(SqliteStore store) {
        store.enter("other", "", Duration.ofMinutes(1));
        store.write(List.of(Sample.task("run", "task")));
        store.tasks("run");
        store.find("run");
        store.adopt("other", List.of(Sample.FLOW), 1);
        store.leave("other");
    }

    @Test
    void enginesThatCouldNotEnterLeaveNoLocksBehind() throws SQLException {
        try (SqliteStore store = SqliteStore.builder(file)
                        .busyTimeout(Duration.ofMillis(1))
                        .open();
                Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (int i = 0; i < 3; i++) {
                String owner = "engine" + i;
                assertThatThrownBy(() -> store.enter(owner, "", Duration.ofMinutes(1)))
                        .isInstanceOf(StoreUnavailableException.class);
            }
            statement.execute("ROLLBACK");

            assertThat(file.resolveSibling(file.getFileName() + "-engines")).isEmptyDirectory();
        }
    }

    // ---- plans ---------------------------------------------------------------------------------------------------

    @Test
    void orphansAreFoundInTheIndexOfActiveRunsAlone() throws SQLException {
        assertThat(plan(SqliteRuns.TO_ADOPT))
                .contains("USING COVERING INDEX flowright_runs_active")
                .doesNotContain("TEMP B-TREE");
    }

    @Test
    void runsOfAnEngineAreFoundInTheIndexOfActiveRuns() throws SQLException {
        assertThat(plan(SqliteRuns.OWNED)).contains("USING INDEX flowright_runs_active");
    }

    @Test
    void tasksOfARunAreFoundByTheirRun() throws SQLException {
        assertThat(plan(SqliteRuns.TASKS))
                .contains("SEARCH flowright_tasks USING INDEX")
                .doesNotContain("SCAN");
    }

    @Test
    void failedTasksOfARunAreFoundByTheirRun() throws SQLException {
        assertThat(plan(SqliteRuns.RETRY_FAILED))
                .contains("SEARCH flowright_tasks USING INDEX")
                .doesNotContain("SCAN");
    }

    @Test
    void keysAndTheirRunsAreFoundByTheirIndexes() throws SQLException {
        assertThat(plan(SqliteKeys.FIND))
                .contains("SEARCH flowright_idempotency USING INDEX")
                .doesNotContain("SCAN");
        assertThat(plan(SqliteKeys.EXECUTED)).contains("SEARCH flowright_runs").doesNotContain("SCAN");
    }

    private String plan(String sql) throws SQLException {
        SqliteStore.open(file).close();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + Tables.DEFAULT.in(sql))) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString("detail")).append('\n');
            }
            return plan.toString();
        }
    }

    // --------------------------------------------------------------------------------------------------------------

    private static void assertRefused(SqliteStore.Builder builder, String message) {
        assertThatThrownBy(builder::open).isInstanceOf(StoreException.class).hasMessageContaining(message);
    }

    private static Path store(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void begin(SqliteStore store, String run) {
        assertThat(store.write(List.of(beginning(run)))).containsExactly(RunWrite.Outcome.WRITTEN);
    }

    private static RunWrite beginning(String run) {
        FlowVersion flow = new FlowVersion("order", "f1");
        NewRun begin = new NewRun("here", flow, "", new byte[0], List.of(), null, Instant.EPOCH, 0, Map.of());
        return new RunWrite(run, 1, begin, List.of(), List.of(), null);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> tables() throws SQLException {
        try (Connection connection = connect()) {
            return query(connection, "SELECT name FROM sqlite_master WHERE type = 'table'");
        }
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Stream.Builder<String> found = Stream.builder();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found.build().collect(Collectors.toList());
        }
    }
}
