package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.generated.CircuitBreakerSpec;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RateLimitSpec;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fallback, idempotency, retry, rate limit, bulkhead, circuit breaker, timeout: from the outside in. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PolicyOrderTest {

    private final VirtualClock clock = FlowClock.virtual();
    private final AtomicInteger calls = new AtomicInteger();

    private static ScriptedFlow one(Engine engine, Consumer<FlowGraph.Builder> policies, ScriptedFlow.Body body) {
        return ScriptedFlow.named("one")
                .managed("one", List.of(), policies, body)
                .on(engine);
    }

    private static ScriptedFlow oneStage(
            Engine engine, String name, Consumer<FlowGraph.Builder> policies, CompletableFuture<?> stage) {
        return ScriptedFlow.named(name)
                .stage("one", List.of(), policies, (values, task) -> stage)
                .on(engine);
    }

    private static void assertOthersRun(Engine engine) throws Exception {
        ScriptedFlow other = ScriptedFlow.named("other")
                .task("one", List.of(), (values, task) -> 1)
                .on(engine);
        for (int i = 0; i < 50; i++) {
            assertThat(other.start().result(Duration.ofSeconds(20))).containsEntry("one", 1);
        }
    }

    // ---- bulkhead and rate limit -----------------------------------------------------------------------------------

    @Test
    void aFullBulkheadOpensNoBreaker() {
        BulkheadSpec bulkhead = new BulkheadSpec("db", 1, Duration.ZERO);
        CircuitBreakerSpec breaker =
                CircuitBreakerSpec.failures("db", 1).delay(Duration.ofHours(1)).on(Throwable.class);
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        try (Engine engine = Engines.PARALLEL.open()) {
            ScriptedFlow flow =
                    oneStage(engine, "guarded", task -> task.bulkhead(bulkhead).circuitBreaker(breaker), stage);
            Run<Map<String, Object>> holder = flow.start();
            Background.until(() -> holder.status() == RunStatus.WAITING);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(flow::run).hasCauseInstanceOf(TaskRejectedException.class);
            }
            stage.complete(1);
            assertThat(holder.result()).containsEntry("one", 1);
            assertThat(flow.run()).containsEntry("one", 1);
        }
    }

    @Test
    void waitingForABulkheadHoldsNoThreadAndEndsWithTheRejection() throws Exception {
        BulkheadSpec bulkhead = new BulkheadSpec("db", 1, Duration.ofSeconds(5));
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        try (Engine engine =
                Engines.ONE_THREAD.open(builder -> builder.clock(clock).callerRuns(false))) {
            ScriptedFlow flow = oneStage(engine, "guarded", task -> task.bulkhead(bulkhead), stage);
            Run<Map<String, Object>> holder = flow.start();
            Background.until(() -> holder.status() == RunStatus.WAITING);
            Run<Map<String, Object>> late = flow.start();
            Background.awaitPending(clock, 1);
            assertThat(late.snapshot().task("one").status()).isEqualTo(TaskStatus.WAITING);
            assertOthersRun(engine);
            clock.advance(Duration.ofSeconds(5).minusNanos(1));
            assertThat(late.status()).isEqualTo(RunStatus.WAITING);
            clock.advance(Duration.ofNanos(1));
            assertThatThrownBy(late::result).hasCauseInstanceOf(TaskRejectedException.class);

            Run<Map<String, Object>> patient = flow.start();
            Background.awaitPending(clock, 1);
            stage.complete(7);
            assertThat(patient.result()).containsEntry("one", 7);
            assertThat(holder.result()).containsEntry("one", 7);
            assertThat(clock.pending()).isZero();
        }
    }

    @Test
    void aBulkheadBoundsAttemptsOverAllFlowsOfTheEngineAndLosesNoPermit() {
        BulkheadSpec bulkhead = new BulkheadSpec("shared", 3, Duration.ofMinutes(1));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Engine engine = Engine.builder().parallelism(8).build()) {
            List<ScriptedFlow> flows = List.of("left", "right").stream()
                    .map(name -> {
                        ScriptedFlow.Builder wide = ScriptedFlow.named(name);
                        for (int i = 0; i < 200; i++) {
                            wide.managed("t" + i, List.of(), task -> task.bulkhead(bulkhead), (values, task) -> {
                                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                Thread.yield();
                                return now.decrementAndGet();
                            });
                        }
                        return wide.on(engine);
                    })
                    .toList();
            for (int round = 0; round < 5; round++) {
                List<CompletableFuture<Map<String, Object>>> runs =
                        flows.stream().map(ScriptedFlow::runAsync).toList();
                runs.forEach(CompletableFuture::join);
            }
            assertThat(most.get()).isBetween(1, 3);
        }
    }

    @Test
    void waitingForTheRateLimitHoldsNoThreadAndEndsWithTheRejection() throws Exception {
        RateLimitSpec patient = new RateLimitSpec("patient", 1, Duration.ofHours(1), Duration.ofHours(2));
        RateLimitSpec hasty = new RateLimitSpec("hasty", 1, Duration.ofHours(1), Duration.ofMinutes(1));
        CircuitBreakerSpec breaker = CircuitBreakerSpec.failures("api", 1).on(Throwable.class);
        try (Engine engine =
                Engines.ONE_THREAD.open(builder -> builder.clock(clock).callerRuns(false))) {
            ScriptedFlow rejected =
                    one(engine, task -> task.rateLimit(hasty).circuitBreaker(breaker), (values, task) -> {
                        return calls.incrementAndGet();
                    });
            rejected.run();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(rejected::run).hasCauseInstanceOf(TaskRejectedException.class);
            }
            assertThat(calls).hasValue(1);

            ScriptedFlow flow = one(engine, task -> task.rateLimit(patient).circuitBreaker(breaker), (values, task) -> {
                return calls.incrementAndGet();
            });
            assertThat(flow.run()).containsEntry("one", 2);
            Run<Map<String, Object>> second = flow.start();
            Background.awaitPending(clock, 1);
            assertThat(second.status()).isEqualTo(RunStatus.WAITING);
            assertOthersRun(engine);
            assertThat(calls).hasValue(2);
            clock.advance(Duration.ofHours(1));
            assertThat(second.result()).containsEntry("one", 3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEQUENTIAL", "PARALLEL"})
    void aRejectionIsAnAttemptThatCanBeRetried(Engines engines) throws Exception {
        RateLimitSpec limit = new RateLimitSpec("slow", 1, Duration.ofHours(1), Duration.ZERO);
        CapturingListener events = new CapturingListener();
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            ScriptedFlow flow = one(
                    engine,
                    task -> task.rateLimit(limit).retry(RetrySpec.attempts(3).on(IOException.class)),
                    (values, task) -> calls.incrementAndGet());
            flow.run();
            events.clear();
            assertThatThrownBy(flow::run).hasCauseInstanceOf(TaskRejectedException.class);
            assertThat(calls).hasValue(1);
            assertThat(events.events(FlowEvent.TaskAttemptFailed.class)).hasSize(3);
            assertThat(events.events(FlowEvent.TaskStarted.class)).isEmpty();
        }
    }

    // ---- circuit breaker -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void anOpenBreakerLetsNoCallThrough(Engines engines) {
        CircuitBreakerSpec breaker = CircuitBreakerSpec.failures("api", 2).delay(Duration.ofHours(1));
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = one(engine, task -> task.circuitBreaker(breaker), (values, task) -> {
                calls.incrementAndGet();
                throw new IOException("down");
            });
            assertThatThrownBy(flow::run).hasRootCauseMessage("down");
            assertThatThrownBy(flow::run).hasRootCauseMessage("down");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(flow::run)
                        .cause()
                        .isInstanceOfSatisfying(
                                CircuitOpenException.class,
                                e -> assertThat(e.remaining()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1)));
            }
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void aHalfOpenBreakerLetsExactlyOneProbeThrough() throws Exception {
        CircuitBreakerSpec breaker = CircuitBreakerSpec.failures("api", 1).delay(Duration.ofMillis(20));
        CountDownLatch probing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CapturingListener events = new CapturingListener();
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.listener(events))) {
            ScriptedFlow flow = one(engine, task -> task.circuitBreaker(breaker), (values, task) -> {
                if (calls.incrementAndGet() == 1) {
                    throw new IOException("down");
                }
                probing.countDown();
                release.await();
                return 1;
            });
            assertThatThrownBy(flow::run).hasRootCauseMessage("down");
            AtomicReference<Run<Map<String, Object>>> probe = new AtomicReference<>();
            Background.until(() -> {
                Run<Map<String, Object>> run = flow.start();
                Background.until(() -> !run.status().isActive() || probing.getCount() == 0);
                probe.set(run);
                return probing.getCount() == 0;
            });
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(flow::run).hasCauseInstanceOf(CircuitOpenException.class);
            }
            assertThat(calls).hasValue(2);
            release.countDown();
            assertThat(probe.get().result()).containsEntry("one", 1);
            assertThat(flow.run()).containsEntry("one", 1);
            assertThat(events.events(FlowEvent.BreakerChanged.class))
                    .extracting(FlowEvent.BreakerChanged::state)
                    .containsExactly("OPEN", "HALF_OPEN", "CLOSED");
        }
    }

    @Test
    void aRetryAfterAnOpenBreakerWaitsForIt() throws Exception {
        CircuitBreakerSpec breaker = CircuitBreakerSpec.failures("api", 1).delay(Duration.ofHours(1));
        CapturingListener events = new CapturingListener();
        try (Engine engine =
                Engines.PARALLEL.open(builder -> builder.clock(clock).listener(events))) {
            Run<Map<String, Object>> run = one(
                            engine,
                            task -> task.circuitBreaker(breaker)
                                    .retry(RetrySpec.attempts(3).delay(Duration.ofSeconds(1))),
                            (values, task) -> {
                                calls.incrementAndGet();
                                throw new IOException("down");
                            })
                    .start();
            Background.awaitPending(clock, 1);
            clock.advance(Duration.ofSeconds(1));
            Background.until(() -> events.events(FlowEvent.RetryScheduled.class).size() == 2);
            List<FlowEvent.RetryScheduled> retries = events.events(FlowEvent.RetryScheduled.class);
            assertThat(retries.get(0).delay()).isEqualTo(Duration.ofSeconds(1));
            assertThat(retries.get(1).delay()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
            assertThat(calls).hasValue(1);
            run.cancel();
        }
    }

    @Test
    void whoWaitsInTheRoomFindsTheBreakerAsTheAttemptBeforeLeftIt() {
        for (int round = 0; round < 200; round++) {
            BulkheadSpec bulkhead = new BulkheadSpec("db", 1, Duration.ofMinutes(1));
            CircuitBreakerSpec breaker = CircuitBreakerSpec.failures("db", 1).delay(Duration.ofHours(1));
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            try (Engine engine = Engine.builder().parallelism(2).build()) {
                ScriptedFlow flow = oneStage(
                        engine, "guarded", task -> task.bulkhead(bulkhead).circuitBreaker(breaker), stage);
                Run<Map<String, Object>> first = flow.start();
                Background.until(() -> first.status() == RunStatus.WAITING);
                Run<Map<String, Object>> second = flow.start();
                Background.until(() -> second.status() == RunStatus.WAITING);
                stage.completeExceptionally(new IOException("down"));
                assertThatThrownBy(first::result).hasRootCauseMessage("down");
                assertThatThrownBy(second::result).hasCauseInstanceOf(CircuitOpenException.class);
            }
        }
    }

    @Test
    void policiesOfOneNameAreOneAndMustAgree() {
        CircuitBreakerSpec breaker = CircuitBreakerSpec.failures("api", 1).delay(Duration.ofHours(1));
        try (Engine engine = Engines.PARALLEL.open();
                Engine other = Engines.PARALLEL.open()) {
            ScriptedFlow failing = one(engine, task -> task.circuitBreaker(breaker), (values, task) -> {
                throw new IOException("down");
            });
            ScriptedFlow healthy = one(engine, task -> task.circuitBreaker(breaker), (values, task) -> 1);
            ScriptedFlow elsewhere = one(other, task -> task.circuitBreaker(breaker), (values, task) -> 1);
            assertThat(healthy.run()).containsEntry("one", 1);
            assertThatThrownBy(failing::run).hasRootCauseMessage("down");
            assertThatThrownBy(healthy::run).hasCauseInstanceOf(CircuitOpenException.class);
            assertThat(elsewhere.run()).containsEntry("one", 1);
            assertThatThrownBy(() -> one(engine, task -> task.circuitBreaker(breaker.of(9)), (values, task) -> 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("api");
        }
    }

    // ---- timeout ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void aTimeoutIsRetriedWhateverIsNamed(Engines engines) throws Exception {
        assertThat(timedOutAttempts(engines, RetrySpec.attempts(2).on(IOException.class)))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutIsNotRetriedIfTheRetrySaysSo(Engines engines) throws Exception {
        assertThat(timedOutAttempts(engines, RetrySpec.attempts(2).withoutTimeouts()))
                .isEqualTo(1);
    }

    private int timedOutAttempts(Engines engines, RetrySpec retry) throws Exception {
        try (Engine engine = engines.open(builder -> builder.clock(clock))) {
            ScriptedFlow flow =
                    one(engine, task -> task.timeout(Duration.ofSeconds(1)).retry(retry), (values, task) -> {
                        if (calls.incrementAndGet() == 1) {
                            new CountDownLatch(1).await();
                        }
                        return 1;
                    });
            CompletableFuture<Map<String, Object>> result = Background.call(flow::run);
            Background.until(() -> calls.get() == 1);
            clock.advance(Duration.ofSeconds(1));
            if (retry.timeouts()) {
                assertThat(result.get(20, TimeUnit.SECONDS)).containsEntry("one", 1);
            } else {
                assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
                        .hasRootCauseInstanceOf(TaskTimeoutException.class);
            }
            return calls.get();
        }
    }

    // ---- fallback --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void aFallbackAnswersWhatIsLeftAfterTheRetries(Engines engines) {
        AtomicReference<Object> told = new AtomicReference<>();
        IOException failure = new IOException("down");
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("answered")
                    .withFallback(
                            "one",
                            task -> task.retry(RetrySpec.attempts(3)),
                            (values, task) -> {
                                calls.incrementAndGet();
                                throw failure;
                            },
                            (values, cause) -> {
                                told.set(cause);
                                return "fallback";
                            })
                    .task("two", List.of("one"), (values, task) -> values.get("one") + "!")
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            assertThat(run.result()).containsEntry("one", "fallback").containsEntry("two", "fallback!");
            assertThat(told.get()).isSameAs(failure);
            assertThat(calls).hasValue(3);
            assertThat(run.snapshot().task("one").attempts()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsAnsweredOnlyIfNamed(Engines engines) {
        AssertionError error = new AssertionError("broken");
        try (Engine engine = engines.open()) {
            ScriptedFlow unnamed = ScriptedFlow.named("unnamed")
                    .withFallback(
                            "one",
                            task -> {},
                            (values, task) -> {
                                throw error;
                            },
                            (values, cause) -> "fallback")
                    .on(engine);
            assertThatThrownBy(unnamed::run).isSameAs(error);
            ScriptedFlow named = ScriptedFlow.named("named")
                    .withFallback(
                            "one",
                            task -> task.retry(RetrySpec.attempts(1).on(AssertionError.class)),
                            (values, task) -> {
                                throw error;
                            },
                            (values, cause) -> "fallback")
                    .on(engine);
            assertThat(named.run()).containsEntry("one", "fallback");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFallbackThatFailsKeepsTheFirstFailureAsSuppressed(Engines engines) {
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("worse")
                    .withFallback(
                            "one",
                            task -> {},
                            (values, task) -> {
                                throw first;
                            },
                            (values, cause) -> {
                                throw second;
                            })
                    .on(engine);
            assertThatThrownBy(flow::run)
                    .isInstanceOf(FlowFailedException.class)
                    .cause()
                    .isSameAs(second)
                    .satisfies(thrown -> assertThat(thrown.getSuppressed()).contains(first));
        }
    }
}
