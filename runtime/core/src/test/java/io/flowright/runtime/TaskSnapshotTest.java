package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What snapshots say of tasks whose way to success was not straight. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskSnapshotTest {

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void aTaskThatWaitsForItsRetryShowsWhyEvenWhilePaused() {
        VirtualClock clock = FlowClock.virtual();
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.clock(clock))) {
            Run<Map<String, Object>> run = ScriptedFlow.named("retrying")
                    .managed(
                            "one",
                            List.of(),
                            task -> task.retry(RetrySpec.attempts(2).delay(Duration.ofMinutes(1))),
                            (values, task) -> {
                                if (task.attempt() == 1) {
                                    throw new IOException("gone");
                                }
                                return 1;
                            })
                    .on(engine)
                    .start();
            Background.until(() -> run.status() == RunStatus.WAITING);
            TaskSnapshot retrying = run.snapshot().task("one");
            assertThat(retrying.status()).isEqualTo(TaskStatus.RETRYING);
            assertThat(retrying.failure()).hasToString("java.io.IOException: gone");

            run.pause();
            assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
            TaskSnapshot paused = run.snapshot().task("one");
            assertThat(paused.status()).isEqualTo(TaskStatus.PENDING);
            assertThat(paused.attempts()).isOne();
            assertThat(paused.failure()).hasToString("java.io.IOException: gone");
            assertThat(run.snapshot().report()).contains("to run again: one\n    java.io.IOException: gone");

            run.resume();
            Background.until(() -> run.status() == RunStatus.WAITING);
            clock.advance(Duration.ofMinutes(1));
            assertThat(run.result()).containsEntry("one", 1);
            assertThat(run.snapshot().task("one").failure()).isNull();
            assertThat(run.snapshot().task("one").attempts()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatItsFallbackAnsweredSaysSo(Engines engines) {
        try (Engine engine = engines.open()) {
            Run<Map<String, Object>> run = ScriptedFlow.named("answered")
                    .withFallback(
                            "one",
                            task -> task.retry(RetrySpec.attempts(2)),
                            (values, task) -> {
                                throw new IOException("gone");
                            },
                            (values, failure) -> "instead")
                    .on(engine)
                    .start();
            assertThat(run.result()).containsEntry("one", "instead");
            assertThat(run.snapshot().task("one").byFallback()).isTrue();
            assertThat(run.snapshot().report()).contains("one after 2 attempts by its fallback");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDirectTaskCountsItsAttemptsOverResumptions(Engines engines) {
        CapturingListener events = new CapturingListener();
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            assertCounted(engine);
        }
        assertThat(events.events(FlowEvent.TaskStarted.class))
                .extracting(FlowEvent.TaskStarted::attempt)
                .containsExactly(1, 2, 3);
        assertThat(events.events(FlowEvent.TaskFailed.class))
                .extracting(FlowEvent.TaskFailed::attempts)
                .containsExactly(1, 2);
        calls.set(0);
        try (Engine engine = engines.open()) {
            assertCounted(engine);
        }
    }

    private void assertCounted(Engine engine) {
        ScriptedFlow flow = ScriptedFlow.named("direct")
                .task("one", List.of(), (values, task) -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new IOException("gone");
                    }
                    return 1;
                })
                .on(engine);
        assertThatThrownBy(flow::run).isInstanceOfSatisfying(FlowFailedException.class, failed -> {
            Run<?> run = failed.run();
            assertThat(run.snapshot().task("one").attempts()).isEqualTo(1);
            run.resume();
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThat(run.snapshot().task("one").attempts()).isEqualTo(2);
            run.resume();
            run.result();
            assertThat(run.snapshot().task("one").attempts()).isEqualTo(3);
        });
    }

    @Test
    void aDirectTaskThatTheDeadlineInterruptedHasBegun() throws Exception {
        VirtualClock clock = FlowClock.virtual();
        CountDownLatch inside = new CountDownLatch(1);
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.clock(clock))) {
            Run<Map<String, Object>> run = ScriptedFlow.named("late")
                    .task("one", List.of(), (values, task) -> {
                        inside.countDown();
                        new CountDownLatch(1).await();
                        return 1;
                    })
                    .task("two", List.of("one"), (values, task) -> 2)
                    .on(engine)
                    .start(RunOptions.deadline(Duration.ofMinutes(1)), "in");
            inside.await();
            clock.advance(Duration.ofMinutes(1));
            assertThatThrownBy(run::result).hasCauseInstanceOf(DeadlineExceededException.class);
            assertThat(run.snapshot().task("one").attempts()).isOne();
            assertThat(run.snapshot().report()).contains("interrupted: one\n").contains("never ran: two\n");
        }
    }
}
