package io.flowright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.cli.Terminal.Answer;
import io.flowright.jdbc.SqliteStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that are not there, or are not what they should be. Nothing is made, nothing is changed. */
class BrokenStoreTest {

    @TempDir
    private Path folder;

    @Test
    void aFileThatIsNotThereIsNotMade() throws IOException {
        Answer answer = Terminal.at(folder.resolve("runs.db")).run("runs", "list");

        assertThat(answer.code()).isEqualTo(ExitCode.STORE);
        assertThat(answer.err())
                .contains("there is no database")
                .contains(folder.resolve("runs.db").toString());
        assertThat(answer.out()).isEmpty();
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void aFileThatIsSomethingElseIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "buy milk, and more milk".repeat(100));

        Answer answer = Terminal.at(file).run("runs", "list");

        assertThat(answer.code()).isEqualTo(ExitCode.STORE);
        assertThat(answer.err()).contains("notes.txt is no database of SQLite");
        assertThat(file).hasContent("buy milk, and more milk".repeat(100));
    }

    @Test
    void tablesThatAreMissingAreNotMade() {
        Path file = folder.resolve("runs.db");
        SqliteStore.open(file).close();

        Answer answer = Terminal.at(file).run("runs", "list", "--prefix", "other_");

        assertThat(answer.code()).isEqualTo(ExitCode.STORE);
        assertThat(answer.err()).contains("other_").contains("version 0");
        assertThat(Terminal.at(file).run("runs", "list", "--prefix", "other_").code())
                .isEqualTo(ExitCode.STORE);
        assertThat(Terminal.at(file).run("runs", "list").code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWithoutThePassword() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        Answer answer = Terminal.at("postgres://alice:secret@localhost:" + port + "/shop")
                .run("runs", "list");

        assertThat(answer.code()).isEqualTo(ExitCode.STORE);
        assertThat(answer.err())
                .startsWith("The store does not answer: ")
                .contains("localhost:" + port + "/shop")
                .doesNotContain("secret")
                .doesNotContain("\tat ");
    }
}
