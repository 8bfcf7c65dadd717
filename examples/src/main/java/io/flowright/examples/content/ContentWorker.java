package io.flowright.examples.content;

import io.flowright.examples.content.ContentTasks.Picture;
import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowListener;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.Runs;
import io.flowright.runtime.spi.RunStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes pictures in and lets them run, all in one folder: {@code incoming}, {@code vault}, {@code processed}, {@code outbox} and the
 * store of runs. Any number of workers, in this process and in others of the machine, may share the folder.
 */
final class ContentWorker implements AutoCloseable {

    /** The tag of a run that has the name of its picture. */
    static final String PICTURE = "picture";

    private static final System.Logger LOG = System.getLogger(ContentWorker.class.getName());

    /** Each of them holds a picture in memory. */
    private static final int RUNS_AT_ONCE = 4;

    private final Vault vault;
    private final Library library;
    private final DropFolder incoming;
    private final RunStore store;
    private final Engine engine;
    private final ContentFlow flow;
    private volatile boolean closed;

    /** A worker that looks into its folder when it is told to. */
    ContentWorker(Path root, URI cdn, FlowListener listener) throws IOException {
        vault = Vault.in(root.resolve("vault"));
        library = Library.in(root.resolve("processed"));
        incoming = new DropFolder(incoming(root));
        ContentTasks tasks = new ContentTasks(
                vault,
                Watermark.arrow(),
                new CdnClient(HttpClient.newHttpClient(), cdn),
                library,
                Outbox.in(root.resolve("outbox")));
        store = SqliteStore.open(root.resolve("runs.db"));
        engine = Engine.builder()
                .store(store)
                .maxActiveRuns(RUNS_AT_ONCE)
                .listener(listener)
                .build();
        flow = ContentFlow.create(tasks, engine);
    }

    /** Where the pictures of a worker are dropped. The folder is made if it is missing. */
    static Path incoming(Path root) throws IOException {
        return Files.createDirectories(root.resolve("incoming"));
    }

    /** Looks into its folder from now on, so often. A picture is taken with the second look that finds it the same. */
    void watch(Duration every) {
        Thread watch = new Thread(() -> lookAlways(every), "drop folder");
        watch.setDaemon(true);
        watch.start();
    }

    private void lookAlways(Duration every) {
        while (!closed) {
            try {
                look();
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "could not look into the drop folder", e);
            }
            try {
                Thread.sleep(every.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    void look() throws IOException {
        incoming.look(this::take);
    }

    /** Begins the run of a picture, or joins it: the content is safe before, so whoever goes on with the run finds it. */
    Run<ContentFlow.Result> take(String name, byte[] content) throws IOException {
        Picture picture = new Picture(name, vault.keep(content));
        return flow.start(RunOptions.id(picture.runId()).withTag(PICTURE, name), picture);
    }

    Optional<Run<ContentFlow.Result>> find(String runId) {
        return flow.find(runId);
    }

    /** All runs, of whichever worker: to look at, and to try again what failed. */
    Runs runs() {
        return engine.runs();
    }

    Library library() {
        return library;
    }

    /** Lets the tasks that run come to their end; another worker goes on with the rest. */
    @Override
    public void close() {
        closed = true;
        engine.close();
        store.close();
    }
}
