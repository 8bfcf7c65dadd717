package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What listeners are told, and in which order. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListenerTest {

    private final CapturingListener events = new CapturingListener();
    private final AtomicInteger calls = new AtomicInteger();

    /** The events as short words, after a look at their numbers. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        long sequence = 0;
        for (FlowEvent event : events.events()) {
            assertThat(event.sequence()).isEqualTo(sequence++);
            String kind = event.getClass().getSimpleName();
            told.add(
                    switch (kind) {
                        case "TaskStarted" ->
                            kind + " " + ((FlowEvent.TaskStarted) event).task() + " "
                                    + ((FlowEvent.TaskStarted) event).attempt();
                        case "TaskAttemptFailed" -> kind + " " + ((FlowEvent.TaskAttemptFailed) event).attempt();
                        case "RetryScheduled" -> kind + " " + ((FlowEvent.RetryScheduled) event).nextAttempt();
                        case "TaskSucceeded" ->
                            kind + " " + ((FlowEvent.TaskSucceeded) event).task() + " "
                                    + ((FlowEvent.TaskSucceeded) event).attempts();
                        case "TaskFailed" -> kind + " " + ((FlowEvent.TaskFailed) event).attempts();
                        case "RunFinished" -> kind + " " + ((FlowEvent.RunFinished) event).status();
                        default -> kind;
                    });
        }
        return told;
    }

    private ScriptedFlow two(Engine engine, ScriptedFlow.Body first) {
        return ScriptedFlow.named("two")
                .managed("a", List.of(), task -> task.retry(RetrySpec.attempts(2)), first)
                .task("b", List.of("a"), (values, task) -> 2)
                .on(engine);
    }

    @ParameterizedTest
    @EnumSource
    void aSuccess(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            two(engine, (values, task) -> 1).run();
            assertThat(told())
                    .containsExactly(
                            "RunStarted",
                            "TaskStarted a 1",
                            "TaskSucceeded a 1",
                            "TaskStarted b 1",
                            "TaskSucceeded b 1",
                            "RunFinished SUCCEEDED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRetryThenASuccess(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            two(engine, (values, task) -> {
                        if (task.attempt() == 1) {
                            throw new IOException("once");
                        }
                        return 1;
                    })
                    .run();
            assertThat(told())
                    .containsExactly(
                            "RunStarted",
                            "TaskStarted a 1",
                            "TaskAttemptFailed 1",
                            "RetryScheduled 2",
                            "TaskStarted a 2",
                            "TaskSucceeded a 2",
                            "TaskStarted b 1",
                            "TaskSucceeded b 1",
                            "RunFinished SUCCEEDED");
        }
    }

    /** By their records: number, time, failure and all. */
    @Test
    void theSameInputsAndTheSameTimeGiveTheSameEventsOnASequentialEngine() {
        IOException failure = new IOException("once");
        List<List<FlowEvent>> told = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            CapturingListener heard = new CapturingListener();
            VirtualClock clock = FlowClock.virtual();
            try (Engine engine =
                    Engines.SEQUENTIAL.open(builder -> builder.listener(heard).clock(clock))) {
                ScriptedFlow.named("wide")
                        .task("source", List.of("in"), (values, task) -> values.get("in"))
                        .managed(
                                "left",
                                List.of("source"),
                                task -> task.retry(RetrySpec.attempts(2)),
                                (values, task) -> {
                                    clock.advance(Duration.ofMillis(7));
                                    if (task.attempt() == 1) {
                                        throw failure;
                                    }
                                    return 1;
                                })
                        .task("right", List.of("source"), (values, task) -> 2)
                        .task("sink", List.of("left", "right"), (values, task) -> 3)
                        .on(engine)
                        .start(RunOptions.id("r"), "x")
                        .result();
            }
            told.add(heard.events());
        }
        assertThat(told.get(0)).hasSize(13).isEqualTo(told.get(1));
    }

    @ParameterizedTest
    @EnumSource
    void aFailureAndTheResumedRun(Engines engines) {
        IOException failure = new IOException("twice");
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            Run<Map<String, Object>> run = two(engine, (values, task) -> {
                        if (task.attempt() <= 2) {
                            throw failure;
                        }
                        return 1;
                    })
                    .start();
            assertThatThrownBy(run::result).hasCause(failure);
            run.resume();
            run.result();
            assertThat(told())
                    .containsExactly(
                            "RunStarted",
                            "TaskStarted a 1",
                            "TaskAttemptFailed 1",
                            "RetryScheduled 2",
                            "TaskStarted a 2",
                            "TaskAttemptFailed 2",
                            "TaskFailed 2",
                            "RunFinished FAILED",
                            "RunResumed",
                            "TaskStarted a 3",
                            "TaskSucceeded a 3",
                            "TaskStarted b 1",
                            "TaskSucceeded b 1",
                            "RunFinished SUCCEEDED");
            assertThat(events.events(FlowEvent.RunFinished.class).get(0).failure())
                    .isSameAs(failure);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFailureHasTheEventsOfItsRun(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            ScriptedFlow flow = two(engine, (values, task) -> {
                task.progress().update(task.attempt(), 2);
                throw new IOException("hung up");
            });
            // Another run of the engine is none of its business.
            assertThatThrownBy(flow::run).isInstanceOf(FlowFailedException.class);
            events.clear();

            FlowFailedException failed = catchThrowableOfType(FlowFailedException.class, flow::run);

            assertThat(failed.events())
                    .isEqualTo(events.events().stream()
                            .filter(event -> !(event instanceof FlowEvent.TaskProgressed))
                            .toList())
                    .hasSize(8);
            assertThat(failed.report())
                    .startsWith(failed.snapshot().report())
                    .containsPattern("  \\S+Z RunStarted\n  \\S+Z TaskStarted a\n  \\S+Z TaskAttemptFailed a\n")
                    .endsWith(" RunFinished\n");
        }
        try (Engine silent = engines.open(builder -> builder)) {
            FlowFailedException failed = catchThrowableOfType(FlowFailedException.class, two(silent, (values, task) -> {
                throw new IOException("hung up");
            })::run);
            assertThat(failed.events()).isEmpty();
            assertThat(failed.report()).isEqualTo(failed.snapshot().report());
        }
    }

    @Test
    void onlyTheLastEventsAreKept() {
        try (Engine engine = Engines.ONE_THREAD.open(builder -> builder.listener(events))) {
            ScriptedFlow flow = two(engine, (values, task) -> {
                throw new IOException("again");
            });
            Run<Map<String, Object>> run = flow.start();
            for (int stay = 0; stay < 200; stay++) {
                FlowFailedException failed = catchThrowableOfType(FlowFailedException.class, run::result);
                assertThat(failed.events()).hasSizeLessThanOrEqualTo(1_000);
                run.resume();
            }
            FlowFailedException last = catchThrowableOfType(FlowFailedException.class, run::result);
            List<FlowEvent> all = events.events();
            assertThat(last.events()).isEqualTo(all.subList(all.size() - 1_000, all.size()));
        }
    }

    /** There is no iterator over the tasks of a run: a listener that pauses it after each does that, from outside and wherever it runs. */
    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aListenerMakesTheRunGoStepByStep(Engines engines) {
        AtomicReference<Run<?>> run = new AtomicReference<>();
        FlowListener stepping = event -> {
            if (event instanceof FlowEvent.TaskSucceeded) {
                Background.until(() -> run.get() != null);
                run.get().pause();
            }
        };
        try (Engine engine = engines.open(builder -> builder.listener(stepping))) {
            List<Integer> steps = new ArrayList<>();
            Run<Map<String, Object>> started = ScriptedFlow.named("steps")
                    .task("a", List.of(), (values, task) -> steps.add(1))
                    .task("b", List.of("a"), (values, task) -> steps.add(2))
                    .task("c", List.of("b"), (values, task) -> steps.add(3))
                    .on(engine)
                    .start();
            run.set(started);
            for (int step = 1; step < 3; step++) {
                assertThatThrownBy(started::result).isInstanceOf(RunPausedException.class);
                assertThat(steps).hasSize(step);
                assertThat(started.resume()).isTrue();
            }
            started.result();
            assertThat(steps).containsExactly(1, 2, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureOfADirectTask(Engines engines) {
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            ScriptedFlow flow = ScriptedFlow.named("direct")
                    .task("a", List.of(), (values, task) -> {
                        throw new IOException("once");
                    })
                    .on(engine);
            assertThatThrownBy(flow::run).hasRootCauseMessage("once");
            assertThat(told())
                    .containsExactly(
                            "RunStarted",
                            "TaskStarted a 1",
                            "TaskAttemptFailed 1",
                            "TaskFailed 1",
                            "RunFinished FAILED");
        }
    }

    /** Acts once on the run of the first event that fits, from within the listener. */
    private FlowListener acting(
            Predicate<FlowEvent> when, AtomicReference<Run<?>> run, java.util.function.Consumer<Run<?>> action) {
        AtomicBoolean acted = new AtomicBoolean();
        return event -> {
            if (when.test(event) && acted.compareAndSet(false, true)) {
                Background.until(() -> run.get() != null);
                action.accept(run.get());
            }
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aListenerMayPauseTheRun(Engines engines) {
        AtomicReference<Run<?>> run = new AtomicReference<>();
        FlowListener pausing = acting(
                event -> event instanceof FlowEvent.TaskSucceeded succeeded
                        && succeeded.task().equals("a"),
                run,
                Run::pause);
        try (Engine engine = engines.open(builder -> builder.listener(events).listener(pausing))) {
            Run<Map<String, Object>> started = two(engine, (values, task) -> 1).start();
            run.set(started);
            assertThatThrownBy(started::result).isInstanceOf(RunPausedException.class);
            started.resume();
            assertThat(started.result()).containsEntry("b", 2);
            assertThat(told())
                    .containsExactly(
                            "RunStarted",
                            "TaskStarted a 1",
                            "TaskSucceeded a 1",
                            "RunPaused",
                            "RunResumed",
                            "TaskStarted b 1",
                            "TaskSucceeded b 1",
                            "RunFinished SUCCEEDED");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aListenerMayCancelTheRun(Engines engines) {
        AtomicReference<Run<?>> run = new AtomicReference<>();
        FlowListener cancelling = acting(FlowEvent.TaskStarted.class::isInstance, run, Run::cancel);
        try (Engine engine = engines.open(builder -> builder.listener(events).listener(cancelling))) {
            Run<Map<String, Object>> started =
                    two(engine, (values, task) -> calls.incrementAndGet()).start();
            run.set(started);
            assertThatThrownBy(started::result).isInstanceOf(CancellationException.class);
            assertThat(told()).containsExactly("RunStarted", "TaskStarted a 1", "RunFinished CANCELLED");
            assertThat(calls).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ONE_THREAD", "PARALLEL", "ENGINE_THREADS_ONLY", "DEFAULT"})
    void aCancellationDuringATaskIsNoFailure(Engines engines) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            for (boolean direct : List.of(true, false)) {
                events.clear();
                CountDownLatch here = direct ? inside : new CountDownLatch(1);
                ScriptedFlow.Body blocking = (values, task) -> {
                    here.countDown();
                    new CountDownLatch(1).await();
                    return 1;
                };
                ScriptedFlow.Builder builder = ScriptedFlow.named("cancelled");
                Run<Map<String, Object>> run = (direct
                                ? builder.task("a", List.of(), blocking)
                                : builder.managed("a", List.of(), task -> {}, blocking))
                        .on(engine)
                        .start();
                here.await();
                run.cancel();
                assertThatThrownBy(run::result).isInstanceOf(CancellationException.class);
                assertThat(told()).containsExactly("RunStarted", "TaskStarted a 1", "RunFinished CANCELLED");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListenerThatThrowsChangesNothing(Engines engines) {
        FlowListener broken = event -> {
            throw new AssertionError("a broken listener");
        };
        try (Engine engine = engines.open(builder -> builder.listener(broken).listener(events))) {
            assertThat(two(engine, (values, task) -> 1).run()).containsEntry("b", 2);
            assertThat(told()).hasSize(6);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "DEFAULT"})
    void eventsOfARunComeOneAtATime(Engines engines) {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        FlowListener watching = event -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.yield();
            now.decrementAndGet();
        };
        try (Engine engine = engines.open(builder -> builder.listener(watching).listener(events))) {
            ScriptedFlow.Builder wide = ScriptedFlow.named("wide");
            for (int i = 0; i < 200; i++) {
                wide.task("t" + i, List.of(), (values, task) -> 1);
            }
            wide.on(engine).run();
            assertThat(told()).hasSize(402);
            assertThat(most).hasValue(1);
        }
    }

    // ---- progress --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void progressIsToldAndSeenInSnapshots(Engines engines) {
        AtomicReference<Progress> kept = new AtomicReference<>();
        try (Engine engine = engines.open(builder -> builder.listener(events))) {
            Run<Map<String, Object>> run = two(engine, (values, task) -> {
                        kept.set(task.progress());
                        for (int i = 1; i <= 3; i++) {
                            task.progress().update(i, 3);
                        }
                        assertThatThrownBy(() -> task.progress().update(4, 3))
                                .isInstanceOf(IllegalArgumentException.class);
                        return 1;
                    })
                    .start();
            run.result();
            kept.get().update(1, 3);
            assertThat(events.events(FlowEvent.TaskProgressed.class))
                    .extracting(FlowEvent.TaskProgressed::done)
                    .containsExactly(1L, 2L, 3L);
            TaskSnapshot task = run.snapshot().task("a");
            assertThat(task.done()).isEqualTo(3);
            assertThat(task.total()).isEqualTo(3);
        }
    }

    @Test
    void progressOfAnAttemptThatIsOverIsDropped() throws Exception {
        AtomicReference<Progress> first = new AtomicReference<>();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (Engine engine = Engines.PARALLEL.open(builder -> builder.listener(events))) {
            Run<Map<String, Object>> run = two(engine, (values, task) -> {
                        if (first.compareAndSet(null, task.progress())) {
                            throw new IOException("once");
                        }
                        task.progress().update(5, 10);
                        inside.countDown();
                        release.await();
                        return 1;
                    })
                    .start();
            inside.await();
            first.get().update(9, 10);
            assertThat(run.snapshot().task("a").done()).isEqualTo(5);
            release.countDown();
            run.result(Duration.ofSeconds(20));
            assertThat(events.events(FlowEvent.TaskProgressed.class)).hasSize(1);
        }
    }
}
