package ops;

import io.flowright.annotations.*;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

@Flow(onFailure = OnFailure.CONTINUE)
public class HealTasks {

    public enum Verdict {
        FINE,
        RESTART,
        ESCALATE
    }

    public record Probe(int status, Optional<String> body) {}

    @Provides({"status", "body"})
    Probe probe(@Input String service) {
        return new Probe(200, Optional.of("fine"));
    }

    @Provides(keep = false)
    Verdict verdict(@Requires int status, @Requires Optional<String> body) {
        return Verdict.FINE;
    }

    @Provides("outcome")
    @When(value = "verdict", is = "RESTART")
    String restart(@Requires String body) {
        return "restarted";
    }

    @Provides("outcome")
    @When(value = "verdict", is = "ESCALATE")
    @Unless("dryRun")
    @Retry(delay = "1s")
    @SuppressWarnings("flowright:retry-without-idempotency")
    String escalate(@Input boolean dryRun) throws IOException {
        return "escalated";
    }

    @Provides
    Optional<Integer> ticket(@Requires String outcome) {
        return Optional.empty();
    }

    @Provides
    CompletableFuture<Optional<List<String>>> owners(@Requires String service) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Task(optional = true)
    @Provides
    @Unless(value = "verdict", is = "FINE")
    void paged() {}

    @Provides
    @Requires("paged")
    int pages(@Requires({"outcome", "body"}) Map<String, Optional<String>> texts) {
        return 1;
    }

    @Task
    void audit(
            @Requires({"outcome", "body"}) List<Optional<String>> texts,
            @Requires Optional<List<String>> owners,
            @Requires Optional<Integer> ticket,
            @Requires Optional<Object> pages) {}
}
