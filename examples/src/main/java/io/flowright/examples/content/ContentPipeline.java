package io.flowright.examples.content;

import io.flowright.examples.content.ContentTasks.Picture;
import io.flowright.examples.content.Library.Version;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.Run;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.operations.TaskAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Drops real pictures, good and bad, into the folder of a worker whose CDN has its moods, and prints what became of each. */
public final class ContentPipeline {

    private static final String ROW = "%-38s %-10s %-8s %-8s %10s %10s %12s %10s%n";

    /** The CDN will not have this one at first. */
    private static final String FORBIDDEN = "Portrait_8.jpg";

    private final Path root = Files.createTempDirectory("content");
    private final CdnServer cdn = new CdnServer();

    /** By run, when its file was closed, when its first task started and when it came to its end. */
    private final Map<String, Instant> dropped = new LinkedHashMap<>();

    private final Map<String, Instant> begun = new ConcurrentHashMap<>();
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();

    private ContentPipeline() throws IOException {}

    public static void main(String[] args) throws IOException, InterruptedException {
        new ContentPipeline().run();
    }

    private void run() throws IOException, InterruptedException {
        try (cdn;
                ContentWorker worker = new ContentWorker(root, cdn.uri(), this::note)) {
            worker.watch(Duration.ofMillis(150));
            cdn.forbid(FORBIDDEN);
            cdn.refuse(503, 503);

            System.out.printf(
                    ROW, "picture", "run", "version", "attempts", "bytes in", "out", "picked up in", "done in");
            List<Run<ContentFlow.Result>> runs = new ArrayList<>();
            for (Map.Entry<String, byte[]> sample : samples().entrySet()) {
                runs.add(drop(worker, sample.getKey(), sample.getValue()));
                // The first one waits for classes and codecs to be loaded, and the others would wait with it.
                awaitEnd(runs.get(0));
            }
            for (Run<ContentFlow.Result> run : runs) {
                awaitEnd(run);
                print(worker, run);
            }

            System.out.printf("%nDead letters:%n");
            Runs editor = worker.runs().by(Operator.named("editor").because("the CDN takes it now"));
            List<RunSummary> dead =
                    editor.deadLetters(RunQuery.all(), null, 100).runs();
            dead.forEach(run -> printReason(editor, run));

            System.out.println();
            cdn.allow(FORBIDDEN);
            for (RunSummary run : dead) {
                if (FORBIDDEN.equals(run.tags().get(ContentWorker.PICTURE)) && editor.redrive(run.id())) {
                    tell(worker.find(run.id()).orElseThrow(), "tried again now that the CDN takes it");
                }
            }
            tell(drop(worker, "Landscape_1.jpg", SamplePictures.picture("exif/Landscape_1.jpg")), "dropped once more");
            tell(
                    drop(worker, "Landscape_1.jpg", SamplePictures.picture("exif/Landscape_2.jpg")),
                    "dropped, and another");
        }
        System.out.printf(
                "%n95 %% of the pictures after the first were picked up within %,d ms of being complete, and done within %,d ms%n",
                percentile95(begun), percentile95(ended));
        System.out.printf(
                "%d objects on the CDN; all else is in %s%n", cdn.objects().size(), root);
    }

    private static Map<String, byte[]> samples() throws IOException {
        Map<String, byte[]> samples = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>();
        IntStream.rangeClosed(1, 8).forEach(orientation -> paths.add("exif/Landscape_" + orientation + ".jpg"));
        IntStream.rangeClosed(1, 8).forEach(orientation -> paths.add("exif/Portrait_" + orientation + ".jpg"));
        paths.add("jpeg/cmyk-sample.jpg");
        paths.add("jpeg/gray-sample.jpg");
        paths.add("broken-jpeg/broken-bogus-segment-length.jpg");
        paths.add("broken-jpeg/broken-sos-before-sof.jpg");
        for (String path : paths) {
            samples.put(path.substring(path.indexOf('/') + 1), SamplePictures.picture(path));
        }
        samples.put("fake.png", SamplePictures.table());
        return samples;
    }

    /** Writes a file as somebody would over a slow line, and waits until the worker has begun with it. */
    private Run<ContentFlow.Result> drop(ContentWorker worker, String name, byte[] content)
            throws IOException, InterruptedException {
        Path file = ContentWorker.incoming(root).resolve(name);
        int half = content.length / 2;
        Files.write(file, Arrays.copyOf(content, half));
        Thread.sleep(100);
        Files.write(file, Arrays.copyOfRange(content, half, content.length), StandardOpenOption.APPEND);
        String runId = new Picture(name, Vault.sha256(content)).runId();
        dropped.putIfAbsent(runId, Instant.now());
        while (true) {
            Optional<Run<ContentFlow.Result>> run = worker.find(runId);
            if (run.isPresent()) {
                return run.get();
            }
            Thread.sleep(10);
        }
    }

    private static void awaitEnd(Run<?> run) throws InterruptedException {
        while (run.status().isActive()) {
            Thread.sleep(10);
        }
    }

    private void note(FlowEvent event) {
        if (event instanceof FlowEvent.TaskStarted) {
            begun.putIfAbsent(event.runId(), event.at());
        } else if (event instanceof FlowEvent.RunFinished) {
            ended.putIfAbsent(event.runId(), event.at());
        }
    }

    private void print(ContentWorker worker, Run<ContentFlow.Result> run) throws IOException {
        String name = name(run);
        String input = run.id().substring(run.id().lastIndexOf('@') + 1);
        Optional<Version> version = worker.library().manifest(name).versions().stream()
                .filter(published -> published.input().equals(input))
                .findFirst();
        int attempts = run.snapshot().task(ContentFlow.Tasks.UPLOAD_CDN).attempts();
        System.out.printf(
                ROW,
                name,
                run.status(),
                version.isPresent() ? "v" + version.get().number() : "",
                attempts == 0 ? "" : attempts,
                "%,d".formatted(Files.size(root.resolve("vault").resolve(input))),
                version.isPresent()
                        ? "%,d".formatted(Files.size(worker.library().file(version.get())))
                        : "",
                took(run.id(), begun) + " ms",
                took(run.id(), ended) + " ms");
    }

    private static void tell(Run<ContentFlow.Result> run, String what) throws InterruptedException {
        awaitEnd(run);
        System.out.printf(
                "%s, %s: %s as v%d%n",
                name(run), what, run.status(), run.result().published().number());
    }

    private static void printReason(Runs runs, RunSummary run) {
        for (TaskAttempt attempt : runs.history(run.id())) {
            if (attempt.failure() != null) {
                System.out.printf(
                        "  %s: attempt %d of %s: %s%n",
                        run.tags().get(ContentWorker.PICTURE),
                        attempt.number(),
                        attempt.task(),
                        attempt.failure().message());
            }
        }
    }

    private static String name(Run<?> run) {
        return run.id().substring(0, run.id().lastIndexOf('@'));
    }

    private long took(String runId, Map<String, Instant> until) {
        Instant end = until.get(runId);
        Instant start = dropped.get(runId);
        return start == null || end == null ? 0 : Duration.between(start, end).toMillis();
    }

    private long percentile95(Map<String, Instant> until) {
        long[] all = dropped.keySet().stream()
                .skip(1)
                .mapToLong(runId -> took(runId, until))
                .sorted()
                .toArray();
        return all[(int) Math.ceil(all.length * 0.95) - 1];
    }
}
