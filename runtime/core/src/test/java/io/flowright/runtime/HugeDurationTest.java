package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.generated.CircuitBreakerSpec;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RateLimitSpec;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.spi.FlowClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** More nanoseconds than a long holds: they mean as good as for ever, and nothing overflows. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HugeDurationTest {

    private static final Duration HUGE = Duration.ofDays(300_000);

    /** Limits that a task which succeeds at once does not come near. */
    enum Limit {
        TIMEOUT(task -> task.timeout(HUGE)),
        RETRY_DURATION(task -> task.retry(RetrySpec.attempts(2).maxDuration(HUGE))),
        BACKOFF(task -> task.retry(RetrySpec.attempts(2).delay(HUGE).backoff(2).maxDelay(HUGE.multipliedBy(2)))),
        BULKHEAD(task -> task.bulkhead(new BulkheadSpec("room", 1, HUGE))),
        RATE(task -> task.rateLimit(new RateLimitSpec("rate", 100, Duration.ofSeconds(1), HUGE))),
        PERIOD(task -> task.rateLimit(new RateLimitSpec("rate", 100, HUGE, HUGE))),
        BREAKER(task ->
                task.circuitBreaker(CircuitBreakerSpec.failures("api", 1).delay(HUGE)));

        private final Consumer<FlowGraph.Builder> policy;

        Limit(Consumer<FlowGraph.Builder> policy) {
            this.policy = policy;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLimitMayBeHuge(Limit limit) {
        try (Engine engine =
                Engines.PARALLEL.open(builder -> builder.abandonAfter(HUGE).idempotencyMemory(10, HUGE))) {
            ScriptedFlow flow = ScriptedFlow.named("patient")
                    .idempotent(
                            "one",
                            task -> limit.policy.accept(task.idempotent(HUGE)),
                            (values, task) -> new Object[] {values.get("in")},
                            (values, task) -> 1)
                    .on(engine);
            for (int i = 0; i < 3; i++) {
                assertThat(flow.start(RunOptions.deadline(HUGE), "in" + i).result())
                        .containsEntry("one", 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDelayMayBeHuge(boolean virtual) {
        FlowClock clock = virtual ? FlowClock.virtual() : FlowClock.system();
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.clock(clock))) {
            Run<Map<String, Object>> run = ScriptedFlow.named("delayed")
                    .managed(
                            "one",
                            List.of(),
                            task -> task.retry(RetrySpec.attempts(2).delay(HUGE)),
                            (values, task) -> {
                                throw new IOException("once");
                            })
                    .on(engine)
                    .start();
            Background.until(() -> run.status() != RunStatus.RUNNING);
            assertThat(run.status()).isEqualTo(RunStatus.WAITING);
            run.cancel();
        }
    }

    @Test
    void anOpenBreakerMayStayOpenForAHugeTime() {
        try (Engine engine = Engines.PARALLEL.open()) {
            ScriptedFlow flow = ScriptedFlow.named("broken")
                    .managed(
                            "one",
                            List.of(),
                            task -> task.circuitBreaker(
                                    CircuitBreakerSpec.failures("api", 1).delay(HUGE)),
                            (values, task) -> {
                                throw new IOException("gone");
                            })
                    .on(engine);
            assertThatThrownBy(flow::run).hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(flow::run).hasCauseInstanceOf(CircuitOpenException.class);
        }
    }

    @Test
    void aWaitForAResultMayBeHuge() throws Exception {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.closeTimeout(HUGE))) {
            Run<Map<String, Object>> run = ScriptedFlow.named("staged")
                    .stage("one", List.of(), task -> {}, (values, task) -> stage)
                    .on(engine)
                    .start();
            CompletableFuture<Map<String, Object>> result = Background.call(() -> run.result(HUGE));
            Background.until(() -> run.status() == RunStatus.WAITING);
            stage.complete(1);
            assertThat(result.get()).containsEntry("one", 1);
        }
    }
}
