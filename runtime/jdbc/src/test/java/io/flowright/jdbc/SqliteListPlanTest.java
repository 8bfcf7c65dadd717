package io.flowright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.operations.RunQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How lists are executed: SQLite plans without looking at how many runs there are, so that it needs none. */
class SqliteListPlanTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void makeTables() {
        file = folder.resolve("runs.db");
        SqliteStore.open(file).close();
    }

    @Test
    void pagesAreFoundInTheIndexAlone() throws SQLException {
        assertThat(plan(SqliteLists.WALK))
                .contains(
                        "SEARCH flowright_runs USING COVERING INDEX flowright_runs_listed (flow=? AND status=? AND created_at>? AND (created_at,id)<(?,?))")
                .doesNotContain("SCAN", "TEMP B-TREE");
    }

    @Test
    void flowsAndStatusesAreFoundByOneStepEach() throws SQLException {
        assertThat(plan(SqliteLists.NEXT_STATUS))
                .contains("SEARCH flowright_runs USING COVERING INDEX flowright_runs_listed (flow=? AND status>?)")
                .doesNotContain("TEMP B-TREE");
        assertThat(plan(SqliteLists.FIRST_OF_NEXT_FLOW))
                .contains("SEARCH flowright_runs USING COVERING INDEX flowright_runs_listed (flow>?)")
                .doesNotContain("TEMP B-TREE");
        assertThat(plan(SqliteLists.NEXT_FLOW))
                .contains("SEARCH flowright_runs USING COVERING INDEX flowright_runs_listed (flow>?)")
                .doesNotContain("TEMP B-TREE");
    }

    @Test
    void countsAreMadeOfTheIndexAlone() throws SQLException {
        assertThat(plan(SqliteLists.COUNT))
                .contains("USING COVERING INDEX flowright_runs_listed")
                .doesNotContain("TEMP B-TREE");
    }

    @Test
    void runsWithATagAreFoundByTheTag() throws SQLException {
        String tags =
                "USING COVERING INDEX flowright_tags_listed (name=? AND value=? AND created_at>? AND (created_at,id)<(?,?))";
        RunQuery query = RunQuery.all().withTag("shop", "berlin");

        assertThat(plan(SqliteLists.tagged(query)))
                .contains("SEARCH t " + tags)
                .doesNotContain("SCAN", "TEMP B-TREE", "flowright_runs");
        assertThat(plan(SqliteLists.tagged(query.ofFlow("order").active().withTag("order", "42"))))
                .contains(
                        "SEARCH t " + tags,
                        "SEARCH r USING INTEGER PRIMARY KEY",
                        "SEARCH f USING PRIMARY KEY (run=? AND name=?)")
                .doesNotContain("SCAN", "TEMP B-TREE");
        assertThat(plan(SqliteLists.HOW_MANY))
                .contains("USING COVERING INDEX flowright_tags_listed (name=? AND value=?)");
    }

    @Test
    void whatIsToBeRemovedIsFoundByIndexes() throws SQLException {
        assertThat(plan(SqliteCleaning.OLD))
                .contains("USING COVERING INDEX flowright_runs_listed (flow=? AND status=? AND created_at<?)")
                .doesNotContain("SCAN", "TEMP B-TREE");
        assertThat(plan(SqliteCleaning.FREE))
                .contains("INDEX flowright_idempotency_free")
                .doesNotContain("SCAN");
        assertThat(plan(SqliteCleaning.EXPIRED))
                .contains("INDEX flowright_idempotency_free")
                .doesNotContain("SCAN");
    }

    @Test
    void trailOfARunIsFoundByTheRun() throws SQLException {
        assertThat(plan(SqliteAudit.OF_RUN))
                .contains("SEARCH flowright_audit USING INDEX flowright_audit_of_run")
                .doesNotContain("SCAN", "TEMP B-TREE");
    }

    /** Commands are few, so they are looked through; not so the runs. */
    @Test
    void commandsAreFoundBeforeTheirRuns() throws SQLException {
        assertThat(plan(SqliteCommands.OF_OWNER)).contains("SCAN c\n", "SEARCH r USING INTEGER PRIMARY KEY");
    }

    private String plan(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + Tables.DEFAULT.in(sql))) {
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString("detail")).append('\n');
            }
            return plan.toString();
        }
    }
}
