package io.flowright.examples.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowright.examples.server.ScriptedServer;
import io.flowright.examples.upload.UploadTasks.ServerRefusedException;
import io.flowright.examples.upload.UploadTasks.Upload;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.Run;
import java.io.IOException;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

class UploadTest {

    private final UploadFlow flow = UploadFlow.create(new UploadTasks(HttpClient.newHttpClient()));

    @Test
    void a_busy_server_is_asked_until_it_stores() throws IOException {
        try (ScriptedServer server = new ScriptedServer(503, 503, 201)) {
            Run<UploadFlow.Result> run = flow.start(new Upload(server.uri("/a.txt"), "hello"));

            assertThat(run.result().location()).isEqualTo(server.uri("/a.txt").toString());
            assertThat(run.snapshot().task(UploadFlow.Tasks.STORE).attempts()).isEqualTo(3);
            assertThat(server.requests()).hasSize(3);
            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::idempotencyKey)
                    .containsOnly(server.requests().get(0).idempotencyKey());
        }
    }

    @Test
    void a_refusal_is_final() throws IOException {
        try (ScriptedServer server = new ScriptedServer(403, 201)) {
            FlowFailedException failure = catchThrowableOfType(
                    FlowFailedException.class, () -> flow.run(new Upload(server.uri("/a.txt"), "hello")));

            assertThat(failure).hasCauseInstanceOf(ServerRefusedException.class);
            assertThat(failure.snapshot().task(UploadFlow.Tasks.STORE).attempts())
                    .isEqualTo(1);
            assertThat(server.requests()).hasSize(1);
        }
    }
}
