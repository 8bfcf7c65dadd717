package io.flowright.examples.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowright.runtime.BusinessFailure;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;

/** Stores pictures on a CDN. The place of an object is its content, so a CDN that has it already need not be asked twice. */
record CdnClient(HttpClient http, URI base) {

    private static final int CREATED = 201;
    private static final int PRECONDITION_FAILED = 412;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final Set<Integer> STORED = Set.of(200, CREATED, 204, PRECONDITION_FAILED);

    /**
     * Stores a picture, unless it is there.
     *
     * @return where it is
     * @throws BusinessFailure if the CDN will not, however often it is asked
     * @throws IOException if it cannot now, or nobody knows whether it has
     */
    URI put(String name, String sha256, byte[] jpeg, String idempotencyKey) throws IOException, InterruptedException {
        URI place = base.resolve(URLEncoder.encode(name, UTF_8).replace("+", "%20") + "/" + sha256 + ".jpg");
        HttpRequest request = HttpRequest.newBuilder(place)
                .header("Content-Type", "image/jpeg")
                .header("If-None-Match", "*")
                .header("Idempotency-Key", idempotencyKey)
                .PUT(BodyPublishers.ofByteArray(jpeg))
                .build();
        HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
        int status = response.statusCode();
        if (!STORED.contains(status)) {
            String refusal = "the CDN answers " + status + " for " + place;
            if (status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS) {
                throw new IOException(refusal);
            }
            throw new BusinessFailure(refusal);
        }
        String tag = response.headers().firstValue("ETag").orElse("none");
        if (!tag.equals('"' + sha256 + '"')) {
            throw new IOException("the CDN has something else at " + place + ": its ETag is " + tag);
        }
        return place;
    }
}
