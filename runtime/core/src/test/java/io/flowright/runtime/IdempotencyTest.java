package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.IdempotencyStore;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** For equal keys a task runs once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdempotencyTest {

    private static final Duration TTL = Duration.ofMinutes(10);

    private final AtomicInteger calls = new AtomicInteger();
    private final VirtualClock clock = FlowClock.virtual();

    private static ScriptedFlow charging(Engine engine, ScriptedFlow.Body body) {
        return charging(engine, task -> {}, body);
    }

    private static ScriptedFlow charging(Engine engine, Consumer<FlowGraph.Builder> policies, ScriptedFlow.Body body) {
        return ScriptedFlow.named("charging")
                .idempotent(
                        "charge",
                        policies.andThen(task -> task.idempotent(TTL)),
                        (values, task) -> new Object[] {"order-", values.get("in")},
                        body)
                .task("after", List.of("charge"), (values, task) -> values.get("charge"))
                .on(engine);
    }

    private static Map<String, Object> run(ScriptedFlow flow, Object input) {
        return flow.start(RunOptions.none(), input).result();
    }

    @ParameterizedTest
    @EnumSource
    void aSecondRunTakesTheStoredResultUntilItIsForgotten(Engines engines) {
        CapturingListener events = new CapturingListener();
        try (Engine engine = engines.open(builder -> builder.clock(clock).listener(events))) {
            ScriptedFlow flow = charging(engine, (values, task) -> calls.incrementAndGet());
            assertThat(run(flow, 42)).containsEntry("after", 1);
            events.clear();
            assertThat(run(flow, 42)).containsEntry("charge", 1).containsEntry("after", 1);
            assertThat(events.events(FlowEvent.TaskStarted.class))
                    .extracting(FlowEvent.TaskStarted::task)
                    .containsExactly("after");
            assertThat(events.events(FlowEvent.TaskSucceeded.class))
                    .extracting(FlowEvent.TaskSucceeded::task, FlowEvent.TaskSucceeded::attempts)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("charge", 0),
                            org.assertj.core.groups.Tuple.tuple("after", 1));
            assertThat(run(flow, 43)).containsEntry("after", 2);
            clock.advance(TTL.minusNanos(1));
            assertThat(run(flow, 42)).containsEntry("after", 1);
            clock.advance(Duration.ofNanos(1));
            assertThat(run(flow, 42)).containsEntry("after", 3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aConcurrentSecondWaitsAndTakesTheResult(Engines engines) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = charging(engine, (values, task) -> {
                inside.countDown();
                release.await();
                return calls.incrementAndGet();
            });
            Run<Map<String, Object>> first = flow.start(RunOptions.none(), 42);
            inside.await();
            Run<Map<String, Object>> second = flow.start(RunOptions.none(), 42);
            if (engines != Engines.ONE_THREAD) {
                Background.until(() -> second.status() == RunStatus.WAITING);
            }
            release.countDown();
            assertThat(first.result()).containsEntry("after", 1);
            assertThat(second.result()).containsEntry("after", 1);
            assertThat(second.snapshot().task("charge").attempts()).isZero();
            assertThat(calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void ifTheFirstFailsTheSecondRuns(Engines engines) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = charging(engine, (values, task) -> {
                inside.countDown();
                release.await();
                if (calls.incrementAndGet() == 1) {
                    throw new IOException("first");
                }
                return calls.get();
            });
            Run<Map<String, Object>> first = flow.start(RunOptions.none(), 42);
            inside.await();
            Run<Map<String, Object>> second = flow.start(RunOptions.none(), 42);
            Background.until(() -> second.status() == RunStatus.WAITING);
            release.countDown();
            assertThatThrownBy(first::result).hasRootCauseMessage("first");
            assertThat(second.result()).containsEntry("after", 2);
            // And the first, resumed, takes what the second left.
            assertThat(first.resume()).isTrue();
            assertThat(first.result()).containsEntry("after", 2);
            assertThat(calls).hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "DEFAULT"})
    void manyConcurrentRunsOfOneKeyExecuteOnce(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = charging(engine, (values, task) -> calls.incrementAndGet());
            for (int key = 0; key < 20; key++) {
                int input = key;
                List<Run<Map<String, Object>>> runs = java.util.stream.IntStream.range(0, 50)
                        .mapToObj(i -> flow.start(RunOptions.none(), input))
                        .toList();
                for (Run<Map<String, Object>> run : runs) {
                    assertThat(run.result()).containsEntry("after", key + 1);
                }
            }
            assertThat(calls).hasValue(20);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFallbackIsNotRemembered(Engines engines) {
        AtomicBoolean down = new AtomicBoolean(true);
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("fallback")
                    .idempotentWithFallback(
                            "charge",
                            task -> task.idempotent(TTL),
                            (values, task) -> new Object[] {"order-", values.get("in")},
                            (values, task) -> {
                                if (down.get()) {
                                    throw new IOException("down");
                                }
                                return "real";
                            },
                            (values, failure) -> "fallback")
                    .on(engine);
            assertThat(run(flow, 42)).containsEntry("charge", "fallback");
            down.set(false);
            assertThat(run(flow, 42)).containsEntry("charge", "real");
            down.set(true);
            assertThat(run(flow, 42)).containsEntry("charge", "real");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theKeyForTheOutsideIsEqualOverAttemptsAndRunsThatShareTheValues(Engines engines) {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = charging(engine, task -> task.retry(RetrySpec.attempts(3)), (values, task) -> {
                keys.add(task.idempotencyKey());
                throw new IOException("again");
            });
            for (int i = 0; i < 2; i++) {
                Run<Map<String, Object>> run = flow.start(RunOptions.none(), 42);
                assertThatThrownBy(run::result).hasRootCauseMessage("again");
                run.resume();
                assertThatThrownBy(run::result).hasRootCauseMessage("again");
            }
            assertThat(keys).hasSize(1);
            assertThatThrownBy(() -> run(flow, 43)).hasRootCauseMessage("again");
            assertThat(keys).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutATemplateTheKeyBelongsToTheRun(Engines engines) {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("plain")
                    .managed("one", List.of(), task -> task.retry(RetrySpec.attempts(3)), (values, task) -> {
                        keys.add(task.idempotencyKey());
                        if (task.attempt() % 3 != 0 || task.attempt() == 3) {
                            throw new IOException("again");
                        }
                        return 1;
                    })
                    .on(engine);
            Run<Map<String, Object>> run = flow.start();
            assertThatThrownBy(run::result).hasRootCauseMessage("again");
            run.resume();
            run.result();
            assertThat(keys).hasSize(1);
            assertThatThrownBy(flow::run).hasRootCauseMessage("again");
            assertThat(keys).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatCannotBeMadeFailsTheTaskWithoutACall(Engines engines) {
        try (Engine engine = engines.open()) {
            ScriptedFlow flow = ScriptedFlow.named("broken")
                    .idempotent(
                            "charge",
                            task -> task.idempotent(TTL).retry(RetrySpec.attempts(5)),
                            (values, task) -> {
                                calls.incrementAndGet();
                                return new Object[] {"order-", new Object()};
                            },
                            (values, task) -> calls.addAndGet(100))
                    .on(engine);
            assertThatThrownBy(() -> run(flow, 42))
                    .isInstanceOf(FlowFailedException.class)
                    .hasMessageContaining("charge")
                    .hasRootCauseInstanceOf(IllegalArgumentException.class);
            assertThat(calls).hasValue(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStoredResultThatNoLongerFitsFailsTheTaskWithThatReason(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.idempotencyStore(new StoreOfOldResults()))) {
            ScriptedFlow flow = ScriptedFlow.named("changed")
                    .idempotent(
                            "charge",
                            task -> task.idempotent(TTL),
                            (values, task) -> new Object[] {"x"},
                            (values, task) -> calls.incrementAndGet())
                    .accepting("charge", Integer.class)
                    .on(engine);
            assertThatThrownBy(() -> run(flow, 42))
                    .isInstanceOf(FlowFailedException.class)
                    .hasMessageContaining("no longer fits");
            assertThat(calls).hasValue(0);
        }
    }

    /** Another version of the flow has filled it. */
    private static final class StoreOfOldResults implements IdempotencyStore {
        @Override
        public Claim claim(Key key, Runnable whenFreed) {
            return new Claim.Completed("a text, once");
        }

        @Override
        public void complete(Key key, @Nullable Object value, Duration ttl) {
            throw new AssertionError();
        }

        @Override
        public void giveUp(Key key) {
            throw new AssertionError();
        }

        @Override
        public void revoke(Key key) {
            throw new AssertionError();
        }

        @Override
        public long generation(Key key) {
            return 0;
        }
    }
}
