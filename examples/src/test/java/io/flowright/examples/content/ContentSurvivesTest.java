package io.flowright.examples.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.examples.content.ContentTasks.Picture;
import io.flowright.examples.content.Library.Version;
import io.flowright.examples.jvm.AnotherJvm;
import io.flowright.examples.jvm.Steps;
import io.flowright.examples.server.ScriptedServer.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process that makes the pictures ready is killed, and another goes on. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContentSurvivesTest {

    private static final List<String> TASKS = List.of("processImage", "optimize", "uploadCdn", "publish", "notifyTeam");

    @TempDir
    Path root;

    private final Map<String, byte[]> pictures = new LinkedHashMap<>();
    private CdnServer cdn;

    @BeforeEach
    void open() throws IOException {
        cdn = new CdnServer();
        for (int i = 1; i <= 2; i++) {
            byte[] content = SamplePictures.picture("exif/Portrait_" + i + ".jpg");
            pictures.put("Portrait_" + i + ".jpg", content);
            Files.write(ContentWorker.incoming(root).resolve("Portrait_" + i + ".jpg"), content);
        }
    }

    @AfterEach
    void close() {
        cdn.close();
    }

    @Test
    void killed_in_the_middle_of_a_write_it_leaves_no_half_file_and_all_is_complete_in_the_end() throws Exception {
        List<String> begun = runAndKillAt(step -> {
            String[] words = step.split(" ");
            return words[0].equals("publish") && Long.parseLong(words[1]) > 30_000;
        });

        // It was writing: half a file is there, under a name that nobody reads.
        assertThat(begun).last().asString().startsWith("publish ");
        assertThat(shelved(name -> name.endsWith(".tmp")))
                .singleElement()
                .satisfies(half -> assertThat(Files.size(half)).isBetween(30_000L, 90_000L));
        assertThat(shelved(name -> name.endsWith(".jpg") || name.endsWith(".json")))
                .isEmpty();
        assertThat(outbox()).isEmpty();

        runToTheEnd();

        assertEachPublishedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimize", "uploadCdn", "notifyTeam"})
    void killed_before_a_task_it_does_again_only_what_was_not_recorded(String task) throws Exception {
        List<String> begun = runAndKillAt(step -> step.equals(task + " 0"));
        List<String> begunThen = runToTheEnd();

        assertEachPublishedOnce();
        for (String name : TASKS) {
            boolean recorded = TASKS.indexOf(name) < TASKS.indexOf(task);
            assertThat(begunThen.stream().filter((name + " 0")::equals))
                    .as(name)
                    .hasSize(pictures.size() - (recorded ? 1 : 0));
        }
        assertThat(begun).last().isEqualTo(task + " 0");
    }

    @Test
    void killed_when_the_cdn_had_stored_it_stores_nothing_twice() throws Exception {
        cdn.loseAnswer();
        Process process = start();
        CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> {
            await().forever().until(() -> cdn.objects().size() == 1);
            process.destroyForcibly();
        });
        assertThat(Steps.follow(process, step -> true)).isNotZero();
        killed.join();

        runToTheEnd();

        assertEachPublishedOnce();
        assertThat(cdn.stored()).hasSize(2);
        List<Request> puts = pictures.keySet().stream()
                .flatMap(name -> cdn.puts(name).stream())
                .toList();
        assertThat(puts).hasSizeGreaterThan(2);
        assertThat(puts.stream().map(Request::idempotencyKey).distinct()).hasSize(2);
    }

    // ----------------------------------------------------------------------------------------------------------------

    private List<String> runAndKillAt(Predicate<String> moment) throws Exception {
        List<String> begun = new ArrayList<>();
        int status = Steps.follow(start(), step -> {
            begun.add(step);
            return !moment.test(step);
        });
        assertThat(status).isNotZero();
        return begun;
    }

    private List<String> runToTheEnd() throws Exception {
        List<String> begun = new ArrayList<>();
        assertThat(Steps.follow(start(), begun::add)).isZero();
        return begun;
    }

    private Process start() throws IOException {
        return AnotherJvm.running(
                        DurableContent.class,
                        List.of(),
                        List.of(root.toString(), cdn.uri().toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private void assertEachPublishedOnce() throws Exception {
        try (ContentWorker worker = new ContentWorker(root, cdn.uri(), event -> {})) {
            for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
                String id = new Picture(picture.getKey(), Vault.sha256(picture.getValue())).runId();
                Version version = worker.find(id).orElseThrow().result().published();
                assertThat(version.number()).isEqualTo(1);
                assertThat(worker.library().manifest(picture.getKey()).versions())
                        .containsExactly(version);
                byte[] published = Files.readAllBytes(worker.library().file(version));
                assertThat(Vault.sha256(published)).isEqualTo(version.sha256());
                assertThat(cdn.objects().values()).anyMatch(object -> Arrays.equals(object, published));
            }
        }
        assertThat(shelved(name -> name.endsWith(".jpg"))).hasSize(2);
        assertThat(outbox()).hasSize(2);
    }

    private List<Path> shelved(Predicate<String> name) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("processed"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> name.test(file.getFileName().toString()))
                    .toList();
        }
    }

    private List<Path> outbox() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("outbox"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        }
    }
}
