package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.CircuitBreakerSpec;
import io.flowright.runtime.generated.RetrySpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who interrupts the caller of {@code run} means the caller, even where the thread is in the middle of a task. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallerInterruptTest {

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger fallbacks = new AtomicInteger();

    /** What the caller gets, and whether its flag is set then. */
    private record Outcome(Throwable thrown, boolean flag) {}

    private Outcome interruptedIn(Callable<?> caller) throws Exception {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                Object result = caller.call();
                outcome.completeExceptionally(new AssertionError("returned " + result));
            } catch (Throwable t) {
                outcome.complete(new Outcome(t, Thread.currentThread().isInterrupted()));
            }
        });
        thread.start();
        inside.await();
        thread.interrupt();
        return outcome.get(20, TimeUnit.SECONDS);
    }

    private Object block() throws InterruptedException {
        calls.incrementAndGet();
        inside.countDown();
        release.await();
        return 1;
    }

    private static void assertCancelled(Outcome outcome) {
        assertThat(outcome.thrown()).isInstanceOf(CancellationException.class);
        assertThat(outcome.flag()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void itsRunIsCancelledAndItsFlagIsSetAgain(Engines engines) throws Exception {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("direct")
                    .task("one", List.of(), (values, task) -> block())
                    .task("two", List.of("one"), (values, task) -> calls.incrementAndGet())
                    .on(engine);
            assertCancelled(interruptedIn(flow::run));
            assertThat(calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noPolicyCountsIt(Engines engines) throws Exception {
        CircuitBreakerSpec breaker =
                CircuitBreakerSpec.failures("api", 1).delay(Duration.ofHours(1)).on(Throwable.class);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("managed")
                    .withFallback(
                            "one",
                            task -> task.circuitBreaker(breaker)
                                    .retry(RetrySpec.attempts(3).on(Throwable.class)),
                            (values, task) -> block(),
                            (values, failure) -> fallbacks.incrementAndGet())
                    .on(engine);
            assertCancelled(interruptedIn(flow::run));
            assertThat(calls).hasValue(1);
            assertThat(fallbacks).hasValue(0);
            release.countDown();
            // The breaker is closed.
            assertThat(flow.run()).containsEntry("one", 1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ENGINE_THREADS_ONLY", mode = EnumSource.Mode.EXCLUDE)
    void aTaskMaySetTheFlagAgainAndThrowWhatItLikesWhichIsTheCause(Engines engines) throws Exception {
        IOException mine = new IOException("given up");
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("polite")
                    .managed("one", List.of(), task -> task.retry(RetrySpec.attempts(3)), (values, task) -> {
                        try {
                            return block();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw mine;
                        }
                    })
                    .on(engine);
            Outcome outcome = interruptedIn(flow::run);
            assertCancelled(outcome);
            assertThat(outcome.thrown()).hasCause(mine);
            assertThat(calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCallerOfAFlowWithinATaskIsTheCallerOfTheOuterOne(Engines engines) throws Exception {
        try (Engine engine = engines.open()) {
            ScriptedFlow inner = ScriptedFlow.named("inner")
                    .task("one", List.of(), (values, task) -> block())
                    .on(engine);
            ScriptedFlow outer = ScriptedFlow.named("outer")
                    .managed("one", List.of(), task -> task.retry(RetrySpec.attempts(3)), (values, task) -> inner.run())
                    .on(engine);
            assertCancelled(interruptedIn(outer::run));
            assertThat(calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "DEFAULT"})
    void aRunThatATaskOnlyWaitsForGoesOn(Engines engines) throws Exception {
        AtomicReference<Run<Map<String, Object>>> started = new AtomicReference<>();
        try (Engine engine = engines.open()) {
            ScriptedFlow inner = ScriptedFlow.named("inner")
                    .managed("one", List.of(), task -> {}, (values, task) -> block())
                    .on(engine);
            ScriptedFlow outer = ScriptedFlow.named("outer")
                    .task("one", List.of(), (values, task) -> {
                        started.set(inner.start());
                        return started.get().result();
                    })
                    .on(engine);
            assertCancelled(interruptedIn(outer::run));
            assertThat(started.get().status().isActive()).isTrue();
            release.countDown();
            assertThat(started.get().result()).containsEntry("one", 1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "DEFAULT"})
    void elementsOfARunThatATaskOnlyWaitsForGoOn(Engines engines) throws Exception {
        AtomicReference<Run<Map<String, Object>>> started = new AtomicReference<>();
        try (Engine engine = engines.open()) {
            ScriptedFlow inner = ScriptedFlow.named("inner")
                    .task("shards", List.of(), (values, task) -> List.of(1))
                    .each("plain", "shards", task -> {}, (Integer shard, TaskContext task) -> block())
                    .managedEach("managed", "shards", task -> {}, (Integer shard, TaskContext task) -> block())
                    .on(engine);
            ScriptedFlow outer = ScriptedFlow.named("outer")
                    .task("one", List.of(), (values, task) -> {
                        started.set(inner.start());
                        return started.get().result();
                    })
                    .on(engine);
            assertCancelled(interruptedIn(outer::run));
            release.countDown();
            assertThat(started.get().result(Duration.ofSeconds(20)))
                    .containsEntry("plain", List.of(1))
                    .containsEntry("managed", List.of(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedExceptionWithoutAnInterruptIsAFailureLikeAnyOther(Engines engines) {
        InterruptedException mine = new InterruptedException("nobody did");
        try (Engine engine = engines.open()) {
            ScriptedFlow direct = ScriptedFlow.named("direct")
                    .task("one", List.of(), (values, task) -> {
                        throw mine;
                    })
                    .on(engine);
            ScriptedFlow managed = ScriptedFlow.named("managed")
                    .managed("one", List.of(), task -> task.retry(RetrySpec.attempts(3)), (values, task) -> {
                        calls.incrementAndGet();
                        throw mine;
                    })
                    .on(engine);
            assertThatThrownBy(direct::run)
                    .isInstanceOf(FlowFailedException.class)
                    .hasCause(mine);
            assertThatThrownBy(managed::run)
                    .isInstanceOf(FlowFailedException.class)
                    .hasCause(mine);
            assertThat(calls).hasValue(3);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
