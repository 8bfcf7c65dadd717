package io.flowright.examples.upload;

import io.flowright.examples.server.ScriptedServer;
import io.flowright.examples.upload.UploadTasks.Upload;
import io.flowright.runtime.FlowFailedException;
import java.io.IOException;
import java.net.http.HttpClient;

/** An upload that succeeds at the third attempt, and one that is refused. */
public final class UploadSample {

    private UploadSample() {}

    public static void main(String[] args) throws IOException {
        try (ScriptedServer server = new ScriptedServer(503, 503, 201, 403)) {
            UploadFlow flow = UploadFlow.create(new UploadTasks(HttpClient.newHttpClient()));
            Upload report = new Upload(server.uri("/report.txt"), "all is well");
            System.out.printf(
                    "stored as %s, %d requests%n",
                    flow.run(report).location(), server.requests().size());
            try {
                flow.run(new Upload(server.uri("/secret.txt"), "all is lost"));
            } catch (FlowFailedException e) {
                System.out.println(e.snapshot().report());
            }
        }
    }
}
