package io.flowright.examples.onboarding;

import io.flowright.examples.onboarding.OnboardingTasks.Account;
import io.flowright.runtime.BusinessFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** Tells the CRM about accounts. */
record CrmClient(HttpClient http, URI server) {

    /** Returns the id of the contact; the same key twice is one contact. */
    String add(Account account, String key) throws IOException, InterruptedException {
        return send("POST", "/contacts?account=" + account.id(), account.owner().fullName(), key);
    }

    void delete(Account account, Optional<String> contact, String key) throws IOException, InterruptedException {
        send("DELETE", contact.map(id -> "/contacts/" + id).orElse("/contacts?account=" + account.id()), "", key);
    }

    private String send(String method, String path, String body, String key) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Idempotency-Key", key)
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 500) {
            throw new IOException("the CRM is busy: status " + response.statusCode());
        }
        if (response.statusCode() >= 400) {
            throw new BusinessFailure("the CRM refuses: status " + response.statusCode());
        }
        return response.body();
    }
}
