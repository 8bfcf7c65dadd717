package io.flowright.examples.content;

import com.sun.net.httpserver.HttpExchange;
import io.flowright.examples.server.ScriptedServer;
import io.flowright.examples.server.ScriptedServer.Request;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A CDN on this machine, with the faults that it is told to have. It answers one request after the other. */
final class CdnServer implements AutoCloseable {

    private static final int CREATED = 201;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private final ScriptedServer server = new ScriptedServer(this::answer);

    CdnServer() throws IOException {}

    URI uri() {
        return server.uri("/");
    }

    /** The next requests get these answers and are not carried out. */
    void refuse(int... statuses) {
        for (int status : statuses) {
            server.next(ScriptedServer.status(status));
        }
    }

    /** The next request is carried out, but its connection is cut before the answer. */
    void cutAfterStoring() {
        server.next(exchange -> {
            try (exchange) {
                carryOut(exchange);
            }
        });
    }

    /** The next request is carried out, but its answer never comes. */
    void loseAnswer() {
        server.next(this::carryOut);
    }

    /** Answers 403 for everything of this name. */
    void forbid(String name) {
        forbidden.add(name);
    }

    void allow(String name) {
        forbidden.remove(name);
    }

    /** What it has, by path. */
    Map<String, byte[]> objects() {
        return Map.copyOf(objects);
    }

    /** The paths of the objects that it has stored, each time that it has. */
    List<String> stored() {
        return List.copyOf(stored);
    }

    /** The requests to store something of this name. */
    List<Request> puts(String name) {
        return server.requests().stream()
                .filter(request ->
                        request.method().equals("PUT") && name(request.path()).equals(name))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = carryOut(exchange);
            byte[] object = objects.get(exchange.getRequestURI().getPath());
            if (object != null) {
                exchange.getResponseHeaders().set("ETag", '"' + Vault.sha256(object) + '"');
            }
            byte[] body = exchange.getRequestMethod().equals("GET") && object != null ? object : new byte[0];
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Returns the status that says what came of it. */
    private int carryOut(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (forbidden.contains(name(path))) {
            return FORBIDDEN;
        }
        if (!exchange.getRequestMethod().equals("PUT")) {
            return objects.containsKey(path) ? 200 : NOT_FOUND;
        }
        boolean onlyNew = "*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
        if (onlyNew && objects.containsKey(path)) {
            return PRECONDITION_FAILED;
        }
        objects.put(path, body);
        stored.add(path);
        return CREATED;
    }

    private static String name(String path) {
        return path.substring(1, Math.max(1, path.lastIndexOf('/')));
    }

    @Override
    public void close() {
        server.close();
    }
}
