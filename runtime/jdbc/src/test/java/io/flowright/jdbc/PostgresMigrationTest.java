package io.flowright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.spi.RunWrite;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresMigrationTest {

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
    void processesThatStartTogetherMigrateOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 5; round++) {
                PostgresServer.dropSchema(schema);
                List<Callable<String>> openings = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    openings.add(this::openAndClose);
                }
                for (Future<String> opening : threads.invokeAll(openings)) {
                    assertThat(opening.get()).isEqualTo("opened");
                }
                assertThat(number("SELECT count(*) FROM " + schema + ".flowright_migrations"))
                        .isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private String openAndClose() {
        builder().open().close();
        return "opened";
    }

    @Test
    void tablesThatAreThereAreLeftAlone() throws SQLException {
        try (PostgresStore store = builder().open()) {
            store.write(List.of(Sample.begin("run", "a")));
        }
        PostgresServer.execute("CREATE VIEW " + schema + ".seen AS SELECT 1");

        try (PostgresStore store = builder().open()) {
            assertThat(store.find("run")).isPresent();
        }
        try (PostgresStore store = builder().migrate(false).open()) {
            assertThat(store.find("run")).isPresent();
        }
    }

    @Test
    void missingTablesThatAreNotToBeMadeAreNamedWithTheirResource() {
        assertThatThrownBy(() -> builder().migrate(false).open())
                .isInstanceOf(StoreException.class)
                .hasMessage("the tables " + schema + ".flowright_* are at version 0 and have to be at 1:"
                        + " run io/flowright/jdbc/postgres/V1.sql of flowright-jdbc, with ${schema} and ${prefix} replaced,"
                        + " or open the store without migrate(false)");
    }

    @Test
    void resourceThatWasRunByHandIsAllThatIsNeeded() throws Exception {
        String script;
        try (InputStream resource = PostgresStore.class.getResourceAsStream("postgres/V1.sql")) {
            script = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
        PostgresServer.execute(
                "CREATE SCHEMA " + schema,
                script.replace("${schema}", schema + ".").replace("${prefix}", "by_hand_"));

        try (PostgresStore store =
                builder().tablePrefix("by_hand_").migrate(false).open()) {
            assertThat(store.write(List.of(Sample.begin("run", "a")))).containsExactly(RunWrite.Outcome.WRITTEN);
        }
    }

    @Test
    void tablesOfANewerReleaseAreLeftAlone() throws SQLException {
        openAndClose();
        PostgresServer.execute("INSERT INTO " + schema + ".flowright_migrations (version) VALUES (99)");

        for (boolean migrate : new boolean[] {true, false}) {
            assertThatThrownBy(() -> builder().migrate(migrate).open())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("at version 99, made by a newer release; this one knows versions up to 1");
        }
    }

    @Test
    void prefixesKeepStoresOfOneSchemaApart() {
        try (PostgresStore one = builder().tablePrefix("one_").open();
                PostgresStore two = builder().tablePrefix("Two_").open();
                PostgresStore none = builder().tablePrefix("").open()) {
            for (PostgresStore store : List.of(one, two, none)) {
                assertThat(store.find("run")).isEmpty();
                assertThat(store.write(List.of(Sample.begin("run", "a")))).containsExactly(RunWrite.Outcome.WRITTEN);
            }
        }
        // Names are folded to lower case, as everywhere in SQL.
        try (PostgresStore again = builder().tablePrefix("two_").migrate(false).open()) {
            assertThat(again.find("run")).isPresent();
        }
    }

    @Test
    void withoutASchemaTheTablesAreInTheFirstOfTheSearchPath() throws SQLException {
        PostgresServer.execute("CREATE SCHEMA " + schema);
        String url =
                PostgresServer.url() + (PostgresServer.url().contains("?") ? "&" : "?") + "currentSchema=" + schema;

        try (PostgresStore store = PostgresStore.open(url)) {
            store.write(List.of(Sample.begin("run", "a")));
        }

        assertThat(number("SELECT count(*) FROM " + schema + ".flowright_runs")).isEqualTo(1);
    }

    @Test
    void namesAreNoPlaceForSql() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder().schema("x; DROP TABLE runs"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().tablePrefix("a.b"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().tablePrefix("1a"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().maxConnections(0));
    }

    private PostgresStore.Builder builder() {
        return PostgresStore.builder(PostgresServer.url()).schema(schema);
    }

    private static int number(String sql) throws SQLException {
        try (Connection connection = PostgresServer.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
