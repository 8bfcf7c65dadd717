package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flowright.annotations.OnFailure;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.generated.UndoneElement;
import io.flowright.runtime.listeners.CapturingListener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that fails undoes what its tasks did for each element. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompensationOfElementsTest {

    private static final Consumer<FlowGraph.Builder> PLAIN = nothing -> {};

    private final Queue<UndoneElement> undone = new ConcurrentLinkedQueue<>();
    private final Set<Integer> succeeded = ConcurrentHashMap.newKeySet();
    private final IOException broken = new IOException("no report");

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static ScriptedFlow.Builder flow(int elements) {
        return ScriptedFlow.named("build").task("shards", List.of(), (values, task) -> numbers(elements));
    }

    private String test(Integer shard, TaskContext task) {
        succeeded.add(shard);
        return "report " + shard;
    }

    /** {@code test} for so many shards, then {@code publish}, which fails. */
    private ScriptedFlow.Builder tested(int elements, Consumer<FlowGraph.Builder> settings) {
        return flow(elements).each("test", "shards", settings, this::test).task("publish", List.of("test"), this::fail);
    }

    private Object fail(ScriptedFlow.Values values, TaskContext task) throws IOException {
        throw broken;
    }

    private @Nullable Object note(UndoneElement element, FlowFailure failure, TaskContext task) {
        undone.add(element);
        return null;
    }

    private static UndoneElement tested(int shard) {
        return new UndoneElement(shard, "report " + shard);
    }

    private static FlowFailedException failureOf(ScriptedFlow flow) {
        return (FlowFailedException) catchThrowable(flow::run);
    }

    // ---- what is undone --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void eachElementIsUndoneWithItsResult(Engines engines) {
        try (Engine engine = engines.open()) {
            FlowFailedException failed = failureOf(
                    tested(4, PLAIN).compensationEach("test", PLAIN, this::note).on(engine));

            assertThat(failed).hasCause(broken).hasNoSuppressedExceptions();
            assertThat(failed.run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(undone).containsExactlyInAnyOrder(tested(0), tested(1), tested(2), tested(3));
            assertThat(failed.snapshot().task("test")).hasToString("test COMPENSATED (4 of 4 done)");
            assertThat(failed.snapshot().task("shards").status()).isEqualTo(TaskStatus.SUCCEEDED);
            assertThat(failed.snapshot().compensations())
                    .singleElement()
                    .hasToString("test.compensation COMPENSATED (4 of 4 done)");
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void manyElementsAreNoBurden(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = tested(10_000, PLAIN)
                    .compensationEach("test", PLAIN, this::note)
                    .on(engine);

            assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(undone).hasSize(10_000).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatFailedIsUndoneForTheElementsThatHadSucceeded(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(20).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        if (shard == 7) {
                            throw broken;
                        }
                        return test(shard, task);
                    })
                    .compensationEach("test", PLAIN, this::note)
                    .on(engine);
            FlowFailedException failed = failureOf(flow);

            assertThat(failed).hasCause(broken);
            assertThat(failed.run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(undone).map(UndoneElement::element).containsExactlyInAnyOrderElementsOf(succeeded);
            assertThat(failed.snapshot().task("test").status()).isEqualTo(TaskStatus.COMPENSATED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownOutcomeIsUndoneWhereThatIsWantedAndWhatNeverStartedIsNot(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(5).each(
                            "test", "shards", each -> each.maxConcurrency(1), (Integer shard, TaskContext task) -> {
                                if (shard == 2) {
                                    throw broken;
                                }
                                return test(shard, task);
                            })
                    .compensationEach("test", FlowGraph.Builder::started, this::note)
                    .on(engine);

            assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(undone).containsExactlyInAnyOrder(tested(0), tested(1), new UndoneElement(2, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatTheRunWentOnWithoutIsUndoneToo(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(3).each(
                            "test",
                            "shards",
                            each -> each.optional().maxConcurrency(1),
                            (Integer shard, TaskContext task) -> {
                                if (shard == 1) {
                                    throw new IOException("broken shard");
                                }
                                return test(shard, task);
                            })
                    .task("publish", List.of("test"), this::fail)
                    .compensationEach("test", PLAIN, this::note)
                    .on(engine);

            assertThat(failureOf(flow)).hasCause(broken);
            assertThat(undone).containsExactly(tested(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsUndoneWhereNoElementSucceeded(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow none =
                    tested(0, PLAIN).compensationEach("test", PLAIN, this::note).on(engine);
            ScriptedFlow failing = flow(1).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        throw broken;
                    })
                    .compensationEach("test", PLAIN, this::note)
                    .on(engine);

            assertThat(failureOf(none).snapshot().compensations()).isEmpty();
            assertThat(failureOf(failing).snapshot().task("test").status()).isEqualTo(TaskStatus.FAILED);
            assertThat(undone).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofCollectedOutcomesTheSuccessesAreUndone(Engines engines) {
        try (Engine engine = engines.open()) {
            for (boolean started : List.of(false, true)) {
                ScriptedFlow flow = flow(3).each(
                                "test", "shards", FlowGraph.Builder::collect, (Integer shard, TaskContext task) -> {
                                    if (shard == 1) {
                                        throw new IOException("broken shard");
                                    }
                                    return test(shard, task);
                                })
                        .task("publish", List.of("test"), this::fail)
                        .compensationEach("test", started ? FlowGraph.Builder::started : PLAIN, this::note)
                        .on(engine);

                assertThat(failureOf(flow)).hasCause(broken);
            }
            assertThat(undone)
                    .containsExactlyInAnyOrder(tested(0), tested(2), tested(0), new UndoneElement(1, null), tested(2));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY"})
    void whatAQuorumInterruptedIsOfUnknownOutcome(Engines engines) {
        CountDownLatch inside = new CountDownLatch(1);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(3).each(
                            "test",
                            "shards",
                            each -> each.quorum(2).maxConcurrency(3),
                            (Integer shard, TaskContext task) -> {
                                if (shard == 0) {
                                    inside.countDown();
                                    new CountDownLatch(1).await();
                                }
                                inside.await();
                                return test(shard, task);
                            })
                    .task("publish", List.of("test"), this::fail)
                    .compensationEach("test", FlowGraph.Builder::started, this::note)
                    .on(engine);

            assertThat(failureOf(flow)).hasCause(broken);
            assertThat(undone).containsExactlyInAnyOrder(new UndoneElement(0, null), tested(1), tested(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAbsentResultIsUndoneToo(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(2).each(
                            "test",
                            "shards",
                            FlowGraph.Builder::optionalResults,
                            (Integer shard, TaskContext task) ->
                                    Optional.of(shard).filter(each -> each == 1))
                    .task("publish", List.of("test"), this::fail)
                    .compensationEach("test", PLAIN, this::note)
                    .on(engine);

            assertThat(failureOf(flow)).hasCause(broken);
            assertThat(undone).containsExactlyInAnyOrder(new UndoneElement(0, null), new UndoneElement(1, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rememberedResultsAreForgottenAndTakenOnesNotUndone(Engines engines) {
        AtomicBoolean fails = new AtomicBoolean();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(3).managedEach(
                            "test",
                            "shards",
                            each -> each.idempotent(Duration.ofHours(1)),
                            (Integer shard, TaskContext task) -> test(shard, task))
                    .task("publish", List.of("test"), (values, task) -> fails.get() ? fail(values, task) : "done")
                    .compensationEach("test", PLAIN, this::note)
                    .on(engine);
            flow.run();
            fails.set(true);

            assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(undone).isEmpty();
        }
        succeeded.clear();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(3).managedEach(
                            "test",
                            "shards",
                            each -> each.idempotent(Duration.ofHours(1)),
                            (Integer shard, TaskContext task) -> test(shard, task))
                    .task("publish", List.of("test"), this::fail)
                    .compensationEach("test", PLAIN, this::note)
                    .on(engine);
            assertThat(failureOf(flow)).hasCause(broken);
            assertThat(undone).hasSize(3);
            succeeded.clear();

            assertThat(failureOf(flow)).hasCause(broken);
            assertThat(succeeded).hasSize(3);
            assertThat(undone).hasSize(6);
        }
    }

    // ---- how it is undone ------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void elementsAreUndoneAfterWhatDependedOnThemAndBeforeWhatTheyDependOn(Engines engines) {
        List<String> log = new CopyOnWriteArrayList<>();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(2).each("test", "shards", PLAIN, this::test)
                    .task("publish", List.of("test"), (values, task) -> "page")
                    .task("mail", List.of("publish"), this::fail)
                    .compensation("shards", PLAIN, (values, failure, task) -> log.add("shards"))
                    .compensationEach("test", PLAIN, (element, failure, task) -> log.add("test"))
                    .compensation("publish", PLAIN, (values, failure, task) -> log.add("publish"))
                    .on(engine);

            assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(log).containsExactly("publish", "test", "test", "shards");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachElementHasItsOwnAttemptsAndKey(Engines engines) {
        Map<Integer, Set<String>> keys = new ConcurrentHashMap<>();
        AtomicReference<FlowFailure> reason = new AtomicReference<>();
        Set<String> forward = ConcurrentHashMap.newKeySet();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(3).managedEach("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        forward.add(task.idempotencyKey());
                        return test(shard, task);
                    })
                    .task("publish", List.of("test"), this::fail)
                    .compensationEach("test", each -> each.retry(RetrySpec.attempts(3)), (element, failure, task) -> {
                        reason.set(failure);
                        assertThat(element.element()).isEqualTo(task.element());
                        keys.computeIfAbsent((Integer) element.element(), shard -> ConcurrentHashMap.newKeySet())
                                .add(task.idempotencyKey());
                        if (task.attempt() < 3) {
                            throw new IOException("not yet");
                        }
                        return note(element, failure, task);
                    })
                    .on(engine);

            assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(reason.get().task()).isEqualTo("publish");
            assertThat(undone).containsExactlyInAnyOrder(tested(0), tested(1), tested(2));
            assertThat(keys.values())
                    .hasSize(3)
                    .allSatisfy(key -> assertThat(key).hasSize(1));
            assertThat(keys.values().stream().flatMap(Set::stream))
                    .doesNotHaveDuplicates()
                    .doesNotContainAnyElementsOf(forward);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itMayReturnAStage(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = tested(10, PLAIN)
                    .compensationEach(
                            "test",
                            FlowGraph.Builder::stage,
                            (element, failure, task) -> CompletableFuture.runAsync(() -> undone.add(element)))
                    .on(engine);

            assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(undone).hasSize(10);
        }
    }

    @Test
    void elementsAreUndoneSideBySide() {
        CyclicBarrier both = new CyclicBarrier(2);
        try (Engine engine = Engine.builder().parallelism(4).build()) {
            ScriptedFlow flow = tested(2, PLAIN)
                    .compensationEach("test", PLAIN, (element, failure, task) -> both.await(30, TimeUnit.SECONDS))
                    .on(engine);

            assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noMoreAreUndoneAtATimeThanTheTaskOrTheCompensationAllows(Engines engines) {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ScriptedFlow.EachUndo counted = (element, failure, task) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.yield();
            now.decrementAndGet();
            return null;
        };
        try (Engine engine = engines.open()) {
            assertThat(failureOf(tested(100, each -> each.maxConcurrency(2))
                                    .compensationEach("test", PLAIN, counted)
                                    .on(engine))
                            .run()
                            .status())
                    .isEqualTo(RunStatus.COMPENSATED);
            assertThat(most.getAndSet(0)).isBetween(1, 2);

            assertThat(failureOf(tested(100, each -> each.maxConcurrency(4))
                                    .compensationEach("test", each -> each.maxConcurrency(1), counted)
                                    .on(engine))
                            .run()
                            .status())
                    .isEqualTo(RunStatus.COMPENSATED);
            assertThat(most).hasValue(1);
        }
    }

    // ---- failures and stops ----------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void oneThatFailsDoesNotStopTheOthersAndRunsAgainWhenResumed(Engines engines) {
        AtomicBoolean closed = new AtomicBoolean(true);
        IOException refused = new IOException("closed");
        CapturingListener events = new CapturingListener();
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            ScriptedFlow flow = tested(5, PLAIN)
                    .compensationEach("test", PLAIN, (element, failure, task) -> {
                        if (element.element().equals(1) && closed.get()) {
                            throw refused;
                        }
                        return note(element, failure, task);
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();

            assertThatThrownBy(run::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasCause(broken)
                    .hasSuppressedException(refused)
                    .hasMessageContaining("; test.compensation, element 1, failed: java.io.IOException: closed");
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATION_FAILED);
            assertThat(undone).containsExactlyInAnyOrder(tested(0), tested(2), tested(3), tested(4));
            assertThat(run.snapshot().task("test")).hasToString("test COMPENSATION_FAILED (4 of 5 done)");
            assertThat(run.snapshot().compensations())
                    .singleElement()
                    .asString()
                    .startsWith("test.compensation COMPENSATION_FAILED, element 1 (4 of 5 done): ");
            assertThat(events.events(FlowEvent.TaskCompensated.class))
                    .extracting(FlowEvent.TaskCompensated::element)
                    .containsExactlyInAnyOrder(0, 2, 3, 4);
            assertThat(events.events(FlowEvent.TaskCompensationFailed.class))
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.element()).isEqualTo(1));

            undone.clear();
            closed.set(false);
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result).hasCause(broken).hasNoSuppressedExceptions();
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(undone).containsExactly(tested(1));
            assertThat(run.snapshot().task("test")).hasToString("test COMPENSATED (5 of 5 done)");
            assertThat(events.events(FlowEvent.TaskCompensated.class))
                    .extracting(FlowEvent.TaskCompensated::element)
                    .containsExactlyInAnyOrder(0, 2, 3, 4, 1, null);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aRunThatIsPausedGoesOnWithTheElementsThatAreLeft(Engines engines) {
        CompletableFuture<Run<Map<String, Object>>> started = new CompletableFuture<>();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = tested(50, each -> each.maxConcurrency(1))
                    .compensationEach("test", PLAIN, (element, failure, task) -> {
                        note(element, failure, task);
                        if (undone.size() == 10) {
                            started.get().pause();
                        }
                        return null;
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            started.complete(run);

            assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
            assertThat(undone).hasSize(10);
            assertThat(run.snapshot().task("test")).hasToString("test COMPENSATING (10 of 50 done)");
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result).hasCause(broken).hasNoSuppressedExceptions();
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(undone).hasSize(50).doesNotHaveDuplicates();
        }
    }

    /** In memory that is the end of it: what was not undone stays. */
    @ParameterizedTest
    @EnumSource
    void closingTheEngineWhileElementsAreUndoneLeavesTheRunPaused(Engines engines) throws Exception {
        CapturingListener events = new CapturingListener();
        CountDownLatch inside = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        Engine engine = engines.open(
                builder -> builder.closeTimeout(Duration.ofMillis(1)).listener(events));
        ScriptedFlow flow = tested(50, PLAIN)
                .compensationEach("test", PLAIN, (element, failure, task) -> {
                    note(element, failure, task);
                    if (undone.size() >= 10) {
                        inside.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.incrementAndGet();
                            throw e;
                        }
                    }
                    return null;
                })
                .on(engine);
        CompletableFuture<Run<Map<String, Object>>> started = Background.call(flow::start);
        inside.await();
        engine.close();

        Run<Map<String, Object>> run = started.get();
        assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class).hasSuppressedException(broken);
        assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
        int finished = undone.size() - interrupted.get();
        assertThat(interrupted).hasPositiveValue();
        assertThat(run.snapshot().task("test")).hasToString("test COMPENSATING (" + finished + " of 50 done)");
        assertThat(events.events(FlowEvent.TaskCompensated.class))
                .hasSize(finished)
                .extracting(FlowEvent.TaskCompensated::element)
                .doesNotHaveDuplicates();
        assertThat(events.events(FlowEvent.TaskCompensationFailed.class)).isEmpty();
        assertThat(undone).doesNotHaveDuplicates();

        assertThatThrownBy(run::resume)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
        assertThat(undone).hasSize(finished + interrupted.get());
    }

    @ParameterizedTest
    @EnumSource
    void aResumedRunUndoesWhatItsElementsDidBeforeAndAfter(Engines engines) {
        AtomicBoolean broke = new AtomicBoolean();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(10).each("test", "shards", PLAIN, (Integer shard, TaskContext task) -> {
                        if (shard == 5 && broke.compareAndSet(false, true)) {
                            throw new IOException("once");
                        }
                        return test(shard, task);
                    })
                    .task("publish", List.of("test"), this::fail)
                    .compensationEach("test", PLAIN, this::note)
                    .onFailure(OnFailure.HOLD)
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            assertThatThrownBy(run::result).hasRootCauseMessage("once");
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result).hasCause(broken);
            assertThat(undone).isEmpty();

            run.cancel(CancelMode.COMPENSATE);
            assertThatThrownBy(run::result).hasCause(broken);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(undone).hasSize(10).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCountOfElementsOfOtherTasksStays(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = flow(3).each("lint", "shards", PLAIN, this::test)
                    .each("test", "shards", PLAIN, this::test)
                    .task("publish", List.of("test", "lint"), this::fail)
                    .compensationEach("test", PLAIN, this::note)
                    .on(engine);

            assertThat(failureOf(flow).snapshot().task("lint")).hasToString("lint SUCCEEDED (3 of 3 done)");
        }
    }
}
