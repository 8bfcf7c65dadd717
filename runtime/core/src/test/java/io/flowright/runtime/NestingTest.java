package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs within runs. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NestingTest {

    /** A flow of {@code width} tasks, the first three of which run the flow one level further down. */
    private static ScriptedFlow nested(Engine engine, int depth, int width) {
        ScriptedFlow.Builder builder = ScriptedFlow.named("level" + depth);
        ScriptedFlow inner = depth == 0 ? null : nested(engine, depth - 1, width);
        for (int i = 0; i < width; i++) {
            int place = i;
            builder.task("t" + i, List.of(), (values, task) -> {
                if (inner == null || place >= 3) {
                    return 1;
                }
                Map<String, Object> result = switch (place) {
                    case 0 -> inner.run();
                    case 1 -> inner.start().result();
                    default -> inner.start().result(Duration.ofSeconds(50));
                };
                return result.values().stream().mapToInt(Integer.class::cast).sum();
            });
        }
        return builder.on(engine);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void nestingCannotDeadlockABoundedEngine(int parallelism) {
        try (Engine engine = Engine.builder().parallelism(parallelism).build();
                Engine ownThreads = Engine.builder()
                        .parallelism(parallelism)
                        .callerRuns(false)
                        .build()) {
            // Each level adds three times the level below to its other tasks.
            int expected = 50;
            for (int depth = 1; depth <= 5; depth++) {
                expected = 47 + 3 * expected;
            }
            for (Engine each : List.of(engine, ownThreads)) {
                ScriptedFlow flow = nested(each, 5, 50);
                assertThat(sum(flow.run())).isEqualTo(expected);
                assertThat(sum(flow.start().result())).isEqualTo(expected);
            }
        }
    }

    /** The bulkhead is one in the engine: it does not know that one wait is for the other. */
    @Test
    void aTaskThatHoldsABulkheadWaitsInVainForARunThatWantsIt() {
        VirtualClock clock = FlowClock.virtual();
        AtomicBoolean ran = new AtomicBoolean();
        BulkheadSpec printer = new BulkheadSpec("printer", 1, Duration.ofMinutes(1));
        try (Engine engine = Engine.builder().parallelism(4).clock(clock).build()) {
            ScriptedFlow inner = ScriptedFlow.named("inner")
                    .managed("page", List.of(), task -> task.bulkhead(printer), (values, task) -> ran.getAndSet(true))
                    .on(engine);
            Run<?> run = ScriptedFlow.named("outer")
                    .managed("book", List.of(), task -> task.bulkhead(printer), (values, task) -> inner.run())
                    .on(engine)
                    .start();
            Background.awaitPending(clock, 1);
            clock.advance(Duration.ofMinutes(1));

            assertThatThrownBy(run::result).hasRootCauseInstanceOf(TaskRejectedException.class);
            assertThat(ran).isFalse();
        }
    }

    private static int sum(Map<String, Object> result) {
        return result.values().stream().mapToInt(Integer.class::cast).sum();
    }

    /** An outer task waits for an inner one, then its time is up. */
    private static final class Scene {
        final VirtualClock clock = FlowClock.virtual();
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final AtomicBoolean innerInterrupted = new AtomicBoolean();
        final AtomicReference<Run<?>> inner = new AtomicReference<>();
        final AtomicReference<Throwable> seen = new AtomicReference<>();

        ScriptedFlow inner(Engine engine) {
            return ScriptedFlow.named("inner")
                    .task("one", List.of(), (values, task) -> {
                        inside.countDown();
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            innerInterrupted.set(true);
                            throw e;
                        }
                        return 1;
                    })
                    .on(engine);
        }

        ScriptedFlow outer(Engine engine, ScriptedFlow.Body body) {
            return ScriptedFlow.named("outer")
                    .managed("one", List.of(), task -> task.timeout(Duration.ofSeconds(1)), (values, task) -> {
                        try {
                            return body.run(values, task);
                        } catch (Throwable t) {
                            seen.set(t);
                            throw t;
                        }
                    })
                    .on(engine);
        }
    }

    @Test
    void anInterruptCancelsTheRunThatTheAttemptStartedByRun() throws Exception {
        Scene scene = new Scene();
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.clock(scene.clock))) {
            ScriptedFlow inner = scene.inner(engine);
            Run<Map<String, Object>> run =
                    scene.outer(engine, (values, task) -> inner.run()).start();
            scene.inside.await();
            scene.clock.advance(Duration.ofSeconds(1));
            assertThatThrownBy(run::result).hasCauseInstanceOf(TaskTimeoutException.class);
            assertThat(scene.seen.get()).isInstanceOf(CancellationException.class);
            assertThat(scene.innerInterrupted).isTrue();
        }
    }

    @Test
    void anInterruptLeavesTheRunAloneThatTheAttemptMerelyWaitsFor() throws Exception {
        Scene scene = new Scene();
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.clock(scene.clock))) {
            Run<Map<String, Object>> inner = scene.inner(engine).start();
            scene.inside.await();
            AtomicReference<Thread> waiting = new AtomicReference<>();
            Run<Map<String, Object>> outer = scene.outer(engine, (values, task) -> {
                        waiting.set(Thread.currentThread());
                        return inner.result();
                    })
                    .start();
            Background.until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.WAITING);
            scene.clock.advance(Duration.ofSeconds(1));
            assertThatThrownBy(outer::result).hasCauseInstanceOf(TaskTimeoutException.class);
            assertThat(scene.seen.get()).isInstanceOf(FlowInterruptedException.class);
            assertThat(inner.status()).isEqualTo(RunStatus.RUNNING);
            scene.release.countDown();
            assertThat(inner.result()).containsEntry("one", 1);
            assertThat(scene.innerInterrupted).isFalse();
        }
    }

    @Test
    void aTaskOfAnotherRunOnTheWaitingThreadIsNotInterrupted() throws Exception {
        Scene scene = new Scene();
        try (Engine engine =
                Engines.ONE_THREAD.open(builder -> builder.clock(scene.clock).callerRuns(false))) {
            ScriptedFlow inner = scene.inner(engine);
            Run<Map<String, Object>> outer = scene.outer(engine, (values, task) -> {
                        Run<Map<String, Object>> started = inner.start();
                        scene.inner.set(started);
                        // The only thread of the engine is this one, so the task inside runs here.
                        return started.result();
                    })
                    .start();
            scene.inside.await();
            scene.clock.advance(Duration.ofSeconds(1));
            assertThat(scene.inner.get().status()).isEqualTo(RunStatus.RUNNING);
            scene.release.countDown();
            assertThatThrownBy(outer::result).hasCauseInstanceOf(TaskTimeoutException.class);
            assertThat(scene.inner.get().result()).isEqualTo(Map.of("one", 1));
            assertThat(scene.innerInterrupted).isFalse();
        }
    }

    @Test
    void cancellingTheOuterRunCancelsTheInnerOneAndTheThreadsAreCleanAfterwards() throws Exception {
        AtomicInteger dirty = new AtomicInteger();
        try (Engine engine = Engines.PARALLEL.open()) {
            ScriptedFlow check = ScriptedFlow.named("check")
                    .task(
                            "one",
                            List.of(),
                            (values, task) -> Thread.currentThread().isInterrupted() ? dirty.incrementAndGet() : 0)
                    .on(engine);
            for (int i = 0; i < 100; i++) {
                Scene scene = new Scene();
                ScriptedFlow inner = scene.inner(engine);
                Run<Map<String, Object>> outer = ScriptedFlow.named("outer")
                        .task("one", List.of(), (values, task) -> inner.run())
                        .on(engine)
                        .start();
                scene.inside.await();
                outer.cancel();
                assertThatThrownBy(outer::result).isInstanceOf(CancellationException.class);
                for (int j = 0; j < 8; j++) {
                    check.start().result();
                }
            }
            assertThat(dirty).hasValue(0);
        }
    }
}
