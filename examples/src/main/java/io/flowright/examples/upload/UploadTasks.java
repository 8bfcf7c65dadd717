package io.flowright.examples.upload;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Retry;
import io.flowright.annotations.Timeout;
import io.flowright.runtime.TaskContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Stores a text on a server. */
@Flow
public class UploadTasks {

    /** Where a text goes, and what it says. */
    public record Upload(URI target, String text) {}

    /** The server cannot now; it may be able to later. */
    public static class ServerBusyException extends IOException {
        private static final long serialVersionUID = 1;

        ServerBusyException(int status) {
            super("the server is busy: status " + status);
        }
    }

    /** The server will not, however often it is asked. */
    public static class ServerRefusedException extends IOException {
        private static final long serialVersionUID = 1;

        ServerRefusedException(int status) {
            super("the server refuses: status " + status);
        }
    }

    private final HttpClient client;

    public UploadTasks(HttpClient client) {
        this.client = client;
    }

    @Provides("location")
    @Retry(
            maxAttempts = 5,
            delay = "100ms",
            backoff = 2,
            on = IOException.class,
            abortOn = ServerRefusedException.class)
    @Timeout("10s")
    String store(@Input Upload upload, TaskContext task) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(upload.target())
                .header("Idempotency-Key", task.idempotencyKey())
                .PUT(BodyPublishers.ofString(upload.text()))
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status >= 500) {
            throw new ServerBusyException(status);
        }
        if (status >= 400) {
            throw new ServerRefusedException(status);
        }
        return upload.target().toString();
    }
}
