package io.flowright.examples.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a file is taken, and when not yet. */
class DropFolderTest {

    @TempDir
    Path folder;

    private final List<String> taken = new ArrayList<>();
    private DropFolder incoming;

    @BeforeEach
    void open() {
        incoming = new DropFolder(folder);
    }

    @Test
    void a_file_is_taken_once_when_two_looks_have_found_it_the_same() throws IOException {
        Files.writeString(folder.resolve("a.jpg"), "a picture");

        look();
        assertThat(taken).isEmpty();
        look();
        assertThat(taken).containsExactly("a.jpg: a picture");
        look();
        assertThat(taken).hasSize(1);
    }

    @Test
    void a_file_that_grows_is_not_taken_before_it_has_stopped() throws IOException {
        Path file = Files.createFile(folder.resolve("a.jpg"));
        for (String part : List.of("now ", "it ", "is ", "complete")) {
            Files.writeString(file, part, StandardOpenOption.APPEND);
            look();
        }
        assertThat(taken).isEmpty();
        look();
        assertThat(taken).containsExactly("a.jpg: now it is complete");
    }

    @Test
    void an_empty_file_is_one_that_nobody_has_written_yet() throws IOException {
        Files.createFile(folder.resolve("a.jpg"));

        look();
        look();

        assertThat(taken).isEmpty();
    }

    @Test
    void a_file_that_changes_is_taken_again() throws IOException {
        Path file = Files.writeString(folder.resolve("a.jpg"), "morning");
        look();
        look();
        Files.writeString(file, "evening");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        look();
        look();

        assertThat(taken).containsExactly("a.jpg: morning", "a.jpg: evening");
    }

    @Test
    void what_was_dropped_while_nobody_looked_is_taken_and_a_new_process_takes_all_again() throws IOException {
        Files.writeString(folder.resolve("a.jpg"), "one");
        look();
        look();
        Files.writeString(folder.resolve("b.jpg"), "two");
        open();
        look();
        look();

        assertThat(taken).containsExactlyInAnyOrder("a.jpg: one", "a.jpg: one", "b.jpg: two");
    }

    @Test
    void folders_and_names_with_a_dot_are_left_alone() throws IOException {
        Files.createDirectory(folder.resolve("sub.jpg"));
        Files.writeString(folder.resolve(".a.jpg.part"), "half");

        look();
        look();

        assertThat(taken).isEmpty();
    }

    @Test
    void what_could_not_be_taken_is_offered_again_and_keeps_nobody_waiting() throws IOException {
        Files.writeString(folder.resolve("a.jpg"), "one");
        Files.writeString(folder.resolve("b.jpg"), "two");
        List<String> offered = new ArrayList<>();
        DropFolder.Taker refusing = (name, content) -> {
            offered.add(name);
            throw new IOException("the disk is full");
        };
        incoming.look(refusing);
        incoming.look(refusing);
        assertThat(offered).containsExactlyInAnyOrder("a.jpg", "b.jpg");

        look();

        assertThat(taken).containsExactlyInAnyOrder("a.jpg: one", "b.jpg: two");
    }

    private void look() throws IOException {
        incoming.look((name, content) -> taken.add(name + ": " + new String(content, UTF_8)));
    }
}
