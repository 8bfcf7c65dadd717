package io.flowright.examples.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.examples.content.Library.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing in versions. */
class LibraryTest {

    private static final byte[] MORNING = "morning".repeat(5_000).getBytes();
    private static final byte[] EVENING = "evening".repeat(5_000).getBytes();

    @TempDir
    Path folder;

    private Library library;

    @BeforeEach
    void open() throws IOException {
        library = Library.in(folder);
    }

    @Test
    void the_same_name_twice_is_two_versions_that_can_both_be_read() throws Exception {
        Version first = publish("in1", MORNING);
        Version second = publish("in2", EVENING);

        assertThat(first).isEqualTo(new Version("sky.jpg", 1, "in1", Vault.sha256(MORNING)));
        assertThat(second).isEqualTo(new Version("sky.jpg", 2, "in2", Vault.sha256(EVENING)));
        assertThat(library.file(first)).hasBinaryContent(MORNING).isEqualTo(folder.resolve("sky.jpg/v1.jpg"));
        assertThat(library.file(second)).hasBinaryContent(EVENING).isEqualTo(folder.resolve("sky.jpg/v2.jpg"));
        assertThat(library.manifest("sky.jpg").latest()).isEqualTo(2);
        assertThat(library.manifest("sky.jpg").versions()).containsExactly(first, second);
    }

    @Test
    void the_same_input_again_is_the_version_that_it_was() throws Exception {
        Version first = publish("in1", MORNING);
        publish("in2", EVENING);

        assertThat(publish("in1", "made in another way".getBytes())).isEqualTo(first);
        assertThat(library.file(first)).hasBinaryContent(MORNING);
        assertThat(library.manifest("sky.jpg").latest()).isEqualTo(2);
    }

    @Test
    void the_manifest_is_json_for_others_to_read() throws Exception {
        publish("in1", MORNING);

        assertThat(folder.resolve("sky.jpg/manifest.json")).content().isEqualToIgnoringWhitespace("""
                {"name": "sky.jpg", "latest": 1, "versions": [
                  {"name": "sky.jpg", "number": 1, "input": "in1", "sha256": "%s"}]}
                """.formatted(
                        Vault.sha256(MORNING)));
    }

    @Test
    void what_fails_in_the_middle_publishes_nothing_and_leaves_nothing() throws Exception {
        assertThatThrownBy(() -> library.publish("sky.jpg", "in1", MORNING, written -> {
                    if (written > MORNING.length / 2) {
                        throw new UncheckedIOException(new IOException("no space left on device"));
                    }
                }))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(library.manifest("sky.jpg").versions()).isEmpty();
        assertThat(files()).containsExactly(".lock");
        assertThat(publish("in2", EVENING).number()).isEqualTo(1);
    }

    @Test
    void while_it_is_written_nobody_sees_it() throws Exception {
        library.publish("sky.jpg", "in1", MORNING, written -> {
            assertThat(folder.resolve("sky.jpg/v1.jpg")).doesNotExist();
            assertThat(files()).anyMatch(file -> file.endsWith(".tmp"));
        });

        assertThat(files()).containsExactlyInAnyOrder(".lock", "manifest.json", "v1.jpg");
    }

    /** It was written, but not published, when its process was killed. */
    @Test
    void a_file_that_the_manifest_does_not_name_is_nobodys() throws Exception {
        Files.write(Files.createDirectories(folder.resolve("sky.jpg")).resolve("v1.jpg"), MORNING);

        Version version = publish("in2", EVENING);

        assertThat(version.number()).isEqualTo(1);
        assertThat(library.file(version)).hasBinaryContent(EVENING);
    }

    @Test
    void what_a_process_has_left_that_was_killed_goes_when_it_is_old() throws Exception {
        Path shelf = Files.createDirectories(folder.resolve("sky.jpg"));
        Path old = Files.write(shelf.resolve(".old.tmp"), MORNING);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path current = Files.write(shelf.resolve(".new.tmp"), MORNING);

        publish("in1", MORNING);

        assertThat(old).doesNotExist();
        assertThat(current).exists();
    }

    @Test
    void many_who_publish_at_once_get_a_number_each() throws Exception {
        int count = 40;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            // Each by a library of its own, as in several engines.
            List<Future<Version>> publishing = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() ->
                            Library.in(folder).publish("sky.jpg", "in" + i % (count / 2), MORNING, written -> {})))
                    .toList();
            for (Future<Version> version : publishing) {
                version.get();
            }
        } finally {
            threads.shutdown();
        }

        List<Version> versions = library.manifest("sky.jpg").versions();
        assertThat(versions)
                .extracting(Version::number)
                .isEqualTo(IntStream.rangeClosed(1, count / 2).boxed().toList());
        assertThat(versions).extracting(Version::input).doesNotHaveDuplicates();
    }

    private Version publish(String input, byte[] content) throws IOException, InterruptedException {
        return library.publish("sky.jpg", input, content, written -> {});
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(folder.resolve("sky.jpg"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
