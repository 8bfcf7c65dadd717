package io.flowright.examples.content;

import io.flowright.crash.Effect;
import io.flowright.crash.matrix.MortalFlow;
import io.flowright.crash.matrix.World;
import io.flowright.examples.content.ContentTasks.Picture;
import io.flowright.examples.content.Library.Version;
import io.flowright.examples.crash.MortalExample;
import io.flowright.examples.server.ScriptedServer.Request;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A picture that is published once and whole, or, if it is broken or the CDN will not have it, not at all. */
public final class MortalContent implements MortalExample {

    private static final String NAME = "picture.jpg";

    private final String path;
    private final boolean isForbidden;
    private final Ending ending;

    private MortalContent(String path, boolean isForbidden, Ending ending) {
        this.path = path;
        this.isForbidden = isForbidden;
        this.ending = ending;
    }

    /** Nothing is wrong with it. */
    public static MortalContent published() {
        return new MortalContent(
                "jpeg/gray-sample.jpg",
                false,
                new Ending(
                        RunStatus.SUCCEEDED,
                        "picture.jpg v1 as on the CDN",
                        List.of(
                                "1 objects on the CDN",
                                "v1.jpg of the manifest, stored once",
                                "picture.jpg v1 is on the CDN")));
    }

    /** Nobody can read it. */
    public static MortalContent broken() {
        return new MortalContent(
                "broken-jpeg/broken-sos-before-sof.jpg",
                false,
                new Ending(RunStatus.FAILED, "processImage: picture.jpg is broken", List.of("0 objects on the CDN")));
    }

    /** The CDN will not have it. */
    public static MortalContent forbidden() {
        return new MortalContent(
                "jpeg/gray-sample.jpg",
                true,
                new Ending(RunStatus.FAILED, "uploadCdn: the CDN answers 403", List.of("0 objects on the CDN")));
    }

    @Override
    public Ending ending() {
        return ending;
    }

    @Override
    public Map<String, Set<String>> needs() {
        return Map.of(
                "optimize", Set.of("processImage"),
                "uploadCdn", Set.of("optimize"),
                "publish", Set.of("uploadCdn"),
                "notifyTeam", Set.of("publish"));
    }

    @Override
    public World world(Path directory, Path effects) throws IOException {
        Picture picture = new Picture(NAME, vault(directory).keep(SamplePictures.picture(path)));
        CdnServer cdn = new CdnServer();
        if (isForbidden) {
            cdn.forbid(NAME);
        }
        return new Publisher(directory, picture, cdn);
    }

    @Override
    public MortalFlow flow(Engine engine, String world) {
        String[] address = world.split("\\|");
        URI cdn = URI.create(address[2]);
        ContentFlow flow = ContentFlow.create(tasks(Path.of(address[0]), cdn), engine);
        Picture picture = new Picture(NAME, address[1]);
        return run -> MortalFlow.outcome(flow.start(RunOptions.id(run), picture), result -> text(result, picture))
                // Where exactly is another matter in each run.
                .replaceAll(" for http:.*|(?<= is broken): .*", "");
    }

    private static ContentTasks tasks(Path root, URI cdn) {
        try {
            return new ContentTasks(
                    vault(root),
                    Watermark.arrow(),
                    new CdnClient(HttpClient.newHttpClient(), cdn),
                    Library.in(root.resolve("processed")),
                    Outbox.in(root.resolve("outbox")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vault vault(Path root) throws IOException {
        return Vault.in(root.resolve("vault"));
    }

    private static String text(ContentFlow.Result result, Picture picture) {
        Version version = result.published();
        boolean isSame = version.input().equals(picture.sha256())
                && result.uploaded().getPath().endsWith("/" + version.sha256() + ".jpg");
        return version.name() + " v" + version.number() + (isSame ? " as on the CDN" : ", unlike what is on the CDN");
    }

    /** The folder of a worker, and the CDN. */
    private record Publisher(Path root, Picture picture, CdnServer cdn) implements World {

        @Override
        public String address() {
            return root + "|" + picture.sha256() + "|" + cdn.uri();
        }

        @Override
        public List<Effect> requests() {
            List<Effect> requests = new ArrayList<>();
            for (Request put : cdn.puts(NAME)) {
                requests.add(Effect.request("PUT", String.valueOf(put.idempotencyKey())));
            }
            return requests;
        }

        /** What is published and what the team is told. */
        @Override
        public List<String> traces() throws IOException {
            List<String> traces = new ArrayList<>(List.of(cdn.objects().size() + " objects on the CDN"));
            Library library = Library.in(root.resolve("processed"));
            for (Version version : library.manifest(NAME).versions()) {
                byte[] file = Files.readAllBytes(library.file(version));
                boolean isWhole = Vault.sha256(file).equals(version.sha256())
                        && cdn.objects().values().stream().allMatch(object -> Arrays.equals(object, file));
                traces.add((isWhole ? version.file() + " of the manifest" : "half of " + version.file()) + ", stored "
                        + (cdn.stored().size() == 1 ? "once" : cdn.stored().size() + " times"));
            }
            for (Path message : files(root.resolve("outbox"), "*.txt")) {
                traces.add(Files.readString(message).strip().replaceAll("http:.*", "the CDN"));
            }
            return traces;
        }

        private static List<Path> files(Path folder, String pattern) throws IOException {
            List<Path> files = new ArrayList<>();
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
                found.forEach(files::add);
            }
            return files;
        }

        @Override
        public void close() {
            cdn.close();
        }
    }
}
