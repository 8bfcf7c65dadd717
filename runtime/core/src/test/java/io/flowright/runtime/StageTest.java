package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks that return a stage hold no thread while it is pending. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StageTest {

    private final AtomicInteger calls = new AtomicInteger();

    private static ScriptedFlow staged(Engine engine, ScriptedFlow.Body body) {
        return ScriptedFlow.named("staged")
                .stage("one", List.of(), task -> {}, body)
                .task("two", List.of("one"), (values, task) -> Thread.currentThread())
                .on(engine);
    }

    @Test
    void aThousandStagesArePendingOnFourThreads() {
        try (Engine engine = Engines.ENGINE_THREADS_ONLY.open()) {
            List<CompletableFuture<Integer>> stages = new ArrayList<>();
            ScriptedFlow.Builder builder = ScriptedFlow.named("thousand");
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                CompletableFuture<Integer> stage = new CompletableFuture<>();
                stages.add(stage);
                names.add("s" + i);
                builder.stage("s" + i, List.of(), task -> {}, (values, task) -> {
                    calls.incrementAndGet();
                    return stage;
                });
            }
            ScriptedFlow flow = builder.task(
                            "sum",
                            names,
                            (values, task) -> names.stream()
                                    .mapToInt(values::<Integer>get)
                                    .sum())
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            Background.until(() -> calls.get() == 1_000 && run.status() == RunStatus.WAITING);
            assertThat(run.snapshot().tasks())
                    .filteredOn(task -> task.status() == TaskStatus.WAITING)
                    .hasSize(1_000);
            for (int i = 0; i < 1_000; i++) {
                stages.get(i).complete(i);
            }
            assertThat(run.result()).containsEntry("sum", 499_500);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "DIRECT_EXECUTOR", mode = EnumSource.Mode.EXCLUDE)
    void aForeignThreadThatCompletesAStageRunsNoTask(Engines engines) throws Exception {
        try (Engine engine = engines.open()) {
            for (int i = 0; i < 50; i++) {
                CompletableFuture<Integer> stage = new CompletableFuture<>();
                CountDownLatch called = new CountDownLatch(1);
                ScriptedFlow flow = staged(engine, (values, task) -> {
                    called.countDown();
                    return stage;
                });
                CompletableFuture<Map<String, Object>> result = Background.call(flow::run);
                called.await();
                CompletableFuture<Thread> foreign = Background.call(() -> {
                    stage.complete(1);
                    return Thread.currentThread();
                });
                Thread consumer = (Thread) result.get(20, TimeUnit.SECONDS).get("two");
                assertThat(consumer).isNotSameAs(foreign.get(20, TimeUnit.SECONDS));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCompletedStageStaysOnItsThread(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("completed")
                    .stage(
                            "one",
                            List.of(),
                            task -> {},
                            (values, task) -> CompletableFuture.completedFuture(Thread.currentThread()))
                    .task(
                            "two",
                            List.of("one"),
                            (values, task) -> Thread.currentThread().equals(values.get("one")))
                    .on(engine);
            for (int i = 0; i < 200; i++) {
                assertThat(flow.run()).containsEntry("two", true);
                assertThat(flow.start().result()).containsEntry("two", true);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedStageFailsTheTaskWithTheFailureItself(Engines engines) {
        IOException failure = new IOException("remote");
        try (Engine engine = engines.open()) {
            assertThatThrownBy(staged(engine, (values, task) -> CompletableFuture.failedFuture(failure))::run)
                    .cause()
                    .isSameAs(failure);
            assertThatThrownBy(staged(
                            engine,
                            (values, task) -> CompletableFuture.supplyAsync(() -> {
                                throw new CompletionException(failure);
                            }))::run)
                    .cause()
                    .isSameAs(failure);
            assertThatThrownBy(staged(engine, (values, task) -> {
                        throw failure;
                    })::run)
                    .cause()
                    .isSameAs(failure);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMissingStageAndAStageOfNullFailTheTask(Engines engines) {
        try (Engine engine = engines.open()) {
            assertThatThrownBy(staged(engine, (values, task) -> null)::run)
                    .hasCauseInstanceOf(UnexpectedNullException.class);
            assertThatThrownBy(staged(engine, (values, task) -> CompletableFuture.completedFuture(null))::run)
                    .hasCauseInstanceOf(UnexpectedNullException.class);
            assertThatThrownBy(staged(engine, (values, task) -> CompletableFuture.supplyAsync(() -> null))::run)
                    .hasCauseInstanceOf(UnexpectedNullException.class);
            ScriptedFlow nullable = ScriptedFlow.named("nullable")
                    .stage(
                            "one",
                            List.of(),
                            task -> task.nullable(),
                            (values, task) -> CompletableFuture.supplyAsync(() -> null))
                    .on(engine);
            assertThat(nullable.run()).containsEntry("one", null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutCancelsTheStageAndALateCompletionIsDropped(Engines engines) throws Exception {
        VirtualClock clock = FlowClock.virtual();
        CompletableFuture<Integer> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                calls.incrementAndGet();
                return false;
            }
        };
        try (Engine engine = engines.open(builder -> builder.clock(clock))) {
            ScriptedFlow flow = ScriptedFlow.named("slow")
                    .stage(
                            "one",
                            List.of(),
                            task -> task.timeout(Duration.ofSeconds(1)).retry(RetrySpec.attempts(2)),
                            (values, task) ->
                                    task.attempt() == 1 ? stubborn : CompletableFuture.completedFuture("second"))
                    .on(engine);
            CompletableFuture<Map<String, Object>> result = Background.call(flow::run);
            Background.awaitPending(clock, 1);
            clock.advance(Duration.ofSeconds(1));
            assertThat(result.get(20, TimeUnit.SECONDS)).containsEntry("one", "second");
            stubborn.complete(1);
            assertThat(result.get()).containsEntry("one", "second");
            assertThat(calls).hasValue(1);
            assertThat(clock.pending()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedStageIsRetried(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("retried")
                    .stage("one", List.of(), task -> task.retry(RetrySpec.attempts(4)), (values, task) -> {
                        int attempt = task.attempt();
                        return CompletableFuture.supplyAsync(() -> {
                            if (attempt < 4) {
                                throw new IllegalStateException("attempt " + attempt);
                            }
                            return attempt;
                        });
                    })
                    .on(engine);
            assertThat(flow.run()).containsEntry("one", 4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStageThatCannotBeAskedFailsTheTask(Engines engines) {
        try (Engine engine = engines.open()) {
            CompletionStage<Integer> broken = new CompletableFuture<>() {
                @Override
                public CompletableFuture<Integer> whenComplete(
                        java.util.function.BiConsumer<? super Integer, ? super Throwable> action) {
                    throw new UnsupportedOperationException("not today");
                }
            };
            assertThatThrownBy(staged(engine, (values, task) -> broken)::run).hasRootCauseMessage("not today");
        }
    }

    /** A stage that times out just as it is returned must not leave the task waiting. */
    @Test
    void aTimeoutMayComeAtAnyMomentOfTheHandOver() {
        try (Engine engine = Engines.PARALLEL.open()) {
            for (int i = 0; i < 300; i++) {
                ScriptedFlow flow = ScriptedFlow.named("racing")
                        .stage("one", List.of(), task -> task.timeout(Duration.ofMillis(1)), (values, task) -> {
                            long end = System.nanoTime() + 1_000_000;
                            while (System.nanoTime() < end) {
                                Thread.onSpinWait();
                            }
                            return new CompletableFuture<>();
                        })
                        .on(engine);
                Run<Map<String, Object>> run = flow.start();
                assertThatThrownBy(run::result).hasCauseInstanceOf(TaskTimeoutException.class);
                assertThat(run.snapshot().task("one").status()).isEqualTo(TaskStatus.FAILED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFallbackMayReturnAPendingStage(Engines engines) throws Exception {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("answered")
                    .withFallback(
                            "one",
                            FlowGraph.Builder::stage,
                            (values, task) -> CompletableFuture.failedFuture(new IOException("down")),
                            (values, failure) -> {
                                asked.countDown();
                                return answer;
                            })
                    .task("two", List.of("one"), (values, task) -> values.<Integer>get("one") + 1)
                    .on(engine);
            CompletableFuture<Map<String, Object>> result =
                    CompletableFuture.supplyAsync(flow::run, action -> new Thread(action).start());
            asked.await();
            answer.complete(41);
            assertThat(result.get(20, TimeUnit.SECONDS)).containsEntry("two", 42);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFallbackWhoseStageFailsKeepsWhatItShouldHaveAnswered(Engines engines) {
        IOException first = new IOException("down");
        IOException second = new IOException("down too");
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("answered")
                    .withFallback(
                            "one",
                            FlowGraph.Builder::stage,
                            (values, task) -> CompletableFuture.failedFuture(first),
                            (values, failure) -> CompletableFuture.failedFuture(second))
                    .on(engine);
            assertThatThrownBy(flow::run).hasCause(second);
            assertThat(second.getSuppressed()).containsExactly(first);
        }
    }
}
