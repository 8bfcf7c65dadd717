package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.generated.CircuitBreakerSpec;
import io.flowright.runtime.generated.RateLimitSpec;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run whose only task waits is paused, cancelled or out of time, and goes on as if nothing had been. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StopWhileWaitingTest {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    /** What the task waits for: two minutes, or until the test lets it go. */
    enum Wait {
        DELAY,
        LIMITER,
        BULKHEAD,
        KEY,
        STAGE
    }

    private final VirtualClock clock = FlowClock.virtual();
    private final Engine engine = Engines.PARALLEL.open(builder -> builder.clock(clock));
    private final AtomicInteger calls = new AtomicInteger();
    private final CompletableFuture<String> held = new CompletableFuture<>();
    private final CompletableFuture<String> stage = new CompletableFuture<>();
    private final CircuitBreakerSpec breaker =
            CircuitBreakerSpec.failures("breaker", 1).delay(Duration.ofHours(1)).on(IllegalStateException.class);

    @AfterEach
    void close() {
        held.complete("held");
        stage.complete("stage");
        engine.close();
    }

    private Run<Map<String, Object>> waiting(Wait wait, RunOptions options) {
        Run<Map<String, Object>> run = flow(wait).start(options, "in");
        Background.until(() -> run.status() == RunStatus.WAITING);
        return run;
    }

    private ScriptedFlow flow(Wait wait) {
        return switch (wait) {
            case DELAY ->
                ScriptedFlow.named("delay")
                        .managed(
                                "one",
                                List.of(),
                                task -> task.circuitBreaker(breaker)
                                        .retry(RetrySpec.attempts(2).delay(Duration.ofMinutes(2))),
                                (values, task) -> {
                                    if (calls.incrementAndGet() == 1) {
                                        throw new IOException("once");
                                    }
                                    return task.attempt();
                                })
                        .on(engine);
            case LIMITER -> {
                RateLimitSpec limit = new RateLimitSpec("limit", 1, Duration.ofMinutes(2), Duration.ofHours(1));
                ScriptedFlow flow = ScriptedFlow.named("limited")
                        .managed(
                                "one",
                                List.of(),
                                task -> task.rateLimit(limit).circuitBreaker(breaker),
                                (values, task) -> calls.incrementAndGet() + task.attempt() - 1)
                        .on(engine);
                flow.run();
                yield flow;
            }
            case BULKHEAD -> {
                BulkheadSpec bulkhead = new BulkheadSpec("room", 1, Duration.ofHours(1));
                Run<Map<String, Object>> holder = ScriptedFlow.named("holder")
                        .stage("one", List.of(), task -> task.bulkhead(bulkhead), (values, task) -> held)
                        .on(engine)
                        .start();
                Background.until(() -> holder.status() == RunStatus.WAITING);
                calls.set(1);
                yield ScriptedFlow.named("crowded")
                        .managed(
                                "one",
                                List.of(),
                                task -> task.bulkhead(bulkhead).circuitBreaker(breaker),
                                (values, task) -> calls.incrementAndGet() + task.attempt() - 1)
                        .on(engine);
            }
            case KEY -> {
                ScriptedFlow flow = ScriptedFlow.named("idempotent")
                        .idempotent(
                                "one",
                                task -> task.idempotent(Duration.ofHours(1))
                                        .stage()
                                        .circuitBreaker(breaker),
                                (values, task) -> new Object[] {"same"},
                                (values, task) -> {
                                    calls.incrementAndGet();
                                    return held.thenApply(done -> 2);
                                })
                        .on(engine);
                Run<Map<String, Object>> owner = flow.start();
                Background.until(() -> owner.status() == RunStatus.WAITING);
                yield flow;
            }
            case STAGE ->
                ScriptedFlow.named("staged")
                        .stage("one", List.of(), task -> task.circuitBreaker(breaker), (values, task) -> {
                            return calls.incrementAndGet() == 1
                                    ? stage.thenApply(done -> 2)
                                    : CompletableFuture.completedFuture(task.attempt() + 1);
                        })
                        .on(engine);
        };
    }

    /** Lets come what the task waits for. */
    private void letGo(Wait wait) {
        if (wait == Wait.BULKHEAD || wait == Wait.KEY) {
            held.complete("held");
        } else {
            // Long enough for a second turn at the limiter.
            clock.advance(Duration.ofMinutes(4));
        }
    }

    private static void assertResting(Run<Map<String, Object>> run) {
        assertThat(run.snapshot().task("one").status()).isEqualTo(TaskStatus.PENDING);
    }

    @ParameterizedTest
    @EnumSource(names = "STAGE", mode = EnumSource.Mode.EXCLUDE)
    void aPauseTakesEffectAtOnceAndResumingWaitsOn(Wait wait) {
        Run<Map<String, Object>> run = waiting(wait, RunOptions.none());
        run.pause();
        assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
        assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
        assertResting(run);
        assertThat(run.resume()).isTrue();
        Background.until(() -> run.status() == RunStatus.WAITING);
        assertThat(calls).hasValue(1);
        letGo(wait);
        assertThat(run.result()).containsEntry("one", 2);
    }

    @ParameterizedTest
    @EnumSource(names = "STAGE", mode = EnumSource.Mode.EXCLUDE)
    void whatComesDuringThePauseIsNotLost(Wait wait) {
        Run<Map<String, Object>> run = waiting(wait, RunOptions.none());
        run.pause();
        letGo(wait);
        assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
        assertThat(calls).hasValue(1);
        assertThat(run.resume()).isTrue();
        if (wait == Wait.LIMITER) {
            // A turn does not keep: with many of them saved up, more could start at once than the limit permits.
            Background.until(() -> run.status() == RunStatus.WAITING);
            letGo(wait);
        }
        assertThat(run.result()).containsEntry("one", 2);
    }

    @ParameterizedTest
    @EnumSource(names = "STAGE")
    void aPauseAwaitsAStageAndKeepsItsResult(Wait wait) {
        Run<Map<String, Object>> run = waiting(wait, RunOptions.none());
        run.pause();
        assertThat(run.status().isActive()).isTrue();
        stage.complete("stage");
        Background.until(() -> !run.status().isActive());
        // It was the last task, so there is nothing left to pause for.
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.result()).containsEntry("one", 2);
    }

    @ParameterizedTest
    @EnumSource
    void aCancellationTakesEffectAtOnceAndNothingRunsAfterIt(Wait wait) {
        Run<Map<String, Object>> run = waiting(wait, RunOptions.none());
        run.cancel();
        assertThatThrownBy(run::result).isInstanceOf(CancellationException.class);
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        letGo(wait);
        assertThat(run.resume()).isFalse();
        assertThat(calls).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void aDeadlineTakesEffectAtOnceCountsForNoPolicyAndTheRunCanBeResumed(Wait wait) {
        Run<Map<String, Object>> run = waiting(wait, RunOptions.deadline(DEADLINE));
        clock.advance(DEADLINE);
        assertThatThrownBy(run::result).hasCauseInstanceOf(DeadlineExceededException.class);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertResting(run);
        assertThat(run.resume()).isTrue();
        if (wait == Wait.STAGE) {
            stage.complete("late, and dropped");
        } else {
            Background.until(() -> run.status() == RunStatus.WAITING);
            letGo(wait);
        }
        assertThat(run.result()).containsEntry("one", 2);
    }
}
