package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks that run for each element of something. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FanOutTest {

    private static final Consumer<FlowGraph.Builder> PLAIN = task -> {};

    private final Set<Integer> ran = ConcurrentHashMap.newKeySet();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CapturingListener events = new CapturingListener();
    private final VirtualClock clock = FlowClock.virtual();

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static ScriptedFlow.Builder flow(int elements) {
        return ScriptedFlow.named("build").task("shards", List.of(), (values, task) -> numbers(elements));
    }

    // ---- results ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void theResultsAreInTheOrderOfTheElements(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(1_000)
                    .each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        if (shard % 7 == 0) {
                            Thread.yield();
                        }
                        return shard * 2;
                    })
                    .task(
                            "sum",
                            List.of("test"),
                            (values, task) -> values.<List<Integer>>get("test").stream()
                                    .mapToInt(Integer::intValue)
                                    .sum())
                    .on(engine);

            assertThat(flow.run())
                    .containsEntry(
                            "test",
                            IntStream.range(0, 1_000).map(i -> i * 2).boxed().toList())
                    .containsEntry("sum", 999_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHundredThousandElementsAreNoBurden(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(100_000)
                    .each("plain", "shards", PLAIN, (Integer shard, TaskContext task) -> shard)
                    .managedEach("managed", "plain", PLAIN, (Integer shard, TaskContext task) -> task.element())
                    .managedEach(
                            "stages",
                            "managed",
                            FlowGraph.Builder::stage,
                            (Integer shard, TaskContext task) -> CompletableFuture.completedFuture(shard))
                    .on(engine);

            assertThat(flow.run()).containsEntry("stages", numbers(100_000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noElementsMakeAnEmptyList(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(0).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> shard)
                    .each("again", "test", FlowGraph.Builder::collect, (Integer shard, TaskContext task) -> shard)
                    .on(engine);

            assertThat(flow.run()).containsEntry("test", List.of()).containsEntry("again", List.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void absentResultsAreLeftOut(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(10).each(
                            "even",
                            "shards",
                            FlowGraph.Builder::optionalResults,
                            (Integer shard, TaskContext task) ->
                                    Optional.of(shard).filter(each -> each % 2 == 0))
                    .on(engine);

            assertThat(flow.run()).containsEntry("even", List.of(0, 2, 4, 6, 8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theListCannotBeChanged(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(3).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> shard)
                    .on(engine);

            List<?> results = (List<?>) flow.run().get("test");

            assertThatThrownBy(() -> results.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void elementsThatAreNullAreRefusedUnlessTheTaskTakesThem(Engines engines) {
        try (Engine engine = engines.open()) {
            List<Object> shards = Arrays.asList("a", null, "c");
            ScriptedFlow refusing = ScriptedFlow.named("refusing")
                    .task("shards", List.of(), (values, task) -> shards)
                    .each("test", "shards", PLAIN, (Object shard, TaskContext task) -> "never")
                    .on(engine);
            ScriptedFlow taking = ScriptedFlow.named("taking")
                    .task("shards", List.of(), (values, task) -> shards)
                    .each(
                            "test",
                            "shards",
                            task -> task.nullableElements().nullable(),
                            (Object shard, TaskContext task) -> shard)
                    .on(engine);

            assertThatThrownBy(refusing::run)
                    .hasCauseInstanceOf(UnexpectedNullException.class)
                    .hasMessageContaining("element 1 of shards is null");
            assertThat(taking.run()).containsEntry("test", shards);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResultThatIsNullFailsItsElement(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(5).each(
                            "test", "shards", PLAIN, (Integer shard, TaskContext task) -> shard == 3 ? null : shard)
                    .on(engine);

            assertThatThrownBy(flow::run)
                    .hasMessageStartingWith("task test, element 3, of flow build failed:")
                    .hasCauseInstanceOf(UnexpectedNullException.class);
        }
    }

    /** A task that has failed may still be among the ready ones, for the elements that could have been started beside. */
    @Test
    void whatTheRunGoesOnWithoutDoesNotRunAgainWhenItIsResumed() throws Exception {
        CompletableFuture<Run<?>> started = new CompletableFuture<>();
        Queue<Integer> calls = new ConcurrentLinkedQueue<>();
        try (Engine engine = Engines.ONE_THREAD.open()) {
            ScriptedFlow flow = flow(2).each(
                            "test",
                            "shards",
                            task -> task.optional().maxConcurrency(2),
                            (Integer shard, TaskContext task) -> {
                                calls.add(shard);
                                started.get().pause();
                                throw new IOException("broken");
                            })
                    .task("join", List.of("test"), (values, task) -> "joined")
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            started.complete(run);

            assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("join", "joined").containsEntry("test", null);
            assertThat(run.snapshot().tasks())
                    .extracting(TaskSnapshot::status)
                    .containsExactly(TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.SUCCEEDED);
            assertThat(calls).containsExactly(0);
        }
    }

    // ---- failures --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void theFirstFailureFailsTheTaskAndNamesTheElement(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            ScriptedFlow flow = flow(1_000)
                    .each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        ran.add(shard);
                        if (shard == 3) {
                            throw new IOException("gone");
                        }
                        return shard;
                    })
                    .task("after", List.of("test"), (values, task) -> "never")
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();

            assertThatThrownBy(run::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasMessage("task test, element 3, of flow build failed: java.io.IOException: gone")
                    .hasCauseInstanceOf(IOException.class);
            assertThat(run.snapshot().task("test").element()).isEqualTo(3);
            assertThat(run.snapshot().task("after").status()).isEqualTo(TaskStatus.PENDING);
            assertThat(run.snapshot().report()).contains("FAILED: test, element 3");
            assertThat(events.events(FlowEvent.TaskFailed.class))
                    .extracting(FlowEvent.TaskFailed::element)
                    .containsExactly(3, null);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void theFirstFailureInterruptsTheOtherElements(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(2).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        if (shard == 0) {
                            inside.await();
                            throw new IOException("gone");
                        }
                        inside.countDown();
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                    })
                    .on(engine);

            // Started, the run itself interrupts nothing.
            Run<Map<String, Object>> run = flow.start();

            assertThatThrownBy(run::result).hasRootCauseInstanceOf(IOException.class);
            assertThat(run.snapshot().task("test").element()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void collectedFailuresAreResults(Engines engines) {
        try (Engine engine = engines.open()) {
            IOException gone = new IOException("gone");
            ScriptedFlow flow = flow(4).managedEach(
                            "test",
                            "shards",
                            task -> task.collect().retry(RetrySpec.attempts(2)),
                            (Integer shard, TaskContext task) -> {
                                if (shard == 2) {
                                    throw gone;
                                }
                                return "s" + shard;
                            })
                    .on(engine);

            @SuppressWarnings("unchecked")
            List<Outcome<String>> outcomes = (List<Outcome<String>>) flow.run().get("test");

            assertThat(outcomes).extracting(Outcome::element).containsExactly(0, 1, 2, 3);
            assertThat(outcomes.get(1))
                    .isEqualTo(new Outcome.Success<>(1, "s1"))
                    .hasToString("Success[element=1]");
            assertThat(outcomes.get(2)).isInstanceOfSatisfying(Outcome.Failure.class, failure -> {
                assertThat(failure.exception()).isSameAs(gone);
                assertThat(failure.info().message()).isEqualTo("gone");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsNotCollected(Engines engines) {
        try (Engine engine = engines.open()) {
            AssertionError error = new AssertionError("broken");
            ScriptedFlow flow = flow(4).each(
                            "test", "shards", FlowGraph.Builder::collect, (Integer shard, TaskContext task) -> {
                                throw error;
                            })
                    .on(engine);

            assertThatThrownBy(flow::run).isSameAs(error);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOptionalTaskMayFailForAnElement(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(4).each(
                            "test", "shards", FlowGraph.Builder::optional, (Integer shard, TaskContext task) -> {
                                throw new IOException("gone");
                            })
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();
            run.result();

            assertThat(run.snapshot().warnings())
                    .singleElement()
                    .asString()
                    .matches("the run went on without test, which failed for element [0-3]: .*gone");
        }
    }

    // ---- quorum ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void aQuorumIsExactlySoManySuccessesInTheOrderOfTheElements(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(500)
                    .each("test", "shards", task -> task.quorum(100), (Integer shard, TaskContext task) -> {
                        if (shard % 3 == 0) {
                            throw new IOException("gone");
                        }
                        return shard;
                    })
                    .on(engine);

            @SuppressWarnings("unchecked")
            List<Integer> test = (List<Integer>) flow.run().get("test");

            assertThat(test).hasSize(100).isSorted().doesNotHaveDuplicates().noneMatch(shard -> shard % 3 == 0);
            if (engines == Engines.SEQUENTIAL) {
                assertThat(test.get(99)).isEqualTo(149);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aQuorumThatIsReachedInterruptsTheRest(Engines engines) {
        try (Engine engine = engines.open()) {
            AtomicBoolean interrupted = new AtomicBoolean();
            ScriptedFlow flow = flow(3).each(
                            "test", "shards", task -> task.quorum(2), (Integer shard, TaskContext task) -> {
                                if (shard == 0) {
                                    inside.countDown();
                                    try {
                                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                                    } catch (InterruptedException e) {
                                        interrupted.set(true);
                                        throw e;
                                    }
                                }
                                inside.await();
                                return shard;
                            })
                    .on(engine);

            assertThat(flow.run()).containsEntry("test", List.of(1, 2));
            assertThat(interrupted).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorThatTheInterruptOfAQuorumBringsAboutFailsNothing(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            ScriptedFlow.Builder flow =
                    flow(3).each("test", "shards", task -> task.quorum(2).maxConcurrency(3), errorOnInterrupt(engines));

            assertThat(flow.on(engine).run()).containsEntry("test", List.of(0, 1));
        }
        assertThat(events.events(FlowEvent.TaskFailed.class)).isEmpty();
        assertThat(ran).hasSize(runsSideBySide(engines) ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void noPolicySeesAnErrorThatTheInterruptOfAQuorumBringsAbout(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            ScriptedFlow.Builder flow = flow(3).managedEach(
                            "test",
                            "shards",
                            task -> task.quorum(2).maxConcurrency(3).fallback().retry(anyFailure()),
                            errorOnInterrupt(engines));

            assertThat(flow.on(engine).run()).containsEntry("test", List.of(0, 1));
        }
        assertThat(events.events(FlowEvent.TaskAttemptFailed.class)).isEmpty();
        assertThat(events.events(FlowEvent.TaskFailed.class)).isEmpty();
        assertThat(ran).hasSize(runsSideBySide(engines) ? 1 : 0);
    }

    private static RetrySpec anyFailure() {
        return RetrySpec.attempts(2).on(Throwable.class);
    }

    /** The last of three elements throws when it is interrupted. Where there is one thread it never starts. */
    private ScriptedFlow.EachBody<Integer> errorOnInterrupt(Engines engines) {
        boolean beside = runsSideBySide(engines);
        return (shard, task) -> {
            if (shard == 2) {
                inside.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    ran.add(shard);
                    throw new OutOfMemoryError("interrupted");
                }
            } else if (beside) {
                inside.await();
            }
            return shard;
        };
    }

    @ParameterizedTest
    @EnumSource
    void anErrorWithWhichACancelledStageCompletesFailsNothing(Engines engines) {
        boolean beside = runsSideBySide(engines);
        AtomicBoolean cancelled = new AtomicBoolean();
        CompletableFuture<Integer> pending = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                cancelled.set(true);
                return completeExceptionally(new AssertionError("cancelled"));
            }
        };
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(3).managedEach(
                            "test",
                            "shards",
                            task -> task.quorum(2).maxConcurrency(3).stage(),
                            (Integer shard, TaskContext task) -> {
                                if (shard == 2) {
                                    inside.countDown();
                                    return pending;
                                }
                                if (beside) {
                                    inside.await();
                                }
                                return CompletableFuture.completedFuture(shard);
                            })
                    .on(engine);

            assertThat(flow.run()).containsEntry("test", List.of(0, 1));
            assertThat(cancelled.get()).isEqualTo(beside);
        }
    }

    /** Stopping one element may end another before that is stopped itself. */
    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void anErrorThatComesOnceTheQuorumIsReachedFailsNothing(Engines engines) {
        CompletableFuture<Integer> one = new CompletableFuture<>();
        CompletableFuture<Integer> other = new CompletableFuture<>();
        CountDownLatch pending = new CountDownLatch(2);
        one.whenComplete((value, cancelled) -> other.completeExceptionally(new AssertionError("no other")));
        other.whenComplete((value, cancelled) -> one.completeExceptionally(new AssertionError("not one")));
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            ScriptedFlow flow = flow(4).managedEach(
                            "test",
                            "shards",
                            task -> task.quorum(2).maxConcurrency(4).stage(),
                            (Integer shard, TaskContext task) -> {
                                if (shard >= 2) {
                                    pending.countDown();
                                    return shard == 2 ? one : other;
                                }
                                pending.await();
                                return CompletableFuture.completedFuture(shard);
                            })
                    .on(engine);

            assertThat(flow.run()).containsEntry("test", List.of(0, 1));
        }
        // Whether the engine heard of it before it looked at that element is a matter of luck.
        assertThat(events.events(FlowEvent.TaskFailed.class))
                .allSatisfy(event -> assertThat(event.element()).isIn(2, 3));
    }

    private static boolean runsSideBySide(Engines engines) {
        return Set.of(Engines.PARALLEL, Engines.ENGINE_THREADS_ONLY, Engines.DEFAULT)
                .contains(engines);
    }

    @ParameterizedTest
    @EnumSource
    void aQuorumThatCanNoLongerBeReachedFailsTheTask(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(5).each(
                            "test", "shards", task -> task.quorum(4), (Integer shard, TaskContext task) -> {
                                throw new IOException("gone " + shard);
                            })
                    .on(engine);

            assertThatThrownBy(flow::run)
                    .cause()
                    .isInstanceOfSatisfying(QuorumNotReachedException.class, missed -> {
                        assertThat(missed.failed()).isEqualTo(2);
                        assertThat(missed.quorum()).isEqualTo(4);
                        assertThat(missed.elements()).isEqualTo(5);
                    })
                    .hasCauseInstanceOf(IOException.class)
                    // A third element may have failed side by side with the second.
                    .satisfies(missed -> assertThat(missed.getSuppressed()).isNotEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aQuorumNeedsAsManyElements(Engines engines) {
        try (Engine engine = engines.open()) {
            for (int elements = 0; elements < 2; elements++) {
                ScriptedFlow flow = flow(elements)
                        .each("test", "shards", task -> task.quorum(2), (Integer shard, TaskContext task) -> {
                            ran.add(shard);
                            return shard;
                        })
                        .on(engine);

                assertThatThrownBy(flow::run).hasCauseInstanceOf(QuorumNotReachedException.class);
                assertThat(ran).isEmpty();
            }
        }
    }

    // ---- concurrency -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void noMoreElementsRunThanAllowed(Engines engines) {
        AtomicInteger running = new AtomicInteger();
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(200)
                    .each("test", "shards", task -> task.maxConcurrency(2), (Integer shard, TaskContext task) -> {
                        seen.add(running.incrementAndGet());
                        Thread.yield();
                        running.decrementAndGet();
                        return shard;
                    })
                    .on(engine);

            assertThat(flow.run()).containsEntry("test", numbers(200));
            assertThat(seen).hasSize(200).allMatch(count -> count <= 2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void elementsRunSideBySide(Engines engines) {
        CyclicBarrier together = new CyclicBarrier(4);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(4).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        together.await(60, TimeUnit.SECONDS);
                        return shard;
                    })
                    .on(engine);

            assertThat(flow.run()).containsEntry("test", numbers(4));
        }
    }

    @Test
    void theSequentialEngineRunsElementsInOrder() {
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        try (Engine engine = Engines.SEQUENTIAL.open()) {
            flow(100)
                    .each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> order.add(shard))
                    .on(engine)
                    .run();
        }
        assertThat(order).containsExactlyElementsOf(numbers(100));
    }

    @Test
    void anotherTaskDoesNotWaitForAllElements() {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.parallelism(2))) {
            ScriptedFlow flow = flow(50).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        if (shard == 0) {
                            // The other thread reaches what lies behind the elements.
                            release.await();
                        }
                        return shard;
                    })
                    .task("other", List.of(), (values, task) -> {
                        release.countDown();
                        return "other";
                    })
                    .on(engine);

            assertThat(flow.run()).containsEntry("test", numbers(50)).containsEntry("other", "other");
        }
    }

    @Test
    void pendingStagesHoldNoThread() {
        Queue<CompletableFuture<String>> stages = new ConcurrentLinkedQueue<>();
        try (Engine engine = Engines.ONE_THREAD.open()) {
            ScriptedFlow flow = flow(10).managedEach(
                            "test",
                            "shards",
                            task -> task.stage().maxConcurrency(10),
                            (Integer shard, TaskContext task) -> {
                                CompletableFuture<String> stage = new CompletableFuture<>();
                                stages.add(stage);
                                return stage.thenApply(text -> text + shard);
                            })
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();
            Background.until(() -> stages.size() == 10);
            stages.forEach(stage -> stage.complete("s"));

            assertThat(run.result())
                    .containsEntry(
                            "test",
                            numbers(10).stream().map(shard -> "s" + shard).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBulkheadIsThatOfTheTask(Engines engines) {
        AtomicInteger running = new AtomicInteger();
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(50).managedEach(
                            "test",
                            "shards",
                            task -> task.bulkhead(new BulkheadSpec("room", 1, Duration.ofMinutes(1))),
                            (Integer shard, TaskContext task) -> {
                                seen.add(running.incrementAndGet());
                                running.decrementAndGet();
                                return shard;
                            })
                    .on(engine);

            assertThat(flow.run()).containsEntry("test", numbers(50));
            assertThat(seen).hasSize(50).allMatch(count -> count == 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anElementMayRunAnotherFlow(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow inner = flow(20).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> shard)
                    .on(engine);
            ScriptedFlow outer = flow(20).each(
                            "test",
                            "shards",
                            PLAIN,
                            (Integer shard, TaskContext task) -> inner.run().get("test"))
                    .on(engine);

            assertThat(outer.run()).containsEntry("test", Collections.nCopies(20, numbers(20)));
        }
    }

    // ---- each element is an execution of its own -------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void eachElementHasItsOwnAttemptsAndContext(Engines engines) {
        Map<Integer, Integer> attempts = new ConcurrentHashMap<>();
        Set<String> keys = ConcurrentHashMap.newKeySet();
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            ScriptedFlow flow = flow(20).managedEach(
                            "test",
                            "shards",
                            task -> task.retry(RetrySpec.attempts(3)),
                            (Integer shard, TaskContext task) -> {
                                assertThat(task.element()).isEqualTo(shard);
                                keys.add(task.idempotencyKey());
                                attempts.put(shard, task.attempt());
                                if (task.attempt() <= shard % 3) {
                                    throw new IOException("again");
                                }
                                return shard;
                            })
                    .on(engine);

            assertThat(flow.run()).containsEntry("test", numbers(20));
        }
        assertThat(attempts).allSatisfy((shard, attempt) -> assertThat(attempt).isEqualTo(shard % 3 + 1));
        assertThat(keys).hasSize(20);
        assertThat(events.events(FlowEvent.TaskSucceeded.class).stream()
                        .filter(event -> event.task().equals("test"))
                        .map(FlowEvent.TaskSucceeded::element))
                .hasSize(21)
                .endsWith((Integer) null)
                .containsAll(numbers(20));
        assertThat(events.events(FlowEvent.TaskAttemptFailed.class)).allMatch(event -> event.element() % 3 > 0);
    }

    @ParameterizedTest
    @EnumSource
    void aFallbackAnswersForOneElement(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(3).managedEach(
                            "test", "shards", FlowGraph.Builder::fallback, (Integer shard, TaskContext task) -> {
                                if (shard == 1) {
                                    throw new IOException("gone");
                                }
                                return "s" + shard;
                            })
                    .on(engine);

            assertThat(flow.run()).containsEntry("test", List.of("s0", "instead of 1", "s2"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdempotentElementRunsOnceForItsKey(Engines engines) {
        AtomicInteger calls = new AtomicInteger();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("twice")
                    .task("shards", List.of(), (values, task) -> List.of("a", "b", "a", "b"))
                    .managedEach(
                            "test",
                            "shards",
                            task -> task.idempotent(Duration.ofHours(1)),
                            (String shard, TaskContext task) -> shard + calls.incrementAndGet())
                    .on(engine);

            List<?> results = (List<?>) flow.run().get("test");

            assertThat(calls).hasValue(2);
            assertThat(results.get(0)).isEqualTo(results.get(2));
            assertThat(results.get(1)).isEqualTo(results.get(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutIsThatOfOneElement(Engines engines) throws Exception {
        try (Engine engine = engines.open(builder -> builder.clock(clock))) {
            ScriptedFlow flow = flow(3).managedEach(
                            "test",
                            "shards",
                            task -> task.timeout(Duration.ofSeconds(1)).collect(),
                            (Integer shard, TaskContext task) -> {
                                if (shard == 1) {
                                    inside.countDown();
                                    return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                                }
                                return shard;
                            })
                    .on(engine);

            CompletableFuture<Map<String, Object>> result = Background.call(flow::run);
            inside.await();
            clock.advance(Duration.ofSeconds(1));

            List<?> outcomes = (List<?>) result.get(30, TimeUnit.SECONDS).get("test");
            assertThat(outcomes.get(1))
                    .isInstanceOfSatisfying(
                            Outcome.Failure.class,
                            failure -> assertThat(failure.exception()).isInstanceOf(TaskTimeoutException.class));
        }
    }

    // ---- stops -----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aResumedRunRunsOnlyMissingElements(Engines engines) throws Exception {
        Queue<Integer> calls = new ConcurrentLinkedQueue<>();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(100)
                    .each("test", "shards", task -> task.maxConcurrency(3), (Integer shard, TaskContext task) -> {
                        calls.add(shard);
                        if (shard >= 20) {
                            inside.countDown();
                            release.await();
                        }
                        return shard;
                    })
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();
            inside.await();
            run.pause();
            release.countDown();
            assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
            TaskSnapshot test = run.snapshot().task("test");
            assertThat(test.status()).isEqualTo(TaskStatus.PENDING);
            assertThat(test.done()).isEqualTo(calls.size());
            assertThat(test.total()).isEqualTo(100);
            run.resume();

            assertThat(run.result()).containsEntry("test", numbers(100));
            assertThat(calls).hasSize(100);
        }
    }

    /** The last element to end is one that had been taken and did not begin, because the run was to pause. */
    @Test
    void anElementThatPausesTheRunAndFailsFailsItAllTheSame() {
        try (Engine engine = Engines.PARALLEL.open()) {
            for (int i = 0; i < 2_000; i++) {
                CompletableFuture<Run<Map<String, Object>>> started = new CompletableFuture<>();
                ScriptedFlow flow = flow(2).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                            started.join().pause();
                            throw new IOException("gone");
                        })
                        .on(engine);

                Run<Map<String, Object>> run = flow.start();
                started.complete(run);
                assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
                assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResumedRunRunsTheFailedElementAgain(Engines engines) {
        AtomicBoolean mended = new AtomicBoolean();
        Map<Integer, Integer> calls = new ConcurrentHashMap<>();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(50).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        calls.merge(shard, 1, Integer::sum);
                        if (shard == 20 && !mended.get()) {
                            throw new IOException("gone");
                        }
                        return shard;
                    })
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThatThrownBy(() -> {
                        run.resume();
                        run.result();
                    })
                    .isInstanceOf(FlowFailedException.class);
            mended.set(true);
            run.resume();

            assertThat(run.result()).containsEntry("test", numbers(50));
            assertThat(calls).containsEntry(20, 3).containsEntry(0, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResumedRunKeepsTheSuccessesOfAQuorum(Engines engines) {
        AtomicBoolean mended = new AtomicBoolean();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(10).each(
                            "test", "shards", task -> task.quorum(8), (Integer shard, TaskContext task) -> {
                                if (shard >= 5 && !mended.get()) {
                                    throw new IOException("gone");
                                }
                                ran.add(shard);
                                return shard;
                            })
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();
            assertThatThrownBy(run::result).hasCauseInstanceOf(QuorumNotReachedException.class);
            mended.set(true);
            run.resume();

            assertThat((List<?>) run.result().get("test")).hasSize(8);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void cancellingInterruptsElements(Engines engines) throws Exception {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(100)
                    .each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        inside.countDown();
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                    })
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();
            inside.await();
            run.cancel();

            assertThatThrownBy(run::result).isInstanceOf(CancellationException.class);
            assertThat(run.snapshot().task("test").status()).isEqualTo(TaskStatus.CANCELLED);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aDeadlineStopsElements(Engines engines) throws Exception {
        try (Engine engine = engines.open(builder -> builder.clock(clock))) {
            ScriptedFlow flow = flow(100)
                    .managedEach("test", "shards", FlowGraph.Builder::stage, (Integer shard, TaskContext task) -> {
                        inside.countDown();
                        return new CompletableFuture<>();
                    })
                    .on(engine);

            Run<Map<String, Object>> run = flow.start(RunOptions.deadline(Duration.ofMinutes(1)), "in");
            inside.await();
            clock.advance(Duration.ofMinutes(1));

            assertThatThrownBy(run::result).hasCauseInstanceOf(DeadlineExceededException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY"})
    void anElementThatHeedsNoInterruptIsGivenUp(Engines engines) throws Exception {
        try (Engine engine =
                engines.open(builder -> builder.clock(clock).listener(events).abandonAfter(Duration.ofSeconds(30)))) {
            ScriptedFlow flow = flow(2).each(
                            "test", "shards", task -> task.quorum(1), (Integer shard, TaskContext task) -> {
                                if (shard == 0) {
                                    inside.countDown();
                                    Background.awaitDeaf(release);
                                }
                                inside.await();
                                return shard;
                            })
                    .task("after", List.of("test"), (values, task) -> values.get("test"))
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();
            inside.await();
            Background.awaitPending(clock, 1);
            clock.advance(Duration.ofSeconds(30));

            assertThat(run.result()).containsEntry("after", List.of(1));
            assertThat(events.events(FlowEvent.TaskAbandoned.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.element()).isZero());
            release.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY"})
    void anElementIsNotRunBesideItsOwnDeafAttempt(Engines engines) throws Exception {
        AtomicInteger beside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Engine engine = engines.open(builder -> builder.clock(clock).abandonAfter(Duration.ofSeconds(30)))) {
            ScriptedFlow flow = flow(2).managedEach(
                            "test",
                            "shards",
                            task -> task.timeout(Duration.ofSeconds(1)).retry(RetrySpec.attempts(2)),
                            (Integer shard, TaskContext task) -> {
                                if (shard == 1) {
                                    most.accumulateAndGet(beside.incrementAndGet(), Math::max);
                                    if (task.attempt() == 1) {
                                        inside.countDown();
                                        Background.awaitDeaf(release);
                                    }
                                    beside.decrementAndGet();
                                }
                                return shard;
                            })
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();
            inside.await();
            clock.advance(Duration.ofSeconds(1));
            clock.advance(Duration.ofSeconds(30));
            release.countDown();

            assertThat(run.result()).containsEntry("test", numbers(2));
            assertThat(most).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalTasksRunTheirElementsSideBySide(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(500)
                    .each("one", "shards", PLAIN, (Integer shard, TaskContext task) -> shard)
                    .each("two", "shards", task -> task.maxConcurrency(1), (Integer shard, TaskContext task) -> shard)
                    .managedEach("three", "shards", PLAIN, (Integer shard, TaskContext task) -> shard)
                    .task("all", List.of("one", "two", "three"), (values, task) -> "all")
                    .on(engine);

            assertThat(flow.run())
                    .containsEntry("one", numbers(500))
                    .containsEntry("two", numbers(500))
                    .containsEntry("three", numbers(500))
                    .containsEntry("all", "all");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aRunCanBePausedInEveryElement(Engines engines) throws Exception {
        Semaphore entered = new Semaphore(0);
        Semaphore left = new Semaphore(0);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(10).each(
                            "test", "shards", task -> task.maxConcurrency(1), (Integer shard, TaskContext task) -> {
                                entered.release();
                                left.acquire();
                                return shard;
                            })
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();
            for (int shard = 0; shard < 9; shard++) {
                entered.acquire();
                run.pause();
                left.release();
                assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
                assertThat(run.snapshot().task("test").done()).isEqualTo(shard + 1);
                run.resume();
            }
            left.release();

            assertThat(run.result()).containsEntry("test", numbers(10));
        }
    }

    @Test
    void theOutcomeOfWhichOnlyTheRecordIsLeftHasNoException() {
        FailureInfo info = FailureInfo.of(new IOException("gone"));

        Outcome.Failure<String> failure = Outcome.Failure.of(3, info);

        assertThat(failure.element()).isEqualTo(3);
        assertThat(failure.info()).isSameAs(info);
        assertThat(failure.exception()).isNull();
        assertThat(failure).hasToString("Failure[element=3, java.io.IOException: gone]");
    }

    @Test
    void aUnitTestGivesTheIndexOfTheElement() {
        assertThat(TaskContext.forTest(3).element()).isEqualTo(3);
        assertThat(TaskContext.forTest().element()).isNegative();
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void manyStopsLoseAndRepeatNoResult(Engines engines) {
        Map<Integer, Integer> results = new ConcurrentHashMap<>();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(5_000)
                    .each("plain", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        results.merge(shard, 1, Integer::sum);
                        return shard;
                    })
                    .managedEach(
                            "stages",
                            "plain",
                            FlowGraph.Builder::stage,
                            (Integer shard, TaskContext task) -> shard % 2 == 0
                                    ? CompletableFuture.completedFuture(shard)
                                    : CompletableFuture.supplyAsync(() -> shard))
                    .on(engine);

            Run<Map<String, Object>> run = flow.start();
            for (int stop = 0; stop < 200 && run.status() != RunStatus.SUCCEEDED; stop++) {
                run.pause();
                try {
                    run.result();
                } catch (RunPausedException paused) {
                    run.resume();
                }
            }

            assertThat(run.result()).containsEntry("stages", numbers(5_000));
            assertThat(results)
                    .hasSize(5_000)
                    .allSatisfy((shard, calls) -> assertThat(calls).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void allElementsStayDoneWhenTheRunIsUndone(Engines engines) {
        try (Engine engine = engines.open()) {
            Run<?> run = flow(3).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> shard)
                    .task("merge", List.of("test"), (values, task) -> {
                        throw new BusinessFailure("no");
                    })
                    .compensation("shards", PLAIN, (values, failure, task) -> null)
                    .on(engine)
                    .start();

            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(run.snapshot().task("test").toString()).isEqualTo("test SUCCEEDED (3 of 3 done)");
        }
    }

    // ---- elements whose code does not heed its interrupt ----------------------------------------------------------

    private static Engine impatient() {
        return Engine.builder()
                .parallelism(4)
                .abandonAfter(Duration.ofMillis(100))
                .closeTimeout(Duration.ofMillis(1))
                .build();
    }

    @Test
    void anElementThatIsGivenUpGivesItsPlaceInTheBulkheadBack() throws Exception {
        BulkheadSpec rooms = new BulkheadSpec("rooms", 2, Duration.ofSeconds(10));
        try (Engine engine = impatient()) {
            ScriptedFlow.named("hedge")
                    .<String>managedEach("each", "in", task -> task.quorum(1).bulkhead(rooms), (element, task) -> {
                        if (element.equals("slow")) {
                            inside.countDown();
                            Background.awaitDeaf(release);
                        } else {
                            inside.await();
                        }
                        return element;
                    })
                    .on(engine)
                    .start(RunOptions.none(), List.of("slow", "quick"))
                    .future()
                    .get(20, TimeUnit.SECONDS);
            CyclicBarrier both = new CyclicBarrier(2);
            ScriptedFlow.Body meet = (values, task) -> both.await(30, TimeUnit.SECONDS) >= 0;

            assertThat(ScriptedFlow.named("next")
                            .managed("a", List.of("in"), task -> task.bulkhead(rooms), meet)
                            .managed("b", List.of("in"), task -> task.bulkhead(rooms), meet)
                            .on(engine)
                            .runAsync()
                            .get(60, TimeUnit.SECONDS))
                    .containsEntry("a", true)
                    .containsEntry("b", true);
        } finally {
            release.countDown();
        }
    }

    @Test
    void aTaskThatHasFailedDoesNotWaitForAnElementThatWaitsForItsEarlierCode() throws Exception {
        RetrySpec often = new RetrySpec(
                20,
                Duration.ofMillis(50),
                1,
                Duration.ofSeconds(1),
                0,
                null,
                List.of(TaskTimeoutException.class, IllegalStateException.class),
                List.of(),
                true);
        try (Engine engine = impatient()) {
            Run<Map<String, Object>> run = ScriptedFlow.named("stuck")
                    .<String>managedEach(
                            "each",
                            "in",
                            task -> task.timeout(Duration.ofMillis(300)).retry(often),
                            (element, task) -> {
                                if (element.equals("stuck")) {
                                    Background.awaitDeaf(release);
                                } else if (task.attempt() < 20) {
                                    throw new IllegalStateException("again");
                                }
                                throw new IllegalArgumentException("no");
                            })
                    .on(engine)
                    .start(RunOptions.none(), List.of("stuck", "fails"));

            assertThatThrownBy(() -> run.future().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(FlowFailedException.class);
        } finally {
            release.countDown();
        }
    }
}
