package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How runs live on every kind of engine. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunTest {

    private static ScriptedFlow.Builder diamond() {
        return ScriptedFlow.named("diamond")
                .task("a", List.of(), (values, task) -> 1)
                .task("b", List.of("a"), (values, task) -> values.<Integer>get("a") + 1)
                .task("c", List.of("a"), (values, task) -> values.<Integer>get("a") + 2)
                .task("d", List.of("b", "c"), (values, task) -> values.<Integer>get("b") * values.<Integer>get("c"));
    }

    @ParameterizedTest
    @EnumSource
    void everyTaskSeesWhatItNeeds(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = diamond().on(engine);
            for (int i = 0; i < 200; i++) {
                assertThat(flow.run()).isEqualTo(Map.of("a", 1, "b", 2, "c", 3, "d", 6));
            }
            assertThat(flow.runAsync().join()).containsEntry("d", 6);
            Run<Map<String, Object>> run = flow.start();
            assertThat(run.result()).containsEntry("d", 6);
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.snapshot().tasks()).allMatch(task -> task.status() == TaskStatus.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("NullAway") // what callers without a checker pass
    void aMissingArgumentIsNamed(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = diamond().on(engine);
            Run<Map<String, Object>> run = flow.start();

            assertMissing("options", () -> flow.run(null));
            assertMissing("options", () -> flow.start(null, "in"));
            assertMissing("runId", () -> flow.find(null));
            assertMissing("id", () -> RunOptions.id(null));
            assertMissing("deadline", () -> RunOptions.deadline(null));
            assertMissing("timeout", () -> run.result(null));
            assertMissing("mode", () -> run.cancel(null));
            assertMissing("closeTimeout", () -> Engine.builder().closeTimeout(null));
        }
    }

    private static void assertMissing(String parameter, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(parameter);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureHoldsTheRunAndResumingRunsTheFailedTaskAgain(Engines engines) {
        AtomicInteger before = new AtomicInteger();
        AtomicInteger failing = new AtomicInteger();
        AtomicInteger after = new AtomicInteger();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("holding")
                    .task("one", List.of(), (values, task) -> before.incrementAndGet())
                    .task("two", List.of("one"), (values, task) -> {
                        if (failing.incrementAndGet() == 1) {
                            throw new IOException("boom");
                        }
                        return values.<Integer>get("one") + 1;
                    })
                    .task("three", List.of("two"), (values, task) -> after.incrementAndGet())
                    .on(engine);

            AtomicReference<Run<?>> failed = new AtomicReference<>();
            assertThatThrownBy(flow::run).isInstanceOfSatisfying(FlowFailedException.class, e -> {
                assertThat(e)
                        .hasRootCauseMessage("boom")
                        .hasMessageContaining("two")
                        .hasMessageContaining("holding");
                assertThat(e.task()).isEqualTo("two");
                assertThat(e.snapshot().task("two").status()).isEqualTo(TaskStatus.FAILED);
                assertThat(e.snapshot().task("three").status()).isEqualTo(TaskStatus.PENDING);
                failed.set(e.run());
            });
            Run<?> run = failed.get();
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThat(run.resume()).isTrue();
            assertThat(run.result()).isEqualTo(Map.of("one", 1, "two", 2, "three", 1));
            assertThat(run.resume()).isFalse();
            assertThat(before).hasValue(1);
            assertThat(failing).hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsThrownAsTheSameObject(Engines engines) {
        AssertionError error = new AssertionError("mine");
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("error")
                    .task("one", List.of(), (values, task) -> {
                        throw error;
                    })
                    .on(engine);
            assertThatThrownBy(flow::run).isSameAs(error);
            Run<Map<String, Object>> run = flow.start();
            assertThatThrownBy(run::result).isSameAs(error);
            assertThatThrownBy(() -> run.future().join()).hasCause(error);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNullFailsTheTaskThatReturnedIt(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("nothing")
                    .task("one", List.of(), (values, task) -> null)
                    .task("two", List.of("one"), (values, task) -> values.get("one"))
                    .on(engine);
            assertThatThrownBy(flow::run)
                    .isInstanceOfSatisfying(
                            FlowFailedException.class, e -> assertThat(e.task()).isEqualTo("one"))
                    .hasCauseInstanceOf(UnexpectedNullException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void independentTasksOverlap(Engines engines) {
        CyclicBarrier barrier = new CyclicBarrier(3);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("overlapping")
                    .task("root", List.of(), (values, task) -> 1)
                    .task("a", List.of("root"), (values, task) -> barrier.await(20, TimeUnit.SECONDS))
                    .task("b", List.of("root"), (values, task) -> barrier.await(20, TimeUnit.SECONDS))
                    .task("c", List.of("root"), (values, task) -> barrier.await(20, TimeUnit.SECONDS))
                    .on(engine);
            assertThat(flow.run()).hasSize(4);
            assertThat(flow.start().result()).hasSize(4);
        }
    }

    @Test
    void parallelismBoundsWhatRunsAtOnce() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Engine engine = Engine.builder().parallelism(3).build()) {
            ScriptedFlow.Builder wide = ScriptedFlow.named("wide");
            for (int i = 0; i < 60; i++) {
                wide.task("t" + i, List.of(), (values, task) -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.sleep(1);
                    return now.decrementAndGet();
                });
            }
            ScriptedFlow flow = wide.on(engine);
            flow.run();
            assertThat(most.get()).isBetween(2, 3);
            flow.start().result();
            assertThat(most.get()).isLessThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT", "ONE_THREAD"})
    void aRunCanBePausedBetweenTasksAndResumed(Engines engines) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("pausing")
                    .task("one", List.of(), (values, task) -> {
                        inside.countDown();
                        release.await();
                        return 1;
                    })
                    .task("two", List.of("one"), (values, task) -> 2)
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            inside.await();
            run.pause();
            assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
            release.countDown();
            assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
            assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
            assertThat(run.snapshot().task("one").status()).isEqualTo(TaskStatus.SUCCEEDED);
            assertThat(run.snapshot().task("two").status()).isEqualTo(TaskStatus.PENDING);
            CompletableFuture<Map<String, Object>> future = run.future();
            assertThat(run.resume()).isTrue();
            assertThat(run.resume()).isFalse();
            assertThat(future.get(20, TimeUnit.SECONDS)).containsEntry("two", 2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT", "ONE_THREAD"})
    void cancellingInterruptsWhatRunsAndNobodyElse(Engines engines) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("cancelled")
                    .task("one", List.of(), (values, task) -> {
                        inside.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.set(true);
                            throw e;
                        }
                        return 1;
                    })
                    .task("two", List.of("one"), (values, task) -> 2)
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            inside.await();
            run.cancel();
            assertThatThrownBy(run::result).isInstanceOf(CancellationException.class);
            assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(interrupted).isTrue();
            assertThat(run.resume()).isFalse();
            // The same threads serve the next run, and no flag is left on them.
            ScriptedFlow next = ScriptedFlow.named("next")
                    .task(
                            "one",
                            List.of(),
                            (values, task) -> Thread.currentThread().isInterrupted())
                    .on(engine);
            for (int i = 0; i < 20; i++) {
                assertThat(next.start().result()).containsEntry("one", false);
            }
        }
    }

    @Test
    void aFailureUnderRunInterruptsTheSiblingsAndKeepsEveryFailure() {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            ScriptedFlow flow = ScriptedFlow.named("siblings")
                    .task("bad", List.of(), (values, task) -> {
                        both.await();
                        throw new IOException("boom");
                    })
                    .task("slow", List.of(), (values, task) -> {
                        both.await();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.set(true);
                            throw e;
                        }
                        return 1;
                    })
                    .on(engine);
            assertThatThrownBy(flow::run).hasRootCauseMessage("boom").hasNoSuppressedExceptions();
            assertThat(interrupted).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void aFailureUnderStartLetsTheSiblingsFinish() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        CountDownLatch release = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            ScriptedFlow flow = ScriptedFlow.named("siblings")
                    .task("bad", List.of(), (values, task) -> {
                        both.await();
                        throw new IOException("boom");
                    })
                    .task("slow", List.of(), (values, task) -> {
                        both.await();
                        release.await();
                        return 1;
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            assertThatThrownBy(() -> run.result(Duration.ofMillis(50))).isInstanceOf(TimeoutException.class);
            release.countDown();
            assertThatThrownBy(run::result).hasRootCauseMessage("boom");
            assertThat(run.snapshot().task("slow").status()).isEqualTo(TaskStatus.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTaskMayRunAnotherFlowOnTheSameEngine(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow inner = diamond().on(engine);
            ScriptedFlow.Builder outer = ScriptedFlow.named("outer");
            for (int i = 0; i < 8; i++) {
                outer.task("run" + i, List.of(), (values, task) -> inner.run().get("d"));
                outer.task(
                        "start" + i,
                        List.of(),
                        (values, task) -> inner.start().result().get("d"));
            }
            ScriptedFlow flow = outer.on(engine);
            assertThat(flow.run().values()).hasSize(16).containsOnly(6);
            assertThat(flow.start().result().values()).hasSize(16).containsOnly(6);
        }
    }

    @Test
    void aResumedRunHasNoDeadline() throws Exception {
        VirtualClock clock = FlowClock.virtual();
        CountDownLatch inOne = new CountDownLatch(1);
        CountDownLatch inTwo = new CountDownLatch(1);
        CountDownLatch endOne = new CountDownLatch(1);
        CountDownLatch endTwo = new CountDownLatch(1);
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.clock(clock))) {
            ScriptedFlow flow = ScriptedFlow.named("late")
                    .task("one", List.of(), (values, task) -> {
                        inOne.countDown();
                        endOne.await();
                        return 1;
                    })
                    .task("two", List.of("one"), (values, task) -> {
                        inTwo.countDown();
                        endTwo.await();
                        return 2;
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start(RunOptions.deadline(Duration.ofHours(1)), "in");
            inOne.await();
            run.pause();
            endOne.countDown();
            Background.until(() -> run.status() == RunStatus.PAUSED);
            assertThat(run.resume()).isTrue();
            inTwo.await();
            clock.advance(Duration.ofHours(2));
            endTwo.countDown();
            assertThat(run.result()).containsEntry("two", 2);
        }
    }

    @Test
    void aDeadlineFailsTheRun() {
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            ScriptedFlow flow = ScriptedFlow.named("late")
                    .task("one", List.of(), (values, task) -> {
                        new CountDownLatch(1).await();
                        return 1;
                    })
                    .on(engine);
            assertThatThrownBy(() -> flow.run(RunOptions.deadline(Duration.ofMillis(50))))
                    .isInstanceOf(FlowFailedException.class)
                    .hasCauseInstanceOf(DeadlineExceededException.class);
        }
    }

    @Test
    void anIdJoinsTheRunThatHasItOrConflicts() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            ScriptedFlow flow = ScriptedFlow.named("named")
                    .task("one", List.of("in"), (values, task) -> {
                        release.await();
                        return values.get("in");
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start(RunOptions.id("r1"), "x");
            assertThat(flow.start(RunOptions.id("r1"), "x")).isSameAs(run);
            assertThat(flow.find("r1")).containsSame(run);
            assertThat(flow.find("r2")).isEmpty();
            assertThatThrownBy(() -> flow.start(RunOptions.id("r1"), "y")).isInstanceOf(RunConflictException.class);
            release.countDown();
            assertThat(run.result()).containsEntry("one", "x");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedEngineTakesNoRun(Engines engines) {
        Engine engine = engines.open();
        ScriptedFlow flow = diamond().on(engine);
        flow.run();
        engine.close();
        assertThatThrownBy(flow::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(flow::start).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"SEQUENTIAL", "PARALLEL", "DEFAULT"})
    void closingWaitsAndThenCancels(Engines engines) throws Exception {
        Engine engine = switch (engines) {
            case SEQUENTIAL ->
                Engine.builder()
                        .sequential()
                        .closeTimeout(Duration.ofMillis(50))
                        .build();
            case PARALLEL ->
                Engine.builder()
                        .parallelism(2)
                        .closeTimeout(Duration.ofMillis(50))
                        .build();
            default -> Engine.builder().closeTimeout(Duration.ofMillis(50)).build();
        };
        CountDownLatch inside = new CountDownLatch(1);
        ScriptedFlow flow = ScriptedFlow.named("endless")
                .task("one", List.of(), (values, task) -> {
                    inside.countDown();
                    new CountDownLatch(1).await();
                    return 1;
                })
                .task("two", List.of("one"), (values, task) -> 2)
                .on(engine);
        CompletableFuture<Object> caller = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                caller.complete(flow.run());
            } catch (Throwable t) {
                caller.completeExceptionally(t);
            }
        });
        thread.start();
        inside.await();
        engine.close();
        assertThatThrownBy(() -> caller.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        thread.join();
    }

    @Test
    void aRejectingExecutorFailsTheRunWhichCanBeResumed() {
        AtomicBoolean reject = new AtomicBoolean(true);
        Engine engine = Engine.builder()
                .executor(action -> {
                    if (reject.get()) {
                        throw new java.util.concurrent.RejectedExecutionException("full");
                    }
                    new Thread(action).start();
                })
                .build();
        Run<Map<String, Object>> run = diamond().on(engine).start();
        assertThatThrownBy(run::result).hasCauseInstanceOf(EngineRejectedException.class);
        reject.set(false);
        assertThat(run.resume()).isTrue();
        assertThat(run.result()).containsEntry("d", 6);
        engine.close();
    }

    @Test
    void aDirectExecutorDoesNotRecurse() {
        try (Engine engine = Engine.builder().executor(Runnable::run).build()) {
            ScriptedFlow.Builder wide = ScriptedFlow.named("wide");
            List<String> previous = List.of();
            for (int layer = 0; layer < 500; layer++) {
                String a = "a" + layer;
                String b = "b" + layer;
                List<String> needs = previous;
                wide.task(a, needs, (values, task) -> 1);
                wide.task(b, needs, (values, task) -> new Throwable().getStackTrace().length);
                previous = List.of(a, b);
            }
            ScriptedFlow flow = wide.on(engine);
            assertThat((int) flow.start().result().get("b499")).isLessThan(200);
            assertThat((int) flow.run().get("b499")).isLessThan(200);
        }
    }

    @Test
    void runsThatWerePausedBeforeAThreadCameGoOnWhenTheyAreResumed() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(1).build()) {
            Run<Map<String, Object>> busy = ScriptedFlow.named("busy")
                    .task("one", List.of(), (values, task) -> {
                        inside.countDown();
                        release.await();
                        return 1;
                    })
                    .on(engine)
                    .start();
            inside.await();
            ScriptedFlow flow = diamond().on(engine);
            List<Run<Map<String, Object>>> paused = new ArrayList<>();
            // So many that the engine drops the requests of runs that are no longer active.
            for (int i = 0; i < 1_500; i++) {
                Run<Map<String, Object>> run = flow.start();
                run.pause();
                assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
                paused.add(run);
            }
            paused.forEach(Run::resume);
            release.countDown();
            busy.result();
            for (Run<Map<String, Object>> run : paused) {
                assertThat(run.future().get(20, TimeUnit.SECONDS)).containsEntry("d", 6);
            }
        }
    }

    @Test
    void runsBeyondTheMaximumWaitOrAreRefused() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Engine engine = Engine.builder()
                .parallelism(2)
                .maxActiveRuns(1)
                .refuseBeyondMax()
                .build()) {
            ScriptedFlow flow = ScriptedFlow.named("bounded")
                    .task("one", List.of(), (values, task) -> {
                        release.await();
                        return 1;
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            assertThatThrownBy(flow::start)
                    .isInstanceOf(EngineRejectedException.class)
                    .hasMessageContaining("bounded");
            release.countDown();
            run.result();
            flow.run();
        }
    }

    @Test
    void interruptingTheCallerCancelsItsRunEvenWhereItDoesNotWork() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(2).callerRuns(false).build()) {
            ScriptedFlow flow = ScriptedFlow.named("endless")
                    .task("one", List.of(), (values, task) -> {
                        inside.countDown();
                        new CountDownLatch(1).await();
                        return 1;
                    })
                    .on(engine);
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    flow.run();
                } catch (CancellationException e) {
                    flag.complete(Thread.currentThread().isInterrupted());
                }
            });
            caller.start();
            inside.await();
            caller.interrupt();
            assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
