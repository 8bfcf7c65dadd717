package io.flowright.examples.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real server on this machine. It answers as its script says, one request after the other, and then as it always does. */
public final class ScriptedServer implements AutoCloseable {

    /** What somebody asked for. */
    public record Request(
            String method, String path, @Nullable String idempotencyKey) {}

    private final HttpServer server;
    private final Queue<HttpHandler> script = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /** A server that answers with these statuses, and with 500 when they are used up. */
    public ScriptedServer(int... statuses) throws IOException {
        this(status(500));
        for (int status : statuses) {
            next(status(status));
        }
    }

    /** A server that leaves to {@code usual} whatever is not scripted. */
    public ScriptedServer(HttpHandler usual) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(request(exchange));
            HttpHandler scripted = script.poll();
            (scripted == null ? usual : scripted).handle(exchange);
        });
        server.start();
    }

    /** Answers with a status and nothing else. */
    public static HttpHandler status(int status) {
        return exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(status, -1);
            }
        };
    }

    /** The next request that is not scripted yet is answered like this; who does not answer keeps the client waiting. */
    public void next(HttpHandler answer) {
        script.add(answer);
    }

    public URI uri(String path) {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + path);
    }

    /** The requests that came so far, in their order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private static Request request(HttpExchange exchange) {
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
