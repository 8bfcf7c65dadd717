package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.ContextPropagation;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.IdempotencyStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store, a clock or a context throws outside of any attempt: the run says so, and nothing waits for ever. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SafetyNetTest {

    private static final class Broken extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** More runs than the engines of these tests have threads: a thread that died would be missed. */
    private static final int RUNS = 6;

    /** The system's, until it breaks. */
    private static final class BreakingClock implements FlowClock {
        final AtomicBoolean refuses = new AtomicBoolean();
        final AtomicBoolean stops = new AtomicBoolean();

        @Override
        public Instant now() {
            if (stops.get()) {
                throw new Broken();
            }
            return FlowClock.system().now();
        }

        @Override
        public long nanos() {
            if (stops.get()) {
                throw new Broken();
            }
            return FlowClock.system().nanos();
        }

        @Override
        public Scheduled schedule(Duration delay, Runnable action) {
            if (refuses.get()) {
                throw new Broken();
            }
            return FlowClock.system().schedule(delay, action);
        }
    }

    private enum Step {
        CLAIM,
        COMPLETE,
        GIVE_UP
    }

    /** Owns whatever is claimed, and fails at one step. */
    private static final class BreakingStore implements IdempotencyStore {
        final @Nullable Step at;
        final AtomicInteger givenUp = new AtomicInteger();

        BreakingStore(@Nullable Step at) {
            this.at = at;
        }

        private void reach(Step step) {
            if (step == at) {
                throw new Broken();
            }
        }

        @Override
        public Claim claim(Key key, Runnable whenFreed) {
            reach(Step.CLAIM);
            return new Claim.Owned(0);
        }

        @Override
        public void complete(Key key, @Nullable Object value, Duration ttl) {
            reach(Step.COMPLETE);
        }

        @Override
        public void giveUp(Key key) {
            givenUp.incrementAndGet();
            reach(Step.GIVE_UP);
        }

        @Override
        public void revoke(Key key) {}

        @Override
        public long generation(Key key) {
            return 0;
        }
    }

    private final BreakingClock clock = new BreakingClock();

    private static ScriptedFlow idempotent(Engine engine, ScriptedFlow.Body body) {
        return ScriptedFlow.named("idempotent")
                .idempotent(
                        "one",
                        task -> task.idempotent(Duration.ofHours(1)).retry(RetrySpec.attempts(3)),
                        (values, task) -> new Object[] {"same"},
                        body)
                .on(engine);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExecutorMayThrowWhatItLikesAndTheRunCanBeResumed(boolean error) {
        AtomicBoolean refuses = new AtomicBoolean(true);
        IllegalStateException mine = new IllegalStateException("shut down");
        Engine.Builder builder = Engine.builder().parallelism(1).executor(action -> {
            if (refuses.get()) {
                if (error) {
                    throw new Broken();
                }
                throw mine;
            }
            new Thread(action).start();
        });
        try (Engine engine = builder.build()) {
            ScriptedFlow flow = ScriptedFlow.named("refused")
                    .task("one", List.of(), (values, task) -> 1)
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            assertThatThrownBy(run::result)
                    .hasCauseInstanceOf(EngineRejectedException.class)
                    .rootCause()
                    .isInstanceOf(error ? Broken.class : IllegalStateException.class);
            refuses.set(false);
            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("one", 1);
        }
    }

    /** A stage of the user's making, of which one method throws. */
    private static final class BrokenStage extends CompletableFuture<Integer> {
        final String method;

        BrokenStage(String method) {
            this.method = method;
        }

        private void reach(String name) {
            if (name.equals(method)) {
                throw new Broken();
            }
        }

        @Override
        public boolean isDone() {
            reach("isDone");
            return super.isDone();
        }

        @Override
        public Integer join() {
            reach("join");
            return super.join();
        }

        @Override
        public CompletableFuture<Integer> whenComplete(BiConsumer<? super Integer, ? super Throwable> action) {
            reach("whenComplete");
            return super.whenComplete(action);
        }

        @Override
        public CompletableFuture<Integer> toCompletableFuture() {
            reach("toCompletableFuture");
            return super.toCompletableFuture();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"isDone", "join", "whenComplete"})
    void aStageWhoseMethodsThrowFailsTheTask(String method) {
        for (Engines engines : Engines.values()) {
            try (Engine engine = engines.open()) {
                ScriptedFlow flow = ScriptedFlow.named("staged")
                        .stage("one", List.of(), task -> {}, (values, task) -> {
                            BrokenStage stage = new BrokenStage(method);
                            if (method.equals("join")) {
                                stage.complete(1);
                            }
                            return stage;
                        })
                        .on(engine);
                for (int i = 0; i < RUNS; i++) {
                    assertThatThrownBy(flow.start()::result).isInstanceOf(Broken.class);
                }
            }
        }
    }

    @Test
    void aStageThatCannotBeCancelledIsLeftAlone() {
        BrokenStage stage = new BrokenStage("toCompletableFuture");
        try (Engine engine = Engines.PARALLEL.open()) {
            ScriptedFlow timed = ScriptedFlow.named("timed")
                    .stage("one", List.of(), task -> task.timeout(Duration.ofMillis(5)), (values, task) -> stage)
                    .on(engine);
            assertThatThrownBy(timed::run).hasCauseInstanceOf(TaskTimeoutException.class);
            Run<Map<String, Object>> run = ScriptedFlow.named("cancelled")
                    .stage("one", List.of(), task -> {}, (values, task) -> stage)
                    .on(engine)
                    .start();
            Background.until(() -> run.status() == RunStatus.WAITING);
            run.cancel();
            assertThatThrownBy(run::result).isInstanceOf(CancellationException.class);
            assertThat(stage.isDone()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatFailsToRememberFailsTheTaskWhichIsNotRepeated(Engines engines) {
        BreakingStore store = new BreakingStore(Step.COMPLETE);
        AtomicInteger calls = new AtomicInteger();
        try (Engine engine = engines.open(builder -> builder.idempotencyStore(store))) {
            ScriptedFlow flow = idempotent(engine, (values, task) -> calls.incrementAndGet());
            for (int i = 1; i <= RUNS; i++) {
                Run<Map<String, Object>> run = flow.start();
                assertThatThrownBy(run::result).isInstanceOf(Broken.class);
                assertThat(run.status()).isEqualTo(RunStatus.FAILED);
                assertThat(run.snapshot().task("one").status()).isEqualTo(TaskStatus.FAILED);
                assertThat(calls).hasValue(i);
                // The next execution with this key is not kept waiting.
                assertThat(store.givenUp).hasValue(i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatFailsToTakeBackAKeyDoesNotHideWhyTheTaskFailed(Engines engines) {
        BreakingStore store = new BreakingStore(Step.GIVE_UP);
        try (Engine engine = engines.open(builder -> builder.idempotencyStore(store))) {
            ScriptedFlow flow = idempotent(engine, (values, task) -> {
                throw new BusinessFailure("sold out");
            });
            for (int i = 0; i < RUNS; i++) {
                Run<Map<String, Object>> run = flow.start();
                assertThatThrownBy(run::result).hasCauseInstanceOf(BusinessFailure.class);
            }
            assertThat(store.givenUp).hasValue(RUNS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatFailsToAnswerFailsTheTask(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.idempotencyStore(new BreakingStore(Step.CLAIM)))) {
            ScriptedFlow flow = idempotent(engine, (values, task) -> 1);
            for (int i = 0; i < RUNS; i++) {
                assertThatThrownBy(flow.start()::result).isInstanceOf(Broken.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aContextThatCannotBeClosedHarmsNeitherTheTaskNorOtherContexts(Engines engines) {
        AtomicInteger closed = new AtomicInteger();
        ContextPropagation good = () -> () -> closed::incrementAndGet;
        ContextPropagation bad = () -> () -> () -> {
            throw new Broken();
        };
        try (Engine engine =
                engines.open(builder -> builder.contextPropagation(good).contextPropagation(bad))) {
            ScriptedFlow flow = ScriptedFlow.named("contexts")
                    .task("direct", List.of(), (values, task) -> 1)
                    .managed("managed", List.of("direct"), task -> {}, (values, task) -> 2)
                    .on(engine);
            for (int i = 1; i <= RUNS; i++) {
                assertThat(flow.start().result()).containsEntry("managed", 2);
                assertThat(closed).hasValue(2 * i);
            }
        }
    }

    /** What asks the clock for an action outside of the user's code. */
    private enum Asks {
        TIMEOUT,
        DELAY,
        DEADLINE
    }

    private static Run<Map<String, Object>> start(Asks asks, Engine engine, AtomicBoolean refuses) {
        return switch (asks) {
            case TIMEOUT ->
                ScriptedFlow.named("timeout")
                        .managed("one", List.of(), task -> task.timeout(Duration.ofHours(1)), (values, task) -> 1)
                        .on(engine)
                        .start();
            case DELAY ->
                ScriptedFlow.named("delay")
                        .managed(
                                "one",
                                List.of(),
                                task -> task.retry(RetrySpec.attempts(2).delay(Duration.ofMillis(1))),
                                (values, task) -> {
                                    if (refuses.get()) {
                                        throw new IOException("attempt " + task.attempt());
                                    }
                                    return 1;
                                })
                        .on(engine)
                        .start();
            case DEADLINE ->
                ScriptedFlow.named("deadline")
                        .task("one", List.of(), (values, task) -> 1)
                        .on(engine)
                        .start(RunOptions.deadline(Duration.ofHours(1)), "in");
        };
    }

    @ParameterizedTest
    @EnumSource
    void aClockThatTakesNoActionFailsTheRunWhichCanBeResumed(Asks asks) {
        for (Engines engines : Engines.values()) {
            try (Engine engine = engines.open(builder -> builder.clock(clock))) {
                clock.refuses.set(true);
                for (int i = 0; i < RUNS; i++) {
                    Run<Map<String, Object>> run = start(asks, engine, clock.refuses);
                    assertThatThrownBy(run::result).isInstanceOf(Broken.class);
                    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
                    clock.refuses.set(false);
                    assertThat(run.resume()).isTrue();
                    assertThat(run.result()).containsEntry("one", 1);
                    clock.refuses.set(true);
                }
                clock.refuses.set(false);
            }
        }
    }

    @Test
    void aClockThatTakesNoActionLeavesNobodyInTheQueueOfABulkhead() throws Exception {
        BulkheadSpec bulkhead = new BulkheadSpec("room", 1, Duration.ofHours(1));
        CompletableFuture<Integer> held = new CompletableFuture<>();
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.clock(clock))) {
            Run<Map<String, Object>> holder = ScriptedFlow.named("holder")
                    .stage("one", List.of(), task -> task.bulkhead(bulkhead), (values, task) -> held)
                    .on(engine)
                    .start();
            Background.until(() -> holder.status() == RunStatus.WAITING);
            ScriptedFlow crowded = ScriptedFlow.named("crowded")
                    .withFallback(
                            "one",
                            task -> task.bulkhead(bulkhead)
                                    .retry(RetrySpec.attempts(2).on(Throwable.class)),
                            (values, task) -> 1,
                            (values, failure) -> failure)
                    .on(engine);
            clock.refuses.set(true);
            assertThat(crowded.start().result().get("one")).isInstanceOf(Broken.class);
            clock.refuses.set(false);
            held.complete(1);
            holder.result();
            assertThat(crowded.start().result()).containsEntry("one", 1);
        }
    }

    @Test
    void aClockThatTakesNoActionDoesNotKeepACancellationFromInterrupting() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.clock(clock))) {
            ScriptedFlow.Body endless = (values, task) -> {
                inside.countDown();
                return new CountDownLatch(1).await(1, TimeUnit.HOURS);
            };
            Run<Map<String, Object>> run = ScriptedFlow.named("endless")
                    .task("one", List.of(), endless)
                    .task("two", List.of(), endless)
                    .on(engine)
                    .start();
            inside.await();
            clock.refuses.set(true);
            run.cancel();
            Background.until(() -> run.status() == RunStatus.CANCELLED);
            clock.refuses.set(false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClockThatFailsBesideTheTasksFailsTheRun(Engines engines) {
        CapturingListener events = new CapturingListener();
        try (Engine engine = engines.open(builder -> builder.clock(clock).listener(events))) {
            ScriptedFlow flow = ScriptedFlow.named("direct")
                    .task("one", List.of(), (values, task) -> {
                        clock.stops.set(true);
                        return 1;
                    })
                    .task("two", List.of("one"), (values, task) -> 2)
                    .on(engine);
            for (int i = 0; i < RUNS; i++) {
                Run<Map<String, Object>> run = flow.start(RunOptions.id("r" + i), "in");
                assertThatThrownBy(run::result).isInstanceOf(Broken.class);
                assertThat(run.status()).isEqualTo(RunStatus.FAILED);
                clock.stops.set(false);
            }
        }
    }
}
