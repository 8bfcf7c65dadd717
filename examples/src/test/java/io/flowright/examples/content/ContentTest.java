package io.flowright.examples.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.flowright.examples.content.ContentTasks.Picture;
import io.flowright.examples.content.Library.Version;
import io.flowright.examples.server.ScriptedServer.Request;
import io.flowright.runtime.BusinessFailure;
import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.Runs;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.spi.TaskRecord;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures from the drop folder to the team, with all that may go wrong on the way. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContentTest {

    private static final String LANDSCAPE = "exif/Landscape_6.jpg";
    private static final Duration OFTEN = Duration.ofMillis(50);

    @TempDir
    Path root;

    private final CapturingListener events = new CapturingListener();
    private CdnServer cdn;
    private ContentWorker worker;

    @BeforeEach
    void open() throws IOException {
        cdn = new CdnServer();
        worker = new ContentWorker(root, cdn.uri(), events);
    }

    @AfterEach
    void close() {
        worker.close();
        cdn.close();
    }

    @Test
    void every_good_picture_is_published_and_of_every_bad_one_it_is_known_why() throws Exception {
        Map<String, byte[]> good = new LinkedHashMap<>();
        for (String path : List.of(LANDSCAPE, "exif/Portrait_3.jpg", "jpeg/cmyk-sample.jpg", "jpeg/gray-sample.jpg")) {
            good.put(path.substring(path.indexOf('/') + 1), SamplePictures.picture(path));
        }
        Map<String, byte[]> bad = new LinkedHashMap<>();
        bad.put("bogus.jpg", SamplePictures.picture("broken-jpeg/broken-bogus-segment-length.jpg"));
        bad.put("early.jpg", SamplePictures.picture("broken-jpeg/broken-sos-before-sof.jpg"));
        bad.put("fake.png", SamplePictures.table());

        worker.watch(OFTEN);
        for (Map.Entry<String, byte[]> picture : Stream.of(bad, good)
                .flatMap(pictures -> pictures.entrySet().stream())
                .toList()) {
            drop(picture.getKey(), picture.getValue());
        }

        for (Map.Entry<String, byte[]> picture : good.entrySet()) {
            ContentFlow.Result result =
                    awaited(picture.getKey(), picture.getValue()).result();
            assertThat(result.published().number()).isEqualTo(1);
            Path file = worker.library().file(result.published());
            BufferedImage published = ImageIO.read(file.toFile());
            assertThat(published.getWidth()).isEqualTo(1200);
            assertThat(published.getHeight()).isEqualTo(800);
            HttpResponse<byte[]> stored = get(result);
            assertThat(stored.body()).isEqualTo(Files.readAllBytes(file));
            assertThat(stored.headers().firstValue("ETag"))
                    .contains('"' + result.published().sha256() + '"');
            assertThat(Vault.sha256(stored.body())).isEqualTo(result.published().sha256());
        }
        for (Map.Entry<String, byte[]> picture : bad.entrySet()) {
            Run<ContentFlow.Result> run = awaited(picture.getKey(), picture.getValue());
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThat(run.snapshot().task(ContentFlow.Tasks.PROCESS_IMAGE).attempts())
                    .isEqualTo(1);
            FailureInfo failure = worker.runs().history(run.id()).get(0).failure();
            assertThat(failure).isNotNull();
            assertThat(failure.kind()).isEqualTo(FailureInfo.Kind.BUSINESS);
            assertThat(failure.message()).startsWith(picture.getKey() + " is ");
        }
        assertThat(names("processed")).containsExactlyInAnyOrderElementsOf(good.keySet());
        assertThat(cdn.objects()).hasSize(good.size());
        assertThat(names("outbox")).hasSize(good.size());
    }

    @Test
    void the_watermark_is_where_it_belongs_and_nothing_else_has_changed() throws Exception {
        Version version = published(LANDSCAPE);
        BufferedImage published = ImageIO.read(worker.library().file(version).toFile());
        byte[] plain = PictureRenderer.jpeg(
                PictureRenderer.cover(PictureDecoder.decode("plain", SamplePictures.picture(LANDSCAPE))), 0.85f);
        BufferedImage unmarked = ImageIO.read(new ByteArrayInputStream(plain));

        BufferedImage watermark = Watermark.arrow();
        Rectangle marked = new Rectangle(10, 10, watermark.getWidth(), watermark.getHeight());
        assertThat(Pixels.differenceWithin(published, unmarked, marked)).isGreaterThan(20);
        // JPEG spreads a change over its block of 16 pixels.
        Rectangle block = new Rectangle(0, 0, 176, 80);
        assertThat(Pixels.difference(published, unmarked, block)).isLessThan(0.01);
        // The arrow is opaque, the plate around it is not.
        assertThat(Pixels.mean(published, new Rectangle(45, 36, 40, 6)))
                .satisfies(mean -> assertThat(mean[0]).isGreaterThan(235))
                .satisfies(mean -> assertThat(mean[2]).isBetween(170, 225));
        Rectangle plate = new Rectangle(60, 14, 30, 12);
        int half = (Pixels.mean(unmarked, plate)[0] + 20) / 2;
        assertThat(Pixels.mean(published, plate)[0]).isBetween(half - 12, half + 12);
    }

    @Test
    void a_busy_cdn_is_asked_until_it_stores() throws Exception {
        cdn.refuse(503, 503);

        Run<ContentFlow.Result> run = take("a.jpg", LANDSCAPE);

        assertThat(run.result().published().number()).isEqualTo(1);
        assertThat(run.snapshot().task(ContentFlow.Tasks.UPLOAD_CDN).attempts()).isEqualTo(3);
        assertThat(uploads(run))
                .containsExactly(TaskRecord.Status.RETRYING, TaskRecord.Status.RETRYING, TaskRecord.Status.SUCCEEDED);
        assertThat(cdn.puts("a.jpg")).hasSize(3);
        assertThat(cdn.puts("a.jpg"))
                .extracting(Request::idempotencyKey)
                .containsOnly(cdn.puts("a.jpg").get(0).idempotencyKey());
        assertThat(cdn.objects()).hasSize(1);
    }

    @Test
    void a_refusal_is_final_until_somebody_has_the_run_go_on() throws Exception {
        cdn.forbid("a.jpg");
        Run<ContentFlow.Result> run = take("a.jpg", LANDSCAPE);

        FlowFailedException failure = catchThrowableOfType(FlowFailedException.class, run::result);

        assertThat(failure).hasCauseInstanceOf(BusinessFailure.class).hasMessageContaining("the CDN answers 403");
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(cdn.puts("a.jpg")).hasSize(1);
        assertThat(uploads(run)).containsExactly(TaskRecord.Status.FAILED);
        assertThat(names("processed")).isEmpty();
        assertThat(names("outbox")).isEmpty();

        // The file is still there, and its run stays a dead letter.
        assertThat(take("a.jpg", LANDSCAPE).status()).isEqualTo(RunStatus.FAILED);
        assertThat(cdn.puts("a.jpg")).hasSize(1);
        assertThat(deadLetters()).containsExactly(run.id());
        assertThat(worker.runs().history(run.id()))
                .filteredOn(attempt -> attempt.failure() != null)
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.task()).isEqualTo("uploadCdn"));

        cdn.allow("a.jpg");
        Runs editor = worker.runs().by(Operator.named("editor").because("the CDN takes it now"));
        assertThat(editor.redrive(run.id())).isTrue();

        assertThat(awaited("a.jpg", SamplePictures.picture(LANDSCAPE))
                        .result()
                        .published()
                        .number())
                .isEqualTo(1);
        assertThat(uploads(run)).hasSize(2).endsWith(TaskRecord.Status.SUCCEEDED);
        assertThat(cdn.puts("a.jpg"))
                .hasSize(2)
                .extracting(Request::idempotencyKey)
                .containsOnly(cdn.puts("a.jpg").get(0).idempotencyKey());
        assertThat(deadLetters()).isEmpty();
        assertThat(editor.redrive(run.id())).isFalse();
        assertThat(worker.runs().trail(run.id(), 0, 10))
                .extracting(AuditEntry::act)
                .allSatisfy(act -> {
                    assertThat(act.operator()).isEqualTo(new Operator("editor", "the CDN takes it now"));
                    assertThat(act.action()).isEqualTo("redrive");
                });
        assertThat(worker.runs().trail(run.id(), 0, 10))
                .extracting(AuditEntry::accepted)
                .containsExactly(true, false);
    }

    @Test
    void a_dead_letter_that_nobody_wants_is_discarded_and_has_published_nothing() throws Exception {
        Run<ContentFlow.Result> run = worker.take("fake.png", SamplePictures.table());
        assertThat(catchThrowableOfType(FlowFailedException.class, run::result))
                .hasCauseInstanceOf(BusinessFailure.class);

        assertThat(worker.runs().discard(run.id())).isTrue();

        assertThat(deadLetters()).isEmpty();
        assertThat(worker.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(names("processed")).isEmpty();
    }

    @Test
    void a_connection_cut_after_the_cdn_had_stored_makes_no_second_object() throws Exception {
        cdn.cutAfterStoring();

        Run<ContentFlow.Result> run = take("a.jpg", LANDSCAPE);

        assertThat(run.result().published().number()).isEqualTo(1);
        assertThat(uploads(run)).containsExactly(TaskRecord.Status.RETRYING, TaskRecord.Status.SUCCEEDED);
        assertThat(cdn.puts("a.jpg")).hasSize(2);
        assertThat(cdn.stored()).hasSize(1);
        assertThat(worker.library().manifest("a.jpg").versions()).hasSize(1);
    }

    @Test
    void a_cdn_that_stays_busy_makes_a_dead_letter_and_keeps_no_other_picture_waiting() throws Exception {
        cdn.refuse(500, 500, 500, 500, 500);
        Run<ContentFlow.Result> dead = take("a.jpg", LANDSCAPE);
        assertThat(catchThrowableOfType(FlowFailedException.class, dead::result))
                .hasCauseInstanceOf(IOException.class);
        assertThat(cdn.puts("a.jpg")).hasSize(5);

        assertThat(take("b.jpg", LANDSCAPE).result().published().number()).isEqualTo(1);

        assertThat(dead.resume()).isTrue();
        assertThat(dead.result().published().name()).isEqualTo("a.jpg");
    }

    @Test
    void the_same_file_twice_is_one_run() throws Exception {
        byte[] content = SamplePictures.picture(LANDSCAPE);
        drop("a.jpg", content);
        worker.look();
        worker.look();
        Version version = awaited("a.jpg", content).result().published();
        int before = events.events().size();

        // Written anew.
        drop("a.jpg", content);
        Files.setLastModifiedTime(ContentWorker.incoming(root).resolve("a.jpg"), FileTime.fromMillis(0));
        worker.look();
        worker.look();
        // And found by a worker that knows nothing of it.
        try (ContentWorker another = new ContentWorker(root, cdn.uri(), events)) {
            another.look();
            another.look();
            assertThat(another.take("a.jpg", content).result().published()).isEqualTo(version);
        }

        assertThat(events.events()).hasSize(before);
        RunQuery ofPicture = RunQuery.all().withTag(ContentWorker.PICTURE, "a.jpg");
        assertThat(worker.runs().list(ofPicture, null, 10).runs()).hasSize(1);
        assertThat(worker.library().manifest("a.jpg").versions()).containsExactly(version);
        assertThat(names("outbox")).hasSize(1);
        assertThat(cdn.puts("a.jpg")).hasSize(1);
    }

    @Test
    void a_changed_file_is_a_second_version_and_the_first_stays() throws Exception {
        byte[] morning = SamplePictures.picture("exif/Landscape_1.jpg");
        byte[] evening = SamplePictures.picture("exif/Portrait_1.jpg");
        worker.watch(OFTEN);
        drop("a.jpg", morning);
        Version first = awaited("a.jpg", morning).result().published();
        drop("a.jpg", evening);
        Version second = awaited("a.jpg", evening).result().published();

        assertThat(first.number()).isEqualTo(1);
        assertThat(second.number()).isEqualTo(2);
        assertThat(worker.library().manifest("a.jpg").latest()).isEqualTo(2);
        for (Version version : List.of(first, second)) {
            assertThat(Vault.sha256(Files.readAllBytes(worker.library().file(version))))
                    .isEqualTo(version.sha256());
        }
        assertThat(first.sha256()).isNotEqualTo(second.sha256());
        assertThat(cdn.objects()).hasSize(2);
    }

    @Test
    void two_workers_bring_each_picture_to_its_end_once() throws Exception {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (int i = 1; i <= 8; i++) {
            pictures.put("Portrait_" + i + ".jpg", SamplePictures.picture("exif/Portrait_" + i + ".jpg"));
        }
        try (ContentWorker another = new ContentWorker(root, cdn.uri(), events)) {
            worker.watch(OFTEN);
            another.watch(OFTEN);
            for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
                drop(picture.getKey(), picture.getValue());
            }
            for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
                Version version =
                        awaited(picture.getKey(), picture.getValue()).result().published();
                assertThat(version.number()).isEqualTo(1);
                assertThat(worker.library().manifest(picture.getKey()).versions())
                        .containsExactly(version);
            }
        }

        assertThat(names("outbox")).hasSize(pictures.size());
        assertThat(cdn.stored()).hasSize(pictures.size());
        assertThat(events.events(FlowEvent.RunStarted.class))
                .extracting(FlowEvent::runId)
                .hasSize(pictures.size())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_picture_whose_name_leads_elsewhere_is_not_taken() {
        for (String name : List.of("../a.jpg", "a/b.jpg", "..", ".a.jpg", "a\nb.jpg", " ", "a\\b.jpg")) {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> worker.take(name, new byte[1])))
                    .hasMessage("no name for a picture: " + name);
        }
    }

    @Test
    void names_may_hold_what_means_something_in_addresses() throws Exception {
        String name = "Straße 7?a=b&c%20#d+e.jpg";

        Run<ContentFlow.Result> run = take(name, LANDSCAPE);

        assertThat(get(run.result()).statusCode()).isEqualTo(200);
        assertThat(cdn.objects())
                .containsOnlyKeys("/" + name + "/" + run.result().published().sha256() + ".jpg");
        assertThat(worker.library().manifest(name).latest()).isEqualTo(1);
    }

    // ----------------------------------------------------------------------------------------------------------------

    private Run<ContentFlow.Result> take(String name, String path) throws IOException {
        return worker.take(name, SamplePictures.picture(path));
    }

    private Version published(String path) throws IOException {
        return take("a.jpg", path).result().published();
    }

    private void drop(String name, byte[] content) throws IOException {
        Files.write(ContentWorker.incoming(root).resolve(name), content);
    }

    /** The run of what was dropped, once it has begun and come to its end. */
    private Run<ContentFlow.Result> awaited(String name, byte[] content) {
        String id = new Picture(name, Vault.sha256(content)).runId();
        await().forever()
                .until(() ->
                        worker.find(id).filter(run -> !run.status().isActive()).isPresent());
        return worker.find(id).orElseThrow();
    }

    private List<TaskRecord.Status> uploads(Run<?> run) {
        return worker.runs().history(run.id()).stream()
                .filter(attempt -> attempt.task().equals(ContentFlow.Tasks.UPLOAD_CDN))
                .map(TaskAttempt::status)
                .toList();
    }

    private List<String> deadLetters() {
        return worker.runs().deadLetters(RunQuery.all(), null, 100).runs().stream()
                .map(RunSummary::id)
                .toList();
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static HttpResponse<byte[]> get(ContentFlow.Result result) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(result.uploaded()).build(), BodyHandlers.ofByteArray());
    }
}
