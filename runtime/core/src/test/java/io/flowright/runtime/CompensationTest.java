package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flowright.annotations.OnFailure;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that fails undoes what its tasks did. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CompensationTest {

    private static final Consumer<FlowGraph.Builder> PLAIN = nothing -> {};

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final IOException broken = new IOException("the truck broke down");

    private ScriptedFlow.Undo undo(String what) {
        return (values, failure, task) -> {
            log.add("undo " + what);
            return null;
        };
    }

    /** {@code order} before {@code reserve} and {@code charge}, and those before {@code ship}, which fails. */
    private ScriptedFlow.Builder order() {
        return ScriptedFlow.named("order")
                .task("order", List.of("in"), (values, task) -> 1)
                .task("reserve", List.of("order"), (values, task) -> 2)
                .task("charge", List.of("order"), (values, task) -> 3)
                .task("ship", List.of("reserve", "charge"), (values, task) -> {
                    throw broken;
                })
                .task("mail", List.of("ship"), (values, task) -> 5);
    }

    private ScriptedFlow.Builder undoneOrder() {
        return order().compensation("order", PLAIN, undo("order"))
                .compensation("reserve", PLAIN, undo("reserve"))
                .compensation("charge", PLAIN, undo("charge"));
    }

    // ---- what is undone, and in which order ------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void whatSucceededIsUndoneInReverse(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = undoneOrder().on(engine);

            assertThatThrownBy(flow::run).isInstanceOfSatisfying(FlowFailedException.class, failed -> {
                assertThat(failed).hasCause(broken).hasNoSuppressedExceptions();
                assertThat(failed.task()).isEqualTo("ship");
                assertThat(failed.run().status()).isEqualTo(RunStatus.COMPENSATED);
                assertThat(failed.snapshot().tasks())
                        .extracting(TaskSnapshot::status)
                        .containsExactly(
                                TaskStatus.COMPENSATED,
                                TaskStatus.COMPENSATED,
                                TaskStatus.COMPENSATED,
                                TaskStatus.FAILED,
                                TaskStatus.CANCELLED);
                assertThat(failed.snapshot().compensations())
                        .extracting(TaskSnapshot::toString)
                        .containsExactly(
                                "order.compensation COMPENSATED",
                                "reserve.compensation COMPENSATED",
                                "charge.compensation COMPENSATED");
            });
            assertThat(log).hasSize(3).last().isEqualTo("undo order");
        }
    }

    @Test
    void oneThreadUndoesInExactlyTheReverseOrder() {
        try (Engine engine = Engine.builder().sequential().build()) {
            assertThatThrownBy(undoneOrder().on(engine)::run).isInstanceOf(FlowFailedException.class);
            assertThatThrownBy(undoneOrder().on(engine).start()::result).isInstanceOf(FlowFailedException.class);

            assertThat(log)
                    .containsExactly(
                            "undo charge", "undo reserve", "undo order", "undo charge", "undo reserve", "undo order");
        }
    }

    @Test
    void independentCompensationsRunSideBySide() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        ScriptedFlow.Undo meeting = (values, failure, task) -> both.await(30, TimeUnit.SECONDS);
        try (Engine engine = Engine.builder().parallelism(4).build()) {
            ScriptedFlow flow = order().compensation("reserve", PLAIN, meeting)
                    .compensation("charge", PLAIN, meeting)
                    .on(engine);

            assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tasksWithoutACompensationDoNotBreakTheOrder(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow.Builder chain = ScriptedFlow.named("chain").task("t0", List.of("in"), (values, task) -> 0);
            for (int i = 1; i < 300; i++) {
                int number = i;
                chain.task("t" + i, List.of("t" + (i - 1)), (values, task) -> number);
            }
            chain.task("bad", List.of("t299"), (values, task) -> {
                throw broken;
            });
            for (int i = 0; i < 300; i += 7) {
                chain.compensation("t" + i, PLAIN, undo("" + i));
            }

            assertThat(failureOf(chain.on(engine)).run().status()).isEqualTo(RunStatus.COMPENSATED);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 300; i += 7) {
                expected.add("undo " + i);
            }
            Collections.reverse(expected);
            assertThat(log).containsExactlyElementsOf(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCompensationSeesValuesAndTheFailure(Engines engines) {
        AtomicReference<FlowFailure> seen = new AtomicReference<>();
        IOException failure = new IOException("no answer", new IllegalStateException("closed"));
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("pair")
                    .task("charge", List.of("in"), (values, task) -> "payment 7")
                    .managed("ship", List.of("charge"), PLAIN, (values, task) -> {
                        throw failure;
                    })
                    .compensation("charge", PLAIN, (values, reason, task) -> {
                        seen.set(reason);
                        log.add(values.get("charge") + " of " + task.task() + " " + task.attempt());
                        return null;
                    })
                    .on(engine);

            assertThat(failureOf(flow)).hasCause(failure);
            assertThat(log).containsExactly("payment 7 of charge.compensation 1");
            assertThat(seen.get().task()).isEqualTo("ship");
            assertThat(seen.get().type()).isEqualTo("java.io.IOException");
            assertThat(seen.get().message()).isEqualTo("no answer");
            assertThat(seen.get().trace()).contains("aCompensationSeesValuesAndTheFailure");
            assertThat(seen.get().causes())
                    .extracting(FailureInfo::toString)
                    .containsExactly("java.lang.IllegalStateException: closed");
            assertThat(seen.get()).hasToString("task ship: java.io.IOException: no answer");
        }
    }

    // ---- policies --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void compensationsHavePoliciesOfTheirOwn(Engines engines) {
        try (Engine engine = engines.open()) {
            AtomicInteger attempts = new AtomicInteger();
            List<String> keys = new CopyOnWriteArrayList<>();
            ScriptedFlow flow = order().compensation(
                            "charge", graph -> graph.retry(RetrySpec.attempts(3)), (values, failure, task) -> {
                                keys.add(task.idempotencyKey());
                                if (attempts.incrementAndGet() < 3) {
                                    throw new IOException("not yet");
                                }
                                return null;
                            })
                    .on(engine);
            FlowFailedException failed = failureOf(flow);

            assertThat(failed.run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(failed.snapshot().compensations())
                    .singleElement()
                    .hasToString("charge.compensation COMPENSATED after 3 attempts");
            assertThat(keys).hasSize(3).containsOnly(keys.get(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCompensationMayReturnAStage(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = order().compensation(
                            "charge",
                            FlowGraph.Builder::stage,
                            (values, failure, task) -> CompletableFuture.runAsync(() -> log.add("undo charge")))
                    .on(engine);

            assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(log).containsExactly("undo charge");
        }
    }

    // ---- compensations that fail -----------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void oneThatFailsDoesNotStopTheOthersAndRunsAgainWhenResumed(Engines engines) {
        AtomicBoolean bankIsClosed = new AtomicBoolean(true);
        IOException closed = new IOException("the bank is closed");
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = order().compensation("order", PLAIN, undo("order"))
                    .compensation("reserve", PLAIN, undo("reserve"))
                    .compensation("charge", PLAIN, (values, failure, task) -> {
                        if (bankIsClosed.get()) {
                            throw closed;
                        }
                        log.add("undo charge");
                        return null;
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();

            assertThatThrownBy(run::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasCause(broken)
                    .hasSuppressedException(closed)
                    .hasMessageContaining("; charge.compensation failed: java.io.IOException: the bank is closed");
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATION_FAILED);
            assertThat(log).containsExactly("undo reserve", "undo order");
            assertThat(run.snapshot().task("charge").status()).isEqualTo(TaskStatus.COMPENSATION_FAILED);
            assertThat(run.snapshot().task("reserve").status()).isEqualTo(TaskStatus.COMPENSATED);
            assertThat(run.snapshot().report())
                    .contains(
                            "FAILED: ship\n",
                            "COMPENSATION_FAILED: charge.compensation\n",
                            "COMPENSATED: order, reserve\n");

            bankIsClosed.set(false);
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasCause(broken)
                    .hasNoSuppressedExceptions();
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(log).containsExactly("undo reserve", "undo order", "undo charge");
            assertThat(run.snapshot().task("charge").status()).isEqualTo(TaskStatus.COMPENSATED);
            assertThat(run.snapshot().compensations().get(2).attempts()).isEqualTo(2);
            assertThat(run.resume()).isFalse();
        }
    }

    // ---- which tasks -----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void aFailedTaskIsUndoneWhereItsOutcomeIsUnknown(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("crm")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .task("two", List.of("one"), (values, task) -> {
                        throw broken;
                    })
                    .task("three", List.of("two"), (values, task) -> 3)
                    .compensation(
                            "one",
                            FlowGraph.Builder::started,
                            (values, failure, task) -> log.add("one " + values.has("one")))
                    .compensation(
                            "two",
                            FlowGraph.Builder::started,
                            (values, failure, task) -> log.add("two " + values.has("two")))
                    .compensation("three", FlowGraph.Builder::started, undo("three"))
                    .on(engine);
            FlowFailedException failed = failureOf(flow);

            assertThat(log).containsExactly("two false", "one true");
            assertThat(failed.snapshot().task("two").status()).isEqualTo(TaskStatus.COMPENSATED);
            assertThat(failed.snapshot().task("two").failure()).isNotNull();
            assertThat(failed.snapshot().report()).contains("FAILED, COMPENSATED: two");
        }
    }

    @Test
    void aTaskThatWasInterruptedIsUndoneWhereItsOutcomeIsUnknown() {
        CountDownLatch inside = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(4).build()) {
            ScriptedFlow flow = ScriptedFlow.named("crm")
                    .task("slow", List.of("in"), (values, task) -> {
                        inside.countDown();
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                    })
                    .task("bad", List.of("in"), (values, task) -> {
                        inside.await();
                        throw broken;
                    })
                    .compensation(
                            "slow",
                            FlowGraph.Builder::started,
                            (values, failure, task) -> log.add("slow " + values.has("slow")))
                    .on(engine);

            assertThat(failureOf(flow).snapshot().task("slow").status()).isEqualTo(TaskStatus.COMPENSATED);
            assertThat(log).containsExactly("slow false");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theValueOfAFallbackIsUndoneOnlyWhereTheOutcomeIsUnknown(Engines engines) {
        try (Engine engine = engines.open()) {
            for (Consumer<FlowGraph.Builder> when : List.of(PLAIN, FlowGraph.Builder::started)) {
                ScriptedFlow flow = ScriptedFlow.named("fallback")
                        .withFallback(
                                "charge",
                                PLAIN,
                                (values, task) -> {
                                    throw new IOException("down");
                                },
                                (values, failure) -> "a voucher")
                        .task("bad", List.of("charge"), (values, task) -> {
                            throw broken;
                        })
                        .compensation(
                                "charge",
                                when,
                                (values, failure, task) -> log.add(values.has("charge") + " " + values.get("charge")))
                        .on(engine);

                assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
            }
            assertThat(log).containsExactly("true a voucher");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSkippedOrNotWantedIsNotUndone(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("skipping")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .guarded("skipped", List.of("one"), (values, task) -> false, (values, task) -> 2)
                    .task("bad", List.of("skipped", "one"), (values, task) -> {
                        throw broken;
                    })
                    .task("aside", List.of("one"), (values, task) -> 3)
                    .compensation("one", PLAIN, undo("one"))
                    .compensation("skipped", FlowGraph.Builder::started, undo("skipped"))
                    .compensation("aside", FlowGraph.Builder::started, undo("aside"))
                    .on(engine);

            assertThat(catchThrowable(() -> flow.run(RunOptions.target("bad")))).hasCause(broken);
            assertThat(log).containsExactly("undo one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTakenResultIsNotUndoneAndAnUndoneOneIsTakenByNobody(Engines engines) {
        List<String> keys = new CopyOnWriteArrayList<>();
        AtomicBoolean fails = new AtomicBoolean();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("idempotent")
                    .idempotent(
                            "charge",
                            graph -> graph.idempotent(Duration.ofHours(1)),
                            (values, task) -> new Object[] {"order 1"},
                            (values, task) -> {
                                keys.add(task.idempotencyKey());
                                return "payment " + keys.size();
                            })
                    .task("ship", List.of("charge"), (values, task) -> {
                        if (fails.get()) {
                            throw broken;
                        }
                        return "shipped";
                    })
                    .compensation("charge", PLAIN, undo("charge"))
                    .on(engine);

            assertThat(flow.run()).containsEntry("charge", "payment 1");
            fails.set(true);
            assertThat(failureOf(flow).run().status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(log).isEmpty();
            assertThat(keys).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void undoingVoidsTheRememberedResultAndRaisesTheGeneration(Engines engines) {
        List<String> keys = new CopyOnWriteArrayList<>();
        AtomicBoolean fails = new AtomicBoolean(true);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("idempotent")
                    .idempotent(
                            "charge",
                            graph -> graph.idempotent(Duration.ofHours(1)),
                            (values, task) -> new Object[] {"order 1"},
                            (values, task) -> {
                                keys.add(task.idempotencyKey());
                                return "payment " + keys.size();
                            })
                    .task("ship", List.of("charge"), (values, task) -> {
                        if (fails.get()) {
                            throw broken;
                        }
                        return "shipped";
                    })
                    .compensation("charge", PLAIN, undo("charge"))
                    .on(engine);

            failureOf(flow);
            assertThat(log).containsExactly("undo charge");
            fails.set(false);
            assertThat(flow.run()).containsEntry("charge", "payment 2");
            assertThat(keys).hasSize(2).doesNotHaveDuplicates();
        }
    }

    // ---- which failures --------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void aFlowThatHoldsIsUndoneOnlyWhenItIsCancelledSo(Engines engines) {
        try (Engine engine = engines.open()) {
            Run<Map<String, Object>> run =
                    undoneOrder().onFailure(OnFailure.HOLD).on(engine).start();

            assertThatThrownBy(run::result).hasCause(broken);
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThat(log).isEmpty();

            run.cancel(CancelMode.COMPENSATE);
            assertThatThrownBy(run::result).hasCause(broken);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(log).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsThrownAsItIsAndWhatItLeftIsUndone(Engines engines) {
        AssertionError error = new AssertionError("impossible");
        IOException closed = new IOException("the bank is closed");
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("error")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .task("bad", List.of("one"), (values, task) -> {
                        throw error;
                    })
                    .compensation("one", PLAIN, (values, failure, task) -> {
                        log.add("undo one");
                        throw closed;
                    })
                    .on(engine);

            assertThat(catchThrowable(flow::run)).isSameAs(error).hasSuppressedException(closed);
            assertThat(log).containsExactly("undo one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAnErrorOfTheJvmNothingIsUndone(Engines engines) {
        StackOverflowError error = new StackOverflowError();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("error")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .task("bad", List.of("one"), (values, task) -> {
                        throw error;
                    })
                    .compensation("one", PLAIN, undo("one"))
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();

            assertThat(catchThrowable(run::result)).isSameAs(error);
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThat(log).isEmpty();
        }
    }

    @Test
    void aDeadlineThatPassesUndoesAndDoesNotHoldForThat() {
        VirtualClock clock = FlowClock.virtual();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch undoing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(2).clock(clock).build()) {
            ScriptedFlow flow = ScriptedFlow.named("late")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .task("slow", List.of("one"), (values, task) -> {
                        inside.countDown();
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                    })
                    .compensation("one", PLAIN, (values, failure, task) -> {
                        undoing.countDown();
                        return log.add(failure.type() + " of " + failure.task() + goOn.await(30, TimeUnit.SECONDS));
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start(RunOptions.deadline(Duration.ofMinutes(1)), "in");
            await(inside);
            clock.advance(Duration.ofMinutes(1));
            await(undoing);
            clock.advance(Duration.ofMinutes(1));
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATING);
            goOn.countDown();

            assertThatThrownBy(run::result).hasCauseInstanceOf(DeadlineExceededException.class);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(log).containsExactly(DeadlineExceededException.class.getName() + " of nulltrue");
        }
    }

    @Test
    void anEngineWithoutThreadsLeavesTheRunToBeResumed() {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        try (Engine engine = Engine.builder().executor(full).build()) {
            Run<Map<String, Object>> run = undoneOrder().on(engine).start();

            assertThatThrownBy(run::result).hasCauseInstanceOf(EngineRejectedException.class);
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        }
    }

    @Test
    void whatTheEngineHasNoThreadToUndoIsUndoneWhenTheRunIsResumed() {
        AtomicBoolean full = new AtomicBoolean();
        Executor executor = task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        };
        try (Engine engine = Engine.builder().executor(executor).build()) {
            Run<Map<String, Object>> run =
                    undoneOrder().onFailure(OnFailure.HOLD).on(engine).start();
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);

            full.set(true);
            run.cancel(CancelMode.COMPENSATE);
            assertThatThrownBy(run::result)
                    .hasCause(broken)
                    .satisfies(failed -> assertThat(failed.getSuppressed())
                            .hasOnlyElementsOfType(EngineRejectedException.class)
                            .isNotEmpty());
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATION_FAILED);
            assertThat(log).isEmpty();

            full.set(false);
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result).hasCause(broken).hasNoSuppressedExceptions();
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(log).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStatusOnTheWayIsALegalSuccessor(Engines engines) {
        List<RunSnapshot> seen = new CopyOnWriteArrayList<>();
        AtomicReference<ScriptedFlow> flow = new AtomicReference<>();
        AtomicBoolean bankIsClosed = new AtomicBoolean(true);
        FlowListener spy = event -> flow.get().find("watched").ifPresent(run -> seen.add(run.snapshot()));
        try (Engine engine = engines.open(builder -> builder.listener(spy))) {
            flow.set(order().compensation("order", PLAIN, undo("order"))
                    .compensation("charge", PLAIN, (values, failure, task) -> {
                        if (bankIsClosed.get()) {
                            throw new IOException("the bank is closed");
                        }
                        return null;
                    })
                    .compensation("ship", FlowGraph.Builder::started, undo("ship"))
                    .on(engine));
            Run<Map<String, Object>> run = flow.get().start(RunOptions.id("watched"), "in");
            assertThat(catchThrowable(run::result)).isInstanceOf(FlowFailedException.class);
            seen.add(run.snapshot());
            bankIsClosed.set(false);
            run.resume();
            assertThat(catchThrowable(run::result)).isInstanceOf(FlowFailedException.class);
            seen.add(run.snapshot());

            assertThat(seen)
                    .extracting(RunSnapshot::status)
                    .contains(RunStatus.COMPENSATING, RunStatus.COMPENSATION_FAILED)
                    .endsWith(RunStatus.COMPENSATED);
            for (int i = 1; i < seen.size(); i++) {
                RunSnapshot before = seen.get(i - 1);
                RunSnapshot after = seen.get(i);
                assertThat(before.status() == after.status() || before.status().canBecome(after.status()))
                        .as(before + " before " + after)
                        .isTrue();
                for (TaskSnapshot task : before.tasks()) {
                    TaskStatus next = after.task(task.name()).status();
                    assertThat(task.status() == next || canBecome(task.status(), next))
                            .as(task + " before " + next)
                            .isTrue();
                }
            }
        }
    }

    /** Events are told between changes, so that a state may come and go unseen. */
    private static boolean canBecome(TaskStatus before, TaskStatus after) {
        return before.canBecome(after)
                || Stream.of(TaskStatus.values())
                        .anyMatch(between -> before.canBecome(between) && between.canBecome(after));
    }

    // ---- pausing, cancelling, closing, interrupting ----------------------------------------------------------------

    @Test
    void aRunThatCompensatesIsNotCancelledButPausedAndResumed() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            ScriptedFlow flow = order().compensation("order", PLAIN, undo("order"))
                    .compensation("charge", PLAIN, (values, failure, task) -> {
                        inside.countDown();
                        goOn.await(30, TimeUnit.SECONDS);
                        return log.add("undo charge");
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            await(inside);

            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATING);
            assertThat(run.snapshot().task("charge").status()).isEqualTo(TaskStatus.COMPENSATING);
            run.cancel();
            run.cancel(CancelMode.COMPENSATE);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATING);
            run.pause();
            goOn.countDown();
            assertThatThrownBy(run::result)
                    .isInstanceOf(RunPausedException.class)
                    .hasSuppressedException(broken);
            assertThat(log).containsExactly("undo charge");
            assertThat(run.snapshot().task("order").status()).isEqualTo(TaskStatus.COMPENSATING);

            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result).hasCause(broken);
            assertThat(log).containsExactly("undo charge", "undo order");
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
        }
    }

    @Test
    void anActiveRunIsCancelledAndUndone() {
        CountDownLatch inside = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            ScriptedFlow flow = ScriptedFlow.named("long")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .task("slow", List.of("one"), (values, task) -> {
                        inside.countDown();
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                    })
                    .compensation(
                            "one", PLAIN, (values, failure, task) -> log.add(failure.task() + " " + failure.type()))
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            await(inside);
            run.cancel(CancelMode.COMPENSATE);

            assertThatThrownBy(run::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasCauseInstanceOf(CancellationException.class);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(run.snapshot().task("slow").status()).isEqualTo(TaskStatus.CANCELLED);
            assertThat(log).containsExactly("null java.util.concurrent.CancellationException");
        }
    }

    @Test
    void aPausedRunIsCancelledAndUndone() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            ScriptedFlow flow = ScriptedFlow.named("paused")
                    .task("one", List.of("in"), (values, task) -> {
                        inside.countDown();
                        return goOn.await(30, TimeUnit.SECONDS);
                    })
                    .task("two", List.of("one"), (values, task) -> 2)
                    .compensation("one", PLAIN, undo("one"))
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            await(inside);
            run.pause();
            goOn.countDown();
            assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
            run.cancel(CancelMode.COMPENSATE);

            assertThatThrownBy(run::result).hasCauseInstanceOf(CancellationException.class);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(log).containsExactly("undo one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutCompensationsToCancelIsToCancel(Engines engines) {
        try (Engine engine = engines.open()) {
            Run<Map<String, Object>> run = order().on(engine).start();
            assertThatThrownBy(run::result).hasCause(broken);
            run.cancel(CancelMode.COMPENSATE);

            assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedCallerStillUndoesToTheEnd(Engines engines) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = order().compensation("order", PLAIN, undo("order"))
                    .compensation("charge", PLAIN, (values, failure, task) -> {
                        inside.countDown();
                        interrupted.await(30, TimeUnit.SECONDS);
                        return log.add("undo charge");
                    })
                    .on(engine);
            AtomicReference<RunStatus> ended = new AtomicReference<>();
            AtomicBoolean flag = new AtomicBoolean();
            Thread caller = new Thread(() -> {
                ended.set(failureOf(flow).run().status());
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            await(inside);
            caller.interrupt();
            interrupted.countDown();
            caller.join();

            assertThat(ended).hasValue(RunStatus.COMPENSATED);
            assertThat(flag).isTrue();
            assertThat(log).containsExactly("undo charge", "undo order");
        }
    }

    @Test
    void closingTheEngineInterruptsCompensationsAndLeavesTheRunPaused() {
        CountDownLatch inside = new CountDownLatch(1);
        Engine engine = Engine.builder()
                .parallelism(2)
                .closeTimeout(Duration.ofMillis(1))
                .build();
        ScriptedFlow flow = order().compensation("order", PLAIN, undo("order"))
                .compensation("charge", PLAIN, (values, failure, task) -> {
                    inside.countDown();
                    return new CountDownLatch(1).await(1, TimeUnit.HOURS);
                })
                .on(engine);
        Run<Map<String, Object>> run = flow.start();
        await(inside);
        engine.close();

        assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class).hasSuppressedException(broken);
        assertThat(log).isEmpty();
    }

    // ---- what listeners hear ---------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void listenersHearWhatIsUndone(Engines engines) {
        FlowListener listener = event -> {
            if (event instanceof FlowEvent.TaskCompensated compensated) {
                log.add("compensated " + compensated.task() + " " + compensated.attempts());
            } else if (event instanceof FlowEvent.TaskCompensationFailed failed) {
                log.add("not compensated " + failed.task() + " "
                        + failed.failure().getMessage());
            } else if (event instanceof FlowEvent.RunCompensating compensating) {
                log.add("compensating " + compensating.failure().getMessage());
            } else if (event instanceof FlowEvent.RunFinished finished) {
                log.add(finished.status() + " " + finished.failure().getMessage());
            } else if (event instanceof FlowEvent.TaskStarted started
                    && started.task().contains(".")) {
                log.add("started " + started.task());
            } else if (event instanceof FlowEvent.TaskSucceeded succeeded
                    && succeeded.task().contains(".")) {
                log.add("succeeded " + succeeded.task());
            }
        };
        try (Engine engine = engines.open(builder -> builder.listener(listener))) {
            failureOf(order().compensation("order", PLAIN, (values, failure, task) -> null)
                    .compensation("charge", PLAIN, (values, failure, task) -> {
                        throw new IOException("closed");
                    })
                    .on(engine));

            assertThat(log)
                    .containsExactly(
                            "compensating the truck broke down",
                            "started charge.compensation",
                            "not compensated charge closed",
                            "started order.compensation",
                            "compensated order 1",
                            "COMPENSATION_FAILED the truck broke down");
        }
    }

    private static FlowFailedException failureOf(ScriptedFlow flow) {
        return (FlowFailedException) catchThrowable(flow::run);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPauseAsTheRunTurnsBackIsHeeded() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (Engine engine = Engine.builder()
                .parallelism(2)
                .listener(event -> {
                    if (event instanceof FlowEvent.RunCompensating) {
                        told.countDown();
                        Background.awaitDeaf(released);
                    }
                })
                .build()) {
            Run<Map<String, Object>> run = undoneOrder().on(engine).start();
            told.await();

            run.pause();
            released.countDown();

            Background.until(() -> !run.status().isActive());
            assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
            int before = log.size();
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(log).hasSizeGreaterThan(before);
        } finally {
            released.countDown();
        }
    }

    /** A failure that undoes the run comes before, or after, the word that it is to be paused; meanwhile a task still runs. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunThatIsPausedWhileItStillDrainsRestsBeforeItUndoesAnything(boolean failsBefore) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            Run<Map<String, Object>> run = ScriptedFlow.named("draining")
                    .task("done", List.of("in"), (values, task) -> 1)
                    .task("slow", List.of("done"), (values, task) -> {
                        inside.countDown();
                        Background.awaitDeaf(released);
                        if (!failsBefore) {
                            throw broken;
                        }
                        return 2;
                    })
                    .task("fails", List.of("done"), (values, task) -> {
                        // Else the other would not begin.
                        inside.await();
                        if (failsBefore) {
                            throw broken;
                        }
                        return 3;
                    })
                    .compensation("done", PLAIN, undo("done"))
                    .on(engine)
                    .start();
            inside.await();
            Background.until(() ->
                    run.snapshot().task("fails").status() == (failsBefore ? TaskStatus.FAILED : TaskStatus.SUCCEEDED));

            run.pause();
            released.countDown();

            Background.until(() -> !run.status().isActive());
            assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
            assertThat(log).isEmpty();
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasCause(broken);
            assertThat(log).containsExactly("undo done");
        } finally {
            released.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatIsCancelledAsItIsPausedIsCancelled(CancelMode mode) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicReference<@Nullable Run<?>> cancelled = new AtomicReference<>();
        try (Engine engine = Engine.builder()
                .parallelism(2)
                .listener(event -> {
                    if (event instanceof FlowEvent.RunPaused) {
                        cancelled.get().cancel(mode);
                    }
                })
                .build()) {
            Run<Map<String, Object>> run = ScriptedFlow.named("paused")
                    .task("done", List.of("in"), (values, task) -> 1)
                    .task("slow", List.of("done"), (values, task) -> {
                        inside.countDown();
                        Background.awaitDeaf(released);
                        return 2;
                    })
                    .task("never", List.of("slow"), (values, task) -> 3)
                    .compensation("done", PLAIN, undo("done"))
                    .on(engine)
                    .start();
            cancelled.set(run);
            inside.await();
            run.pause();
            released.countDown();

            RunStatus end = mode == CancelMode.KEEP ? RunStatus.CANCELLED : RunStatus.COMPENSATED;
            Background.until(() -> run.status() == end);
        } finally {
            released.countDown();
        }
    }
}
