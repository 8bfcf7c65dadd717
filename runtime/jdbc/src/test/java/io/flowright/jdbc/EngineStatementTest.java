package io.flowright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run of an engine, counted where its statements leave for the server. */
class EngineStatementTest {

    private String schema = "";
    private TappedSource source;
    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        schema = PostgresServer.newSchema();
        source = new TappedSource();
        store = PostgresStore.builder(source).schema(schema).open();
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        source.close();
        PostgresServer.dropSchema(schema);
    }

    /** Nothing is read before it is written, and the last result is written with the end of the run. */
    @Test
    void aLineOfFiveTasksIsSixStatementsAndSixCommits() {
        // The heart beats when the lease is long once a second, and it is asked for commands: none of the run's
        // business.
        try (Engine engine =
                Engine.builder().store(store).lease(Duration.ofHours(1)).build()) {
            LineFlow flow = LineFlow.create(new LineTasks(), engine);
            flow.run(1);
            source.statements();
            source.commits();

            LineFlow.Result result = flow.run(RunOptions.id("counted"), 3);

            int commits = source.commits();
            List<String> statements = source.statements();
            List<String> ofBeats = statements.stream()
                    .filter(statement -> !statement.contains("INSERT INTO " + schema + ".flowright_tasks")
                            && !statement.contains("INSERT INTO " + schema + ".flowright_runs"))
                    .toList();
            assertThat(statements.size() - ofBeats.size()).isEqualTo(6);
            assertThat(commits - ofBeats.size()).isEqualTo(6);
            assertThat(ofBeats)
                    .allMatch(statement ->
                            statement.contains("flowright_engines") || statement.contains("flowright_commands"));
            assertThat(result.letter()).isEqualTo("Dear customer, to pay: 357");
            assertThat(store.find("counted").orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(flow.find("counted").orElseThrow().result().letter()).isEqualTo(result.letter());
        }
    }
}
