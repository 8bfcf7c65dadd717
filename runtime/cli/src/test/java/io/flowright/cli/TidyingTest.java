package io.flowright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.cli.Terminal.Answer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that are removed, and what is known of who did what. */
class TidyingTest {

    @TempDir
    private Path folder;

    private Path file;
    private Shop shop;
    private Terminal terminal;

    @BeforeEach
    void open() {
        file = folder.resolve("runs.db");
        shop = Shop.in(file);
        terminal = Terminal.at(file);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void runsAreRemovedByStatusAndAge() {
        shop.succeeded("order-1", 1);
        shop.failed("order-2", 2);

        Answer young = terminal.run("runs", "purge", "--older-than", "7d", "--status", "SUCCEEDED,FAILED", "--yes");
        Answer declined = terminal.answering("n").run("runs", "purge", "--older-than", "0s", "--status", "SUCCEEDED");
        Answer old = terminal.answering("yes").run("runs", "purge", "--older-than", "0s", "--status", "SUCCEEDED");

        assertThat(young.out()).isEqualTo("0 runs removed.\n");
        assertThat(declined.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(declined.err())
                .startsWith("To remove: those of 1 run that have been SUCCEEDED for 0ms or longer. Go on? [y/N] ");
        assertThat(old.code()).isEqualTo(ExitCode.DONE);
        assertThat(old.out()).isEqualTo("1 run removed.\n");
        assertThat(shop.store.find("order-1")).isEmpty();
        assertThat(shop.store.find("order-2")).isPresent();
    }

    @Test
    void theTrailTellsWhoDidWhatAndWhy() {
        shop.failed("order-1", 1);
        shop.failed("order-2", 2);

        terminal.run("runs", "discard", "order-1", "--operator", "alice", "--reason", "ticket 4711");
        terminal.run("runs", "pause", "order-1");
        terminal.run("runs", "discard", "order-2");
        Answer all = terminal.run("runs", "trail");
        Answer ofOne = terminal.run("runs", "trail", "order-1");
        Answer page = terminal.run("runs", "trail", "--limit", "2");
        JsonNode json = JsonMapper.shared()
                .readTree(terminal.run("runs", "trail", "--json").out());

        assertThat(all.lines()).hasSize(4);
        assertThat(all.lines().get(1)).matches(" +1  .*  alice +discard  order-1  yes +ticket 4711");
        assertThat(all.lines().get(2)).matches(" +2  .*  tester +pause +order-1  no .*DRAIN");
        assertThat(ofOne.lines()).hasSize(3).noneMatch(line -> line.contains("order-2"));
        assertThat(page.lines()).hasSize(5).last().isEqualTo("More: --after 2");
        assertThat(terminal.run("runs", "trail", "--after", "2").lines()).hasSize(2);
        assertThat(json.at("/entries/0").propertyNames())
                .containsExactly(
                        "number",
                        "at",
                        "operator",
                        "reason",
                        "action",
                        "run",
                        "details",
                        "accepted",
                        "previous",
                        "hash");
    }

    @Test
    void aTrailThatWasChangedIsFoundOut() throws SQLException {
        shop.failed("order-1", 1);
        terminal.run("runs", "discard", "order-1", "--operator", "mallory");
        terminal.run("runs", "pause", "order-1");
        Answer genuine = terminal.run("runs", "trail", "--verify");

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER flowright_keep_audit_from_changes");
            statement.executeUpdate("UPDATE flowright_audit SET operator = 'alice' WHERE operator = 'mallory'");
        }
        Answer forged = terminal.run("runs", "trail", "--verify");

        assertThat(genuine.code()).as(genuine.err()).isEqualTo(ExitCode.DONE);
        assertThat(genuine.out()).matches("The trail is genuine: 2 entries, the newest hash is [0-9a-f]{64}\\.\n");
        assertThat(forged.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(forged.err()).startsWith("Entry 1 is not genuine");
        assertThat(terminal.run("runs", "trail", "--verify", "--json").out())
                .isEqualTo("{\"genuine\":false,\"firstForged\":1,\"entries\":null,\"newestHash\":null}\n");
    }

    @Test
    void aTrailWithoutEntriesIsGenuine() {
        assertThat(terminal.run("runs", "trail").out()).isEqualTo("No entries.\n");
        assertThat(terminal.run("runs", "trail", "--verify").out()).isEqualTo("The trail is genuine: 0 entries.\n");
    }
}
