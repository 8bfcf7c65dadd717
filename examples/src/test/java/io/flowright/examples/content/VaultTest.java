package io.flowright.examples.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept by its content, and what is said by its key. */
class VaultTest {

    @TempDir
    Path folder;

    @Test
    void what_is_kept_twice_is_there_once() throws IOException {
        Vault vault = Vault.in(folder);

        String sha256 = vault.keep("morning".getBytes(UTF_8));

        assertThat(vault.keep("morning".getBytes(UTF_8))).isEqualTo(sha256);
        assertThat(vault.read(sha256)).asString(UTF_8).isEqualTo("morning");
        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith(sha256));
    }

    @Test
    void a_damaged_file_is_not_taken_for_what_it_was() throws IOException {
        Vault vault = Vault.in(folder);
        String sha256 = vault.keep("morning".getBytes(UTF_8));
        Files.writeString(folder.resolve(sha256), "evening");

        assertThatThrownBy(() -> vault.read(sha256))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(sha256)
                .hasMessageContaining("is damaged");
    }

    @Test
    void what_is_said_twice_is_said_once() throws IOException {
        Outbox outbox = Outbox.in(folder);
        outbox.put("key", "it is done");
        outbox.put("key", "it is done");
        outbox.put("another key", "that too");

        assertThat(folder)
                .isDirectoryContaining(file -> file.endsWith("key.txt"))
                .isDirectoryContaining(file -> file.endsWith("another key.txt"));
        assertThat(folder.resolve("key.txt")).content().isEqualTo("it is done\n");
        assertThat(folder.toFile().list()).hasSize(2);
    }
}
