package io.flowright.examples.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.flowright.crash.Effect;
import io.flowright.crash.matrix.MortalFlow;
import io.flowright.crash.matrix.World;
import io.flowright.examples.crash.Attempts;
import io.flowright.examples.crash.MortalExample;
import io.flowright.examples.server.ScriptedServer;
import io.flowright.examples.upload.UploadTasks.Upload;
import io.flowright.runtime.Engine;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** A text for a server that is busy until the third attempt. */
public final class MortalUpload implements MortalExample {

    @Override
    public Ending ending() {
        return new Ending(RunStatus.SUCCEEDED, "/report.txt", List.of("/report.txt: all is well"));
    }

    @Override
    public Map<String, Set<String>> needs() {
        return Map.of();
    }

    @Override
    public World world(Path directory, Path effects) throws IOException {
        return new Storage(effects);
    }

    @Override
    public MortalFlow flow(Engine engine, String world) {
        UploadFlow flow = UploadFlow.create(new UploadTasks(HttpClient.newHttpClient()), engine);
        Upload report = new Upload(URI.create(world).resolve("/report.txt"), "all is well");
        return run -> MortalFlow.outcome(
                flow.start(RunOptions.id(run), report),
                result -> URI.create(result.location()).getPath());
    }

    private static final class Storage implements World {

        private final Map<String, String> texts = new ConcurrentSkipListMap<>();
        private final ScriptedServer server;

        Storage(Path effects) throws IOException {
            server = new ScriptedServer(exchange -> answer(exchange, Attempts.of(UploadFlow.Tasks.STORE, effects)));
        }

        private void answer(HttpExchange exchange, int attempt) throws IOException {
            if (attempt < 3) {
                ScriptedServer.status(503).handle(exchange);
                return;
            }
            try (exchange) {
                byte[] text = exchange.getRequestBody().readAllBytes();
                texts.put(exchange.getRequestURI().getPath(), new String(text, UTF_8));
                exchange.sendResponseHeaders(201, -1);
            }
        }

        @Override
        public String address() {
            return server.uri("/").toString();
        }

        @Override
        public List<Effect> requests() {
            return server.requests().stream()
                    .map(request -> Effect.request(
                            request.method() + " " + request.path(), String.valueOf(request.idempotencyKey())))
                    .toList();
        }

        @Override
        public List<String> traces() {
            return texts.entrySet().stream()
                    .map(text -> text.getKey() + ": " + text.getValue())
                    .toList();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
