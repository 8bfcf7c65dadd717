package io.flowright.examples.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.flowright.examples.server.ScriptedServer;
import io.flowright.examples.server.ScriptedServer.Request;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A CRM on this machine, with the faults that it is told to have. */
final class CrmServer implements AutoCloseable {

    private static final String BY_ACCOUNT = "account=";

    /** The account of each contact. */
    private final Map<String, String> contacts = new ConcurrentHashMap<>();

    /** The contact that each idempotency key made. */
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private final ScriptedServer server = new ScriptedServer(this::answer);

    CrmServer() throws IOException {}

    /** The next requests get these answers and are not carried out. */
    void refuse(int... statuses) {
        for (int status : statuses) {
            server.next(ScriptedServer.status(status));
        }
    }

    /** The next requests are carried out, but their answers never come. */
    void loseAnswers(int count) {
        for (int i = 0; i < count; i++) {
            server.next(this::carryOut);
        }
    }

    URI uri() {
        return server.uri("/");
    }

    /** The account of each contact, by the contact's id. */
    Map<String, String> contacts() {
        return Map.copyOf(contacts);
    }

    List<Request> requests(String method) {
        return server.requests().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = carryOut(exchange).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String carryOut(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String query = exchange.getRequestURI().getQuery();
        String account = query == null ? "" : query.substring(BY_ACCOUNT.length());
        if (exchange.getRequestMethod().equals("POST")) {
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            return answers.computeIfAbsent(key, unknown -> add(account));
        }
        String path = exchange.getRequestURI().getPath();
        contacts.entrySet()
                .removeIf(contact -> path.endsWith("/" + contact.getKey()) || account.equals(contact.getValue()));
        return "";
    }

    private String add(String account) {
        String contact = "C" + (answers.size() + 1);
        contacts.put(contact, account);
        return contact;
    }

    @Override
    public void close() {
        server.close();
    }
}
