package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which failures are retried, when and how often. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RetryTest {

    private final VirtualClock clock = FlowClock.virtual();
    private final AtomicInteger calls = new AtomicInteger();

    /** A flow with one task, which fails so at its first {@code failing} calls. */
    private ScriptedFlow.Builder failing(RetrySpec retry, int failing, Throwable failure) {
        return ScriptedFlow.named("retrying").managed("one", List.of(), task -> task.retry(retry), (values, task) -> {
            if (calls.incrementAndGet() <= failing) {
                throw failure;
            }
            return task.attempt();
        });
    }

    @ParameterizedTest
    @EnumSource
    void delaysGrowToTheLongestAndAreExact(Engines engines) throws Exception {
        List<Long> starts = new CopyOnWriteArrayList<>();
        RetrySpec retry =
                RetrySpec.attempts(5).delay(Duration.ofSeconds(1)).backoff(2).maxDelay(Duration.ofSeconds(6));
        try (Engine engine = engines.open(builder -> builder.clock(clock))) {
            ScriptedFlow flow = ScriptedFlow.named("backoff")
                    .managed("one", List.of(), task -> task.retry(retry), (values, task) -> {
                        starts.add(TimeUnit.NANOSECONDS.toSeconds(clock.nanos()));
                        if (task.attempt() < 5) {
                            throw new IOException("attempt " + task.attempt());
                        }
                        return task.attempt();
                    })
                    .on(engine);
            CompletableFuture<Map<String, Object>> result = Background.call(flow::run);
            for (int seconds : new int[] {1, 2, 4, 6}) {
                Background.awaitPending(clock, 1);
                clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
                assertThat(clock.pending()).isEqualTo(1);
                clock.advance(Duration.ofNanos(1));
            }
            assertThat(result.get(20, TimeUnit.SECONDS)).containsEntry("one", 5);
            assertThat(starts).containsExactly(0L, 1L, 3L, 7L, 13L);
        }
    }

    @Test
    void jitterKeepsEachDelayInItsBand() throws Exception {
        CapturingListener events = new CapturingListener();
        RetrySpec retry = RetrySpec.attempts(30).delay(Duration.ofSeconds(10)).jitter(0.5);
        try (Engine engine =
                Engines.PARALLEL.open(builder -> builder.clock(clock).listener(events))) {
            CompletableFuture<Map<String, Object>> result =
                    Background.call(failing(retry, 29, new IOException("again")).on(engine)::run);
            Background.until(() -> {
                clock.advance(Duration.ofSeconds(15)); // may be enough for two short delays
                return result.isDone();
            });
            assertThat(result.get(20, TimeUnit.SECONDS)).containsEntry("one", 30);
            List<Duration> delays = events.events(FlowEvent.RetryScheduled.class).stream()
                    .map(FlowEvent.RetryScheduled::delay)
                    .toList();
            assertThat(delays)
                    .hasSize(29)
                    .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15)));
            assertThat(delays.stream().distinct().count()).isGreaterThan(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noAttemptStartsAfterTheLongestDuration(Engines engines) {
        RetrySpec retry = RetrySpec.attempts(10).delay(Duration.ofSeconds(10)).maxDuration(Duration.ofSeconds(25));
        try (Engine engine = engines.open(builder -> builder.clock(clock))) {
            CompletableFuture<Map<String, Object>> result =
                    Background.call(failing(retry, 99, new IOException("again")).on(engine)::run);
            for (int i = 0; i < 2; i++) {
                Background.awaitPending(clock, 1);
                clock.advance(Duration.ofSeconds(10));
            }
            assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS)).hasRootCauseMessage("again");
            assertThat(calls).hasValue(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsNamedIsRetried(Engines engines) {
        RetrySpec some = RetrySpec.attempts(3).on(IOException.class).abortOn(FileNotFoundException.class);
        assertAttempts(engines, some, new IOException("retried"), 3);
        assertAttempts(engines, some, new FileNotFoundException("aborted"), 1);
        assertAttempts(engines, some, new IllegalStateException("not named"), 1);
        assertAttempts(engines, RetrySpec.attempts(3), new IllegalStateException("any exception"), 3);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsRetriedOnlyIfNamedAndABusinessFailureNever(Engines engines) {
        assertAttempts(engines, RetrySpec.attempts(3), new AssertionError("not named"), 1);
        assertAttempts(engines, RetrySpec.attempts(3).on(AssertionError.class), new AssertionError("named"), 3);
        assertAttempts(engines, RetrySpec.attempts(3), new BusinessFailure("no money"), 1);
        assertAttempts(engines, RetrySpec.attempts(3).on(BusinessFailure.class), new BusinessFailure("named"), 1);
    }

    private void assertAttempts(Engines engines, RetrySpec retry, Throwable failure, int expected) {
        calls.set(0);
        try (Engine engine = engines.open()) {
            Run<Map<String, Object>> run =
                    failing(retry, Integer.MAX_VALUE, failure).on(engine).start();
            assertThatThrownBy(run::result).satisfies(thrown -> {
                assertThat(thrown == failure || thrown.getCause() == failure).isTrue();
            });
            assertThat(calls).hasValue(expected);
            assertThat(run.snapshot().task("one").attempts()).isEqualTo(expected);
        }
    }

    @Test
    void aDelayHoldsNoThread() throws Exception {
        try (Engine engine =
                Engines.ONE_THREAD.open(builder -> builder.clock(clock).callerRuns(false))) {
            RetrySpec retry = RetrySpec.attempts(2).delay(Duration.ofSeconds(10));
            Run<Map<String, Object>> delayed =
                    failing(retry, 1, new IOException("once")).on(engine).start();
            Background.awaitPending(clock, 1);
            assertThat(delayed.status()).isEqualTo(RunStatus.WAITING);
            assertThat(delayed.snapshot().task("one").status()).isEqualTo(TaskStatus.RETRYING);
            ScriptedFlow other = ScriptedFlow.named("other")
                    .task("one", List.of(), (values, task) -> 1)
                    .on(engine);
            for (int i = 0; i < 1_000; i++) {
                assertThat(other.start().result(Duration.ofSeconds(20))).containsEntry("one", 1);
            }
            assertThat(delayed.status()).isEqualTo(RunStatus.WAITING);
            clock.advance(Duration.ofSeconds(10));
            assertThat(delayed.result()).containsEntry("one", 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void resumingCountsOnAndGivesAllAttemptsAgain(Engines engines) {
        try (Engine engine = engines.open()) {
            Run<Map<String, Object>> run = failing(RetrySpec.attempts(3), 5, new IOException("again"))
                    .on(engine)
                    .start();
            assertThatThrownBy(run::result).hasRootCauseMessage("again");
            assertThat(calls).hasValue(3);
            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("one", 6);
            assertThat(run.snapshot().task("one").attempts()).isEqualTo(6);
        }
    }
}
