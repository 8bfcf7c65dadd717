package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.RetrySpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** User code that a timer sets off may take its time: no other timer of the process waits for it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowTimerActionTest {

    private static final Duration SOON = Duration.ofMillis(5);

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void release() {
        release.countDown();
    }

    private void block() {
        inside.countDown();
        Background.awaitDeaf(release);
    }

    private static Engine open() {
        return open(builder -> builder);
    }

    private static Engine open(UnaryOperator<Engine.Builder> settings) {
        return Engines.PARALLEL.open(settings);
    }

    /** Its task waits for a delay, so whoever ends that settles the run. */
    private static ScriptedFlow delayed(Engine engine) {
        return ScriptedFlow.named("delayed")
                .managed(
                        "one",
                        List.of(),
                        task -> task.retry(RetrySpec.attempts(2).delay(Duration.ofHours(1))),
                        (values, task) -> {
                            throw new IOException("once");
                        })
                .on(engine);
    }

    /** Another flow of the process waits for a delay, with the clock that all engines share. */
    private static void assertTimersRun() {
        try (Engine other = open()) {
            ScriptedFlow flow = ScriptedFlow.named("delayed")
                    .managed(
                            "one",
                            List.of(),
                            task -> task.retry(RetrySpec.attempts(2).delay(SOON)),
                            (values, task) -> {
                                if (task.attempt() == 1) {
                                    throw new IOException("once");
                                }
                                return task.attempt();
                            })
                    .on(other);
            assertThat(flow.run()).containsEntry("one", 2);
        }
    }

    @Test
    void aListenerThatIsToldOfAMissedDeadline() throws Exception {
        try (Engine engine = open(builder -> builder.listener(event -> {
            if (event instanceof FlowEvent.RunFinished) {
                block();
            }
        }))) {
            Run<Map<String, Object>> run = delayed(engine).start(RunOptions.deadline(Duration.ofMillis(100)), "in");
            inside.await();
            assertTimersRun();
            release.countDown();
            assertThatThrownBy(run::result).hasCauseInstanceOf(DeadlineExceededException.class);
        }
    }

    @Test
    void aCallbackOfAFutureThatAMissedDeadlineCompletes() throws Exception {
        try (Engine engine = open()) {
            Run<Map<String, Object>> run = delayed(engine).start(RunOptions.deadline(Duration.ofMillis(100)), "in");
            CompletableFuture<?> told = run.future().whenComplete((result, failure) -> block());
            inside.await();
            assertTimersRun();
            release.countDown();
            assertThatThrownBy(told::join).hasCauseInstanceOf(FlowFailedException.class);
        }
    }

    @Test
    void aStageThatATimeoutCancels() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                block();
                return super.cancel(mayInterruptIfRunning);
            }
        };
        try (Engine engine = open()) {
            Run<Map<String, Object>> run = ScriptedFlow.named("pending")
                    .stage("one", List.of(), task -> task.timeout(SOON), (values, task) -> stage)
                    .on(engine)
                    .start();
            inside.await();
            assertTimersRun();
            release.countDown();
            assertThatThrownBy(run::result).hasCauseInstanceOf(TaskTimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAttemptAfterADelayTimesOutWhateverThreadItIsOn(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("delayed")
                    .managed(
                            "one",
                            List.of(),
                            task -> task.timeout(SOON)
                                    .retry(RetrySpec.attempts(2).delay(SOON)),
                            (values, task) -> {
                                if (task.attempt() == 1) {
                                    throw new IOException("once");
                                }
                                new CountDownLatch(1).await();
                                return task.attempt();
                            })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            assertThatThrownBy(run::result).hasCauseInstanceOf(TaskTimeoutException.class);
        }
    }
}
