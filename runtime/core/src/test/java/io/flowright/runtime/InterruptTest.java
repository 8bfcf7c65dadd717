package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.CircuitBreakerSpec;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Timeouts and stops interrupt the attempt they mean, and nobody else. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration ABANDON = Duration.ofSeconds(30);

    private final VirtualClock clock = FlowClock.virtual();
    private final CapturingListener events = new CapturingListener();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private Engine open(Engines engines) {
        return engines.open(builder -> builder.clock(clock).listener(events).abandonAfter(ABANDON));
    }

    @ParameterizedTest
    @EnumSource
    void aTimedOutAttemptIsInterruptedAndItsThreadIsCleanAfterwards(Engines engines) throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Engine engine = open(engines)) {
            ScriptedFlow flow = ScriptedFlow.named("slow")
                    .withFallback(
                            "one",
                            task -> task.timeout(LIMIT),
                            (values, task) -> {
                                inside.countDown();
                                try {
                                    return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                                } catch (InterruptedException e) {
                                    interrupted.set(true);
                                    Thread.currentThread().interrupt();
                                    throw e;
                                }
                            },
                            (values, failure) -> Thread.currentThread().isInterrupted() ? "interrupted" : failure)
                    .task(
                            "two",
                            List.of("one"),
                            (values, task) -> Thread.currentThread().isInterrupted())
                    .on(engine);
            CompletableFuture<Map<String, Object>> result = Background.call(flow::run);
            inside.await();
            clock.advance(LIMIT);
            assertThat(result.get(20, TimeUnit.SECONDS)).containsEntry("two", false);
            assertThat(result.get().get("one")).isInstanceOf(TaskTimeoutException.class);
            assertThat(interrupted).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAttemptThatReturnsTooLateHasTimedOut(Engines engines) throws Exception {
        try (Engine engine = open(engines)) {
            ScriptedFlow flow = ScriptedFlow.named("late")
                    .managed("one", List.of(), task -> task.timeout(LIMIT), (values, task) -> {
                        inside.countDown();
                        Background.awaitDeaf(release);
                        return 1;
                    })
                    .on(engine);
            CompletableFuture<Map<String, Object>> result = Background.call(flow::run);
            inside.await();
            clock.advance(LIMIT);
            release.countDown();
            assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(TaskTimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEQUENTIAL", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void anInterruptThatComesLateHitsNobodyElse(Engines engines) {
        AtomicInteger hit = new AtomicInteger();
        AtomicInteger timeouts = new AtomicInteger();
        AtomicInteger returned = new AtomicInteger();
        // Follows the moment at which the timeout comes, wherever that is on this machine.
        AtomicLong length = new AtomicLong(900_000);
        try (Engine engine = engines.open()) {
            ScriptedFlow.Builder racing = ScriptedFlow.named("racing");
            for (int i = 0; i < 50; i++) {
                String race = "race" + i;
                racing.withFallback(
                        race,
                        task -> task.timeout(Duration.ofMillis(1)),
                        (values, task) -> {
                            long end = System.nanoTime() + length.get();
                            while (System.nanoTime() - end < 0) {
                                Thread.onSpinWait();
                            }
                            length.addAndGet(5_000);
                            return returned.incrementAndGet();
                        },
                        (values, failure) -> {
                            if (Thread.currentThread().isInterrupted()) {
                                hit.incrementAndGet();
                            }
                            length.addAndGet(-10_000);
                            return timeouts.incrementAndGet();
                        });
                racing.task("check" + i, List.of(race), (values, task) -> {
                    for (int look = 0; look < 20; look++) {
                        if (Thread.currentThread().isInterrupted()) {
                            return hit.incrementAndGet();
                        }
                        Thread.onSpinWait();
                    }
                    return 0;
                });
            }
            ScriptedFlow flow = racing.on(engine);
            for (int round = 0; round < 20 || timeouts.get() == 0; round++) {
                flow.run();
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
        }
        assertThat(hit).hasValue(0);
        assertThat(returned.get()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aFlagThatATaskLeavesOnAThreadOfTheEngineHitsNobody(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("careless")
                    .task("one", List.of(), (values, task) -> {
                        Thread.currentThread().interrupt();
                        return 1;
                    })
                    .task(
                            "two",
                            List.of("one"),
                            (values, task) -> Thread.currentThread().isInterrupted())
                    .on(engine);
            for (int i = 0; i < 20; i++) {
                assertThat(flow.start().result()).containsEntry("two", false);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT", "ONE_THREAD"})
    void aDeafAttemptIsAbandonedAndRetriedOnlyAfterItHasEnded(Engines engines) throws Exception {
        CountDownLatch otherBranch = new CountDownLatch(1);
        try (Engine engine = open(engines)) {
            ScriptedFlow flow = ScriptedFlow.named("deaf")
                    .managed(
                            "deaf",
                            List.of(),
                            task -> task.timeout(LIMIT).retry(RetrySpec.attempts(2)),
                            (values, task) -> {
                                calls.incrementAndGet();
                                if (task.attempt() == 1) {
                                    inside.countDown();
                                    Background.awaitDeaf(release);
                                    task.progress().update(1, 1);
                                    return "late";
                                }
                                return "second";
                            })
                    .managed("first", List.of(), task -> task.timeout(Duration.ofHours(1)), (values, task) -> 1)
                    .task("other", List.of("first"), (values, task) -> {
                        otherBranch.countDown();
                        return 2;
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            inside.await();
            clock.advance(LIMIT);
            assertThat(events.events(FlowEvent.TaskAbandoned.class)).isEmpty();
            clock.advance(ABANDON);
            // Even where the engine has one thread: the abandoned one has been replaced.
            otherBranch.await();
            assertThat(events.events(FlowEvent.TaskAbandoned.class)).hasSize(1);
            Background.until(
                    () -> !events.events(FlowEvent.RetryScheduled.class).isEmpty());
            assertThat(run.status().isActive()).isTrue();
            assertThat(calls).hasValue(1);
            release.countDown();
            assertThat(run.result()).containsEntry("deaf", "second").containsEntry("other", 2);
            assertThat(calls).hasValue(2);
            assertThat(events.events(FlowEvent.TaskProgressed.class)).isEmpty();
        }
    }

    @Test
    void aRunThatWaitsForADeafAttemptCanBeStoppedAndResumed() throws Exception {
        Engine engine = open(Engines.PARALLEL);
        ScriptedFlow flow = ScriptedFlow.named("deaf")
                .managed("one", List.of(), task -> task.timeout(LIMIT).retry(RetrySpec.attempts(2)), (values, task) -> {
                    if (calls.incrementAndGet() == 1) {
                        inside.countDown();
                        Background.awaitDeaf(release);
                    }
                    return task.attempt();
                })
                .on(engine);
        Run<Map<String, Object>> run = flow.start();
        inside.await();
        clock.advance(LIMIT);
        clock.advance(ABANDON);
        Background.until(() -> !events.events(FlowEvent.RetryScheduled.class).isEmpty());
        run.pause();
        assertThatThrownBy(() -> run.result(Duration.ofSeconds(20))).isInstanceOf(RunPausedException.class);
        assertThat(run.resume()).isTrue();
        assertThatThrownBy(() -> run.result(Duration.ofMillis(20)))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        assertThat(calls).hasValue(1);
        release.countDown();
        assertThat(run.result()).containsEntry("one", 2);
        engine.close();
    }

    @Test
    void aDeafTaskDoesNotKeepACancelledRunFromEnding() throws Exception {
        try (Engine engine = open(Engines.PARALLEL)) {
            ScriptedFlow flow = ScriptedFlow.named("deaf")
                    .task("one", List.of(), (values, task) -> {
                        inside.countDown();
                        Background.awaitDeaf(release);
                        return 1;
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            inside.await();
            run.cancel();
            clock.advance(ABANDON.minusNanos(1));
            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
            clock.advance(Duration.ofNanos(1));
            assertThatThrownBy(run::result).isInstanceOf(CancellationException.class);
            assertThat(events.events(FlowEvent.TaskAbandoned.class)).hasSize(1);
            release.countDown();
        }
        assertThat(events.events(FlowEvent.TaskSucceeded.class)).isEmpty();
    }

    @Test
    void anAttemptEndedByAStopCountsForNoPolicy() throws Exception {
        CircuitBreakerSpec breaker =
                CircuitBreakerSpec.failures("api", 1).delay(Duration.ofHours(1)).on(Throwable.class);
        AtomicInteger fallbacks = new AtomicInteger();
        AtomicBoolean block = new AtomicBoolean(true);
        try (Engine engine = open(Engines.PARALLEL)) {
            ScriptedFlow flow = ScriptedFlow.named("stopped")
                    .withFallback(
                            "one",
                            task -> task.circuitBreaker(breaker)
                                    .retry(RetrySpec.attempts(2).on(Throwable.class)),
                            (values, task) -> {
                                calls.incrementAndGet();
                                if (block.get()) {
                                    inside.countDown();
                                    new CountDownLatch(1).await();
                                }
                                return task.attempt();
                            },
                            (values, failure) -> fallbacks.incrementAndGet())
                    .on(engine);
            Run<Map<String, Object>> run = flow.start(RunOptions.deadline(Duration.ofHours(2)), "in");
            inside.await();
            clock.advance(Duration.ofHours(2));
            assertThatThrownBy(run::result).hasCauseInstanceOf(DeadlineExceededException.class);
            assertThat(calls).hasValue(1);
            assertThat(events.events(FlowEvent.TaskAttemptFailed.class)).isEmpty();
            assertThat(run.snapshot().task("one").status()).isEqualTo(TaskStatus.PENDING);
            // It has begun, though it does not count.
            assertThat(run.snapshot().task("one").attempts()).isOne();
            assertThat(run.snapshot().report()).contains("interrupted: one");
            block.set(false);
            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("one", 1);
            assertThat(fallbacks).hasValue(0);
        }
    }

    @Test
    void aFallbackThatAStopInterruptsIsNoFailure() throws Exception {
        try (Engine engine = open(Engines.PARALLEL)) {
            ScriptedFlow flow = ScriptedFlow.named("stopped")
                    .withFallback(
                            "one",
                            task -> {},
                            (values, task) -> {
                                throw new IOException("attempt " + task.attempt());
                            },
                            (values, failure) -> {
                                if (calls.incrementAndGet() == 1) {
                                    inside.countDown();
                                    new CountDownLatch(1).await();
                                }
                                return failure.getMessage();
                            })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start(RunOptions.deadline(Duration.ofHours(2)), "in");
            inside.await();
            clock.advance(Duration.ofHours(2));
            assertThatThrownBy(run::result)
                    .hasCauseInstanceOf(DeadlineExceededException.class)
                    .hasNoSuppressedExceptions();
            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("one", "attempt 2");
        }
    }

    @Test
    void aListenerIsNotHitByTheInterruptOfTheAttemptItIsToldOf() throws Exception {
        AtomicBoolean hit = new AtomicBoolean();
        FlowListener slow = event -> {
            if (event instanceof FlowEvent.TaskStarted) {
                inside.countDown();
                Background.awaitDeaf(release);
                LockSupport.parkNanos(1);
                hit.set(Thread.currentThread().isInterrupted());
            }
        };
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.listener(slow))) {
            ScriptedFlow flow = ScriptedFlow.named("told")
                    .task("one", List.of(), (values, task) -> calls.incrementAndGet())
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            inside.await();
            run.cancel();
            release.countDown();
            assertThatThrownBy(run::result).isInstanceOf(CancellationException.class);
        }
        assertThat(hit).isFalse();
        assertThat(calls).hasValue(0);
    }
}
