package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.annotations.OnFailure;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import io.flowright.runtime.spi.VirtualClock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that rest, or have failed, and go on as other objects: in another engine, or in the one that adopted them. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurableElsewhereTest {

    private static final Consumer<FlowGraph.Builder> PLAIN = task -> {};

    private final MemoryStore store = new MemoryStore();
    private final Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();

    private static Engine open(Engines kind, RunStore store) {
        return DurableRunTest.open(kind, store);
    }

    private Object effect(String name, Object value) {
        effects.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
        return value;
    }

    private int count(String name) {
        AtomicInteger count = effects.get(name);
        return count == null ? 0 : count.get();
    }

    /** Fails as long as there are failures left. */
    private Object failing(String name) {
        if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("not yet");
        }
        return effect(name, name);
    }

    private ScriptedFlow.Builder saga(OnFailure onFailure) {
        return ScriptedFlow.named("saga")
                .onFailure(onFailure)
                .task("book", List.of("in"), (values, task) -> effect("book", "booking"))
                .task("fail", List.of("book"), (values, task) -> failing("fail"))
                .compensation("book", PLAIN, (values, failure, task) -> effect("undo " + failure.task(), ""));
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatFailedIsUndoneElsewhere(Engines kind) {
        failures.set(1);
        try (Engine first = open(kind, store)) {
            Run<Map<String, Object>> run = saga(OnFailure.HOLD).on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        try (Engine second = open(kind, store)) {
            ScriptedFlow flow = saga(OnFailure.HOLD).on(second);
            flow.find("r").orElseThrow().cancel(CancelMode.COMPENSATE);
            Run<Map<String, Object>> run = flow.find("r").orElseThrow();
            assertThatThrownBy(run::result)
                    .isInstanceOfSatisfying(
                            FlowFailedException.class,
                            failure -> assertThat(failure.task()).isEqualTo("fail"));
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(count("undo fail")).isEqualTo(1);
        }
        try (Engine third = open(kind, store)) {
            Run<Map<String, Object>> run =
                    saga(OnFailure.HOLD).on(third).find("r").orElseThrow();
            assertThatThrownBy(run::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasMessageContaining("fail");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatWasPausedIsUndoneElsewhere(Engines kind) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ScriptedFlow.Builder saga = ScriptedFlow.named("paused")
                .task("book", List.of("in"), (values, task) -> {
                    inside.countDown();
                    release.await();
                    return effect("book", "booking");
                })
                .task("two", List.of("book"), (values, task) -> effect("two", 2))
                .compensation("book", PLAIN, (values, failure, task) -> effect("undo", ""));
        try (Engine first = open(kind, store)) {
            ScriptedFlow here = saga.on(first);
            Background.call(() -> here.start(RunOptions.id("r"), "in"));
            inside.await();
            Run<Map<String, Object>> run = here.find("r").orElseThrow();
            run.pause();
            release.countDown();
            assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
        }
        try (Engine second = open(kind, store)) {
            ScriptedFlow flow = saga.on(second);
            flow.find("r").orElseThrow().cancel(CancelMode.COMPENSATE);
            Run<Map<String, Object>> run = flow.find("r").orElseThrow();
            assertThatThrownBy(run::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasMessageContaining("cancelled");
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(count("undo")).isEqualTo(1);
            assertThat(count("two")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAdoptedRunThatHasFailedIsResumed(Engines kind) throws Exception {
        ScriptedFlow.Builder flow = ScriptedFlow.named("adopted")
                .managed("once", List.of("in"), FlowGraph.Builder::once, (values, task) -> effect("once", 1))
                .task("after", List.of("once"), (values, task) -> effect("after", 2));
        MortalStore mortal = new MortalStore(store, 3, false);
        Engine first = open(kind, mortal);
        runUntilItDies(flow.on(first), RunOptions.id("r"), mortal);
        try (Engine second = open(kind, store)) {
            ScriptedFlow there = flow.on(second);
            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.FAILED);
            Run<Map<String, Object>> found = there.find("r").orElseThrow();
            assertThatThrownBy(found::result).hasMessageContaining("in-doubt");

            assertThat(found.resume()).isTrue();
            assertThat(found.result()).containsEntry("after", 2);
            assertThat(count("once")).isEqualTo(2);
            assertThat(found.future().get(5, TimeUnit.SECONDS)).containsEntry("after", 2);
        } finally {
            first.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCompensationThatFailedRunsAgainElsewhere(Engines kind) {
        failures.set(3);
        ScriptedFlow.Builder saga = ScriptedFlow.named("again")
                .task("book", List.of("in"), (values, task) -> effect("book", "booking"))
                .task("fail", List.of("book"), (values, task) -> failing("fail"))
                .compensation("book", PLAIN, (values, failure, task) -> failing("undo"));
        try (Engine first = open(kind, store)) {
            Run<Map<String, Object>> run = saga.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATION_FAILED);
        }
        try (Engine second = open(kind, store)) {
            ScriptedFlow flow = saga.on(second);
            assertThat(flow.find("r").orElseThrow().resume()).isTrue();
            Background.until(() ->
                    failures.get() == 0 && flow.find("r").orElseThrow().status() == RunStatus.COMPENSATION_FAILED);
            Run<Map<String, Object>> run = flow.find("r").orElseThrow();
            // It is known here now, as a run that was found.
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result)
                    .isInstanceOfSatisfying(
                            FlowFailedException.class,
                            failure -> assertThat(failure.task()).isEqualTo("fail"));
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
            assertThat(count("undo")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeTakenOverIsNotForgottenWhenTheRunIsUndone(Engines kind) {
        failures.set(2);
        AtomicBoolean priced = new AtomicBoolean(true);
        ScriptedFlow.Builder saga = ScriptedFlow.named("again")
                .task("book", List.of("in"), (values, task) -> effect("book", "booking"))
                .managed("price", List.of("book"), FlowGraph.Builder::pure, (values, task) -> {
                    if (!priced.get()) {
                        throw new IllegalStateException("no price today");
                    }
                    return 7;
                })
                .task("charge", List.of("price"), (values, task) -> effect("charge", "charged"))
                .task("fail", List.of("charge"), (values, task) -> failing("fail"))
                .compensation("book", PLAIN, (values, failure, task) -> effect("undo book", ""))
                .compensation("charge", PLAIN, (values, failure, task) -> failing("undo charge"));
        try (Engine first = open(kind, store)) {
            Run<Map<String, Object>> run = saga.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATION_FAILED);
        }
        priced.set(false);
        try (Engine second = open(kind, store)) {
            ScriptedFlow flow = saga.on(second);
            for (int i = 0; i < 2; i++) {
                assertThat(flow.find("r").orElseThrow().resume()).isTrue();
                Run<Map<String, Object>> run = flow.find("r").orElseThrow();
                assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
                assertThat(run.status()).isEqualTo(RunStatus.COMPENSATION_FAILED);
                assertThat(run.snapshot().task("charge").status()).isEqualTo(TaskStatus.COMPENSATION_FAILED);
            }
        }
        assertThat(count("undo charge")).isZero();
        priced.set(true);
        try (Engine third = open(kind, store)) {
            ScriptedFlow flow = saga.on(third);
            assertThat(flow.find("r").orElseThrow().resume()).isTrue();
            Run<Map<String, Object>> run = flow.find("r").orElseThrow();
            assertUndone(run);
        }
        assertThat(count("undo charge")).isEqualTo(1);
        assertThat(count("undo book")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anElementWhoseCompensationFailedIsRecordedWhenItSucceeds(Engines kind) {
        failures.set(1);
        ScriptedFlow.Builder saga = ScriptedFlow.named("elements")
                .task("list", List.of("in"), (values, task) -> List.of(1, 2))
                .each("each", "list", PLAIN, (Integer element, TaskContext task) -> element)
                .task("fail", List.of("each"), (values, task) -> {
                    throw new IllegalStateException("no room");
                })
                .compensationEach("each", PLAIN, (undone, failure, task) -> failing("undo"));
        try (Engine first = open(kind, store)) {
            Run<Map<String, Object>> run = saga.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThat(run.status()).isEqualTo(RunStatus.COMPENSATION_FAILED);
            assertThat(run.resume()).isTrue();
            assertUndone(run);
        }
        assertThat(store.tasks("r").stream()
                        .filter(task -> task.kind() == TaskRecord.Kind.COMPENSATION
                                && !task.element().isEmpty()
                                && task.status() == TaskRecord.Status.SUCCEEDED))
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatFailsAgainWithoutAnAttemptSaysSoElsewhere(Engines kind) {
        failures.set(2);
        ScriptedFlow.Builder flow = ScriptedFlow.named("guard")
                .guarded("guarded", List.of("in"), (values, task) -> failing("guard") != null, (values, task) -> 1);
        try (Engine first = open(kind, store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        try (Engine second = open(kind, store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            assertThatThrownBy(run::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasMessageContaining("not yet");
            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("guarded", 1);
        }
        assertThat(store.find("r").orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource
    void aQuorumThatWasNotReachedTwiceSaysSoElsewhere(Engines kind) {
        failures.set(4);
        ScriptedFlow.Builder flow = ScriptedFlow.named("quorum")
                .task("list", List.of("in"), (values, task) -> List.of(1, 2, 3))
                .each("each", "list", task -> task.maxConcurrency(1).quorum(2), (Integer element, TaskContext task) -> {
                    failing("e" + element);
                    return element;
                });
        try (Engine first = open(kind, store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThat(run.resume()).isTrue();
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        try (Engine second = open(kind, store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            assertThat(run.resume()).isTrue();
            assertThat((List<?>) run.result().get("each")).hasSize(2);
        }
    }

    /** Nobody knows what became of that, and it does not run again. */
    @Test
    void anElementThatHadBegunWhenTheQuorumWasReachedIsUndoneElsewhere() throws Exception {
        MortalStore mortal = new MortalStore(store, Integer.MAX_VALUE, false);
        ScriptedFlow.Builder flow = ScriptedFlow.named("quorum")
                .task("list", List.of("in"), (values, task) -> List.of(1, 2, 3))
                .each("each", "list", task -> task.maxConcurrency(3).quorum(2), (Integer element, TaskContext task) -> {
                    effect("e" + element, element);
                    if (element == 3) {
                        dieOnce(mortal, () -> recordedElements() == 2);
                    } else {
                        Background.until(() -> count("e3") == 1);
                    }
                    return element;
                })
                .task("fail", List.of("each"), (values, task) -> {
                    throw new IllegalStateException("no");
                })
                .compensationEach(
                        "each",
                        FlowGraph.Builder::started,
                        (element, failure, task) -> effect("undo " + element.element(), ""));
        Engine first = open(Engines.PARALLEL, mortal);
        runUntilItDies(flow.on(first), RunOptions.id("r"), mortal);
        try (Engine second = open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            assertUndone(run);
        } finally {
            first.close();
        }
        assertThat(List.of(count("e1"), count("e2"), count("e3"))).containsOnly(1);
        assertThat(List.of(count("undo 1"), count("undo 2"), count("undo 3"))).containsOnly(1);
    }

    /** That their first attempts have failed is on record too. */
    @Test
    void elementsThatWaitForTheirRetryWhenTheRunFailsAreUndoneElsewhere() throws Exception {
        AtomicBoolean elsewhere = new AtomicBoolean();
        MortalStore mortal = new MortalStore(store, Integer.MAX_VALUE, false);
        ScriptedFlow.Builder flow = ScriptedFlow.named("waiting")
                .task("list", List.of("in"), (values, task) -> List.of(1, 2))
                .managedEach(
                        "each",
                        "list",
                        task -> task.retry(RetrySpec.attempts(2).delay(Duration.ofHours(1))),
                        (Integer element, TaskContext task) -> {
                            effect("e" + element, element);
                            throw new IllegalStateException("not yet");
                        })
                .task("fail", List.of("in"), (values, task) -> {
                    Background.until(() -> recordedElements() == 2);
                    throw new IllegalStateException("no");
                })
                .compensationEach("each", FlowGraph.Builder::started, (element, failure, task) -> {
                    if (!elsewhere.get()) {
                        mortal.die();
                        new CountDownLatch(1).await();
                    }
                    return effect("undo " + element.element(), "");
                });
        Engine first = open(Engines.PARALLEL, mortal);
        runUntilItDies(flow.on(first), RunOptions.id("r"), mortal);
        first.close();
        elsewhere.set(true);
        effects.clear();
        try (Engine second = open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            assertUndone(run);
        }
        assertThat(effects.keySet()).containsExactlyInAnyOrder("undo 1", "undo 2");
    }

    /** It fails before all that is on record has been taken over, and before what had begun begins again. */
    @ParameterizedTest
    @EnumSource
    void whatARunHasDoneIsUndoneThoughItFailsAtOnceElsewhere(Engines kind) throws Exception {
        MortalStore mortal = new MortalStore(store, Integer.MAX_VALUE, false);
        ScriptedFlow.Builder flow = ScriptedFlow.named("sooner")
                .task("first", List.of("in"), (values, task) -> {
                    if (count("first") == 0) {
                        effect("first", 1);
                        dieOnce(
                                mortal,
                                () -> count("begun") == 1
                                        && count("e1") == 1
                                        && store.tasks("r").size() == 2);
                    }
                    throw new IllegalStateException("no");
                })
                .task("begun", List.of("in"), (values, task) -> {
                    effect("begun", 1);
                    Background.until(mortal::isDead);
                    return 1;
                })
                .task("list", List.of("in"), (values, task) -> List.of(1))
                .each("each", "list", PLAIN, (Integer element, TaskContext task) -> {
                    effect("e" + element, element);
                    Background.until(mortal::isDead);
                    return element;
                })
                .task("done", List.of("in"), (values, task) -> effect("done", 1))
                .compensation("begun", FlowGraph.Builder::started, (values, failure, task) -> effect("undo begun", ""))
                .compensationEach(
                        "each",
                        FlowGraph.Builder::started,
                        (element, failure, task) -> effect("undo " + element.element(), ""))
                .compensation("done", PLAIN, (values, failure, task) -> effect("undo done", ""));
        Engine first = open(Engines.PARALLEL, mortal);
        runUntilItDies(flow.on(first), RunOptions.id("r"), mortal);
        try (Engine second = open(kind, store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            assertUndone(run);
        } finally {
            first.close();
        }
        assertThat(count("done")).isEqualTo(1);
        assertThat(List.of(count("undo done"), count("undo begun"), count("undo 1")))
                .containsOnly(1);
        assertThat(store.find("r").orElseThrow().epoch()).isEqualTo(2);
    }

    @Test
    void whatHadBegunWhenTheRunWasPausedIsUndoneElsewhere() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("paused")
                .task("begun", List.of("in"), (values, task) -> {
                    effect("begun", 1);
                    inside.countDown();
                    new CountDownLatch(1).await();
                    return 1;
                })
                .task("after", List.of("begun"), (values, task) -> effect("after", 1))
                .compensation("begun", FlowGraph.Builder::started, (values, failure, task) -> effect("undo begun", ""))
                .compensation("after", FlowGraph.Builder::started, (values, failure, task) -> effect("undo after", ""));
        pausedInside(flow, inside);
        undoneElsewhere(flow);
        assertThat(effects.keySet()).containsExactlyInAnyOrder("begun", "undo begun");
    }

    @Test
    void elementsThatHadBegunWhenTheRunWasPausedAreUndoneElsewhere() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        ScriptedFlow.Builder flow = ScriptedFlow.named("elements")
                .task("list", List.of("in"), (values, task) -> List.of(1, 2, 3))
                .each("each", "list", task -> task.maxConcurrency(2), (Integer element, TaskContext task) -> {
                    effect("e" + element, element);
                    inside.countDown();
                    new CountDownLatch(1).await();
                    return element;
                })
                .compensationEach(
                        "each",
                        FlowGraph.Builder::started,
                        (element, failure, task) -> effect("undo " + element.element(), ""));
        pausedInside(flow, inside);
        undoneElsewhere(flow);
        assertThat(List.of(count("undo 1"), count("undo 2"), count("undo 3"))).containsExactly(1, 1, 0);
    }

    private void pausedInside(ScriptedFlow.Builder flow, CountDownLatch inside) throws Exception {
        try (Engine first = open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            inside.await();
            run.pause(PauseMode.INTERRUPT);
            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.PAUSED);
        }
    }

    private void undoneElsewhere(ScriptedFlow.Builder flow) {
        try (Engine second = open(Engines.PARALLEL, store)) {
            ScriptedFlow here = flow.on(second);
            here.find("r").orElseThrow().cancel(CancelMode.COMPENSATE);
            Run<Map<String, Object>> run = here.find("r").orElseThrow();
            assertUndone(run);
        }
    }

    /** What stops a run in its second process. */
    enum Stop {
        CANCEL,
        CANCEL_AFTER_FAILURE,
        DEADLINE
    }

    /** The second process has come to the first task alone: what the others have done is on record, or nowhere. */
    @ParameterizedTest
    @EnumSource
    void whatARunHasDoneIsUndoneThoughItIsStoppedAtOnceElsewhere(Stop stop) throws Exception {
        MortalStore mortal = new MortalStore(store, Integer.MAX_VALUE, false);
        CountDownLatch again = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("stopped")
                .onFailure(stop == Stop.CANCEL_AFTER_FAILURE ? OnFailure.HOLD : OnFailure.COMPENSATE)
                .managed("table", List.of("in"), FlowGraph.Builder::pure, (values, task) -> {
                    effect("table", 1);
                    if (count("table") == 2) {
                        again.countDown();
                        new CountDownLatch(1).await();
                    }
                    return 1;
                })
                .task("beside", List.of("in"), (values, task) -> {
                    again.await();
                    effect("beside", 1);
                    if (stop == Stop.CANCEL_AFTER_FAILURE) {
                        throw new IllegalStateException("no");
                    }
                    return 1;
                })
                .task("done", List.of("table"), (values, task) -> effect("done", 1))
                .task("begun", List.of("done"), (values, task) -> {
                    effect("begun", 1);
                    dieOnce(mortal, () -> count("begun") == 1);
                    return 1;
                })
                .compensation("begun", FlowGraph.Builder::started, (values, failure, task) -> effect("undo begun", ""))
                .compensation("done", PLAIN, (values, failure, task) -> effect("undo done", ""));
        VirtualClock clock = FlowClock.virtual();
        Engine first = Engines.PARALLEL.open(engine ->
                engine.store(mortal).codec(new SerializingCodec()).clock(clock).lease(Duration.ofSeconds(1)));
        runUntilItDies(flow.on(first), RunOptions.id("r").withDeadline(Duration.ofHours(1)), mortal);
        try (Engine second = Engines.PARALLEL.open(
                engine -> engine.store(store).codec(new SerializingCodec()).clock(clock))) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            again.await();
            Background.until(() -> count("beside") == 2);
            if (stop == Stop.DEADLINE) {
                clock.advance(Duration.ofHours(1));
            } else {
                run.cancel(CancelMode.COMPENSATE);
            }
            assertUndone(run);
        } finally {
            first.close();
        }
        assertThat(List.of(count("done"), count("begun"), count("undo done"), count("undo begun")))
                .containsOnly(1);
        assertThat(store.find("r").orElseThrow().epoch()).isEqualTo(2);
    }

    private static void runUntilItDies(ScriptedFlow flow, RunOptions options, MortalStore mortal) {
        Background.call(() -> flow.start(options, "in"));
        Background.until(mortal::isDead);
    }

    private static void assertUndone(Run<?> run) {
        assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        assertThat(run.status()).isEqualTo(RunStatus.COMPENSATED);
    }

    private long recordedElements() {
        return store.tasks("r").stream()
                .filter(entry -> !entry.element().isEmpty())
                .count();
    }

    /** The process dies once that is so. */
    private static void dieOnce(MortalStore mortal, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            // It heeds no interrupt.
            Thread.interrupted();
            LockSupport.parkNanos(1_000_000);
        }
        mortal.die();
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatIsResumedElsewhereHasNoDeadline(Engines kind) {
        AtomicBoolean elsewhere = new AtomicBoolean();
        ScriptedFlow.Builder flow = ScriptedFlow.named("late").task("one", List.of("in"), (values, task) -> {
            if (!elsewhere.get()) {
                new CountDownLatch(1).await();
            }
            return 1;
        });
        try (Engine first = open(kind, store)) {
            Run<Map<String, Object>> run =
                    flow.on(first).start(RunOptions.id("r").withDeadline(Duration.ofMillis(50)), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        elsewhere.set(true);
        try (Engine second = open(kind, store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("one", 1);
        }
    }

    @Test
    void aRunThatIsPausedWhileTheEngineClosesStaysPaused() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("paused")
                .task("one", List.of("in"), (values, task) -> {
                    inside.countDown();
                    release.await();
                    return 1;
                })
                .task("two", List.of("one"), (values, task) -> effect("two", 2));
        Engine first = open(Engines.PARALLEL, store);
        Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
        inside.await();
        run.pause();
        Thread closing = new Thread(first::close);
        closing.start();
        Background.until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        release.countDown();
        closing.join();
        assertThat(store.find("r").orElseThrow().status()).isEqualTo(RunStatus.PAUSED);
    }

    /** What is done to a run by a handle of it. */
    enum Deed {
        CANCEL,
        PAUSE,
        RESUME,
        ANSWER,
        UNDO;

        void on(Run<?> run) {
            switch (this) {
                case CANCEL -> run.cancel();
                case PAUSE -> run.pause();
                case RESUME -> assertThat(run.resume()).isFalse();
                case ANSWER -> assertThat(run.resume("two", "two of nobody")).isFalse();
                case UNDO -> run.cancel(CancelMode.COMPENSATE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatIsGoneLeavesALaterOneWithItsIdAlone(Deed deed) {
        failures.set(2);
        ScriptedFlow.Builder flow = ScriptedFlow.named("order")
                .onFailure(OnFailure.HOLD)
                .task("one", List.of("in"), (values, task) -> "one of " + values.get("in"))
                .task("two", List.of("one"), (values, task) -> failing("two of " + values.get("one")))
                .compensation("one", PLAIN, (values, failure, task) -> effect("undo", ""));
        try (Engine first = open(Engines.PARALLEL, store);
                Engine second = open(Engines.PARALLEL, store)) {
            ScriptedFlow here = flow.on(first);
            Run<Map<String, Object>> old = here.start(RunOptions.id("r"), "A");
            assertThatThrownBy(old::result).isInstanceOf(FlowFailedException.class);
            ScriptedFlow there = flow.on(second);
            Run<Map<String, Object>> found = there.find("r").orElseThrow();
            assertThat(first.runs().purge(Duration.ZERO, RunStatus.FAILED)).isEqualTo(1);
            assertThat(old.status()).isEqualTo(RunStatus.FAILED);
            Run<Map<String, Object>> later = there.start(RunOptions.id("r"), "B");
            assertThatThrownBy(later::result).isInstanceOf(FlowFailedException.class);

            deed.on(old);
            if (deed != Deed.UNDO) {
                // Which looks at the run first, and says that it is gone.
                deed.on(found);
            }

            assertThat(store.find("r").orElseThrow().status()).isEqualTo(RunStatus.FAILED);
            assertThat(store.find("r").orElseThrow().epoch()).isEqualTo(1);
            assertThat(old.status()).isEqualTo(RunStatus.FAILED);
            assertThatThrownBy(old::result).isInstanceOf(FlowFailedException.class);
            assertThat(later.resume()).isTrue();
            assertThat(later.result()).containsEntry("two", "two of one of B");
        }
    }

    @Test
    void aHandleGoesOnFromWhatHasHappenedElsewhere() throws Exception {
        Semaphore inside = new Semaphore(0);
        Semaphore released = new Semaphore(0);
        ScriptedFlow.Builder flow = ScriptedFlow.named("paused");
        for (String task : List.of("one", "two")) {
            flow.task(task, List.of("in"), (values, context) -> {
                effect(task, task);
                inside.release();
                released.acquire();
                return task;
            });
        }
        flow.task("three", List.of("one", "two"), (values, context) -> 3);
        try (Engine first = open(Engines.ONE_THREAD, store);
                Engine second = open(Engines.ONE_THREAD, store)) {
            Run<Map<String, Object>> old = flow.on(first).start(RunOptions.id("r"), "in");
            pause(old, inside, released);
            ScriptedFlow there = flow.on(second);
            assertThat(there.find("r").orElseThrow().resume()).isTrue();
            pause(there.find("r").orElseThrow(), inside, released);

            assertThat(old.status()).isEqualTo(RunStatus.PAUSED);
            assertThat(old.resume()).isTrue();

            assertThat(old.result()).containsEntry("three", 3);
            assertThat(count("one")).isEqualTo(1);
            assertThat(count("two")).isEqualTo(1);
        }
    }

    /** In the middle of its next task. */
    private void pause(Run<?> run, Semaphore inside, Semaphore released) throws InterruptedException {
        inside.acquire();
        run.pause();
        released.release();
        Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.PAUSED);
    }

    @Test
    void aRunThatRestsIsCancelledThoughTheStoreIsAwayForAMoment() {
        failures.set(1);
        AtomicInteger away = new AtomicInteger();
        ForwardingStore cut = new ForwardingStore(store) {
            @Override
            public Optional<RunRecord> find(String run) {
                requireAnswer();
                return super.find(run);
            }

            @Override
            public List<RunWrite.Outcome> write(List<RunWrite> writes) {
                requireAnswer();
                return super.write(writes);
            }

            private void requireAnswer() {
                if (away.getAndDecrement() > 0) {
                    throw new StoreUnavailableException("the connection was cut");
                }
            }
        };
        try (Engine engine = open(Engines.PARALLEL, cut)) {
            Run<Map<String, Object>> run = saga(OnFailure.HOLD).on(engine).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            away.set(2);

            run.cancel();

            assertThat(store.find("r").orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatWentOnElsewhereIsSeenSo(Engines kind) {
        failures.set(1);
        ScriptedFlow.Builder flow =
                ScriptedFlow.named("moved").task("one", List.of("in"), (values, task) -> failing("one"));
        try (Engine first = open(kind, store);
                Engine second = open(kind, store)) {
            ScriptedFlow here = flow.on(first);
            Run<Map<String, Object>> run = here.start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
            Run<Map<String, Object>> there = flow.on(second).find("r").orElseThrow();
            assertThat(there.resume()).isTrue();
            assertThat(there.result()).containsEntry("one", "one");

            assertThat(here.find("r").orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.result()).containsEntry("one", "one");
            assertThat(run.resume()).isFalse();
        }
    }

    /** A store that holds an engine up while it adopts, takes its lease from it, and does not let it read. */
    private static final class HoldingStore extends ForwardingStore {

        final CountDownLatch adopting = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        private final AtomicInteger entered = new AtomicInteger();
        volatile boolean expired;
        volatile boolean again;
        volatile boolean unreadable;

        HoldingStore(MemoryStore store) {
            super(store);
        }

        @Override
        public void enter(String owner, String label, Duration lease) {
            entered.incrementAndGet();
            super.enter(owner, label, lease);
        }

        @Override
        public boolean renew(String owner, Duration lease, List<RunActivity> activities) {
            again = entered.get() > 1;
            return (again || !expired) && super.renew(owner, lease, activities);
        }

        @Override
        public List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
            if (adopting.getCount() > 0) {
                adopting.countDown();
                Background.awaitDeaf(released);
                return List.of();
            }
            return super.adopt(owner, flows, limit);
        }

        @Override
        public List<TaskRecord> tasks(String run) {
            if (unreadable) {
                throw new StoreUnavailableException("the connection was cut");
            }
            return super.tasks(run);
        }
    }

    @Tag("slow")
    @Test
    void whatWasResumedAndNotReadGoesOnThoughTheEngineHasAnotherNameSince() throws Exception {
        failures.set(1);
        try (Engine first = open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> run = saga(OnFailure.HOLD).on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        HoldingStore holding = new HoldingStore(store);
        try (Engine second = open(Engines.PARALLEL, holding)) {
            ScriptedFlow flow = saga(OnFailure.HOLD).on(second);
            holding.adopting.await();
            holding.expired = true;
            Background.until(() -> holding.again);

            holding.unreadable = true;
            Run<Map<String, Object>> run = flow.find("r").orElseThrow();
            // So that it does not wait for the store as long as the lease lasts.
            Thread.currentThread().interrupt();
            assertThatThrownBy(run::resume).isInstanceOf(StoreUnavailableException.class);
            assertThat(Thread.interrupted()).isTrue();
            holding.unreadable = false;
            holding.released.countDown();

            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.SUCCEEDED);
            assertThat(count("book")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunThatIsResumedElsewhereIsOneOfTheActiveOnesThere(boolean withResult) throws Exception {
        failures.set(1);
        ScriptedFlow.Builder failing = ScriptedFlow.named("failing")
                .task("fail", List.of("in"), (values, task) -> failing("fail"))
                .task("after", List.of("fail"), (values, task) -> effect("after", values.get("fail")));
        try (Engine first = open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> run = failing.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        CountDownLatch release = new CountDownLatch(1);
        ScriptedFlow.Builder blocking = ScriptedFlow.named("blocking").task("one", List.of("in"), (values, task) -> {
            release.await();
            return 1;
        });
        try (Engine second = Engines.PARALLEL.open(engine -> engine.store(store)
                .codec(new SerializingCodec())
                .maxActiveRuns(1)
                .refuseBeyondMax())) {
            ScriptedFlow holder = blocking.on(second);
            Run<Map<String, Object>> run = failing.on(second).find("r").orElseThrow();
            Run<Map<String, Object>> holding = holder.start(RunOptions.id("h1"), "in");

            assertThatThrownBy(() -> resume(run, withResult)).isInstanceOf(EngineRejectedException.class);
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);

            release.countDown();
            holding.result();
            assertThat(resume(run, withResult)).isTrue();
            assertThat(run.result()).containsEntry("after", withResult ? "done" : "fail");
            assertThat(resume(run, withResult)).isFalse();
            // Nobody has kept a permit.
            Background.until(() ->
                    second.runs().list(RunQuery.all().active(), null, 1).runs().isEmpty());
            assertThat(holder.start(RunOptions.id("h2"), "in").result()).containsEntry("one", 1);
        }
    }

    private static boolean resume(Run<Map<String, Object>> run, boolean withResult) {
        return withResult ? run.resume("fail", "done") : run.resume();
    }

    @Tag("slow")
    @Test
    void anEngineAdoptsNoMoreRunsThanItPermits() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ScriptedFlow.Builder flow = ScriptedFlow.named("many").task("one", List.of("in"), (values, task) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            release.await();
            running.decrementAndGet();
            return 1;
        });
        Engine first = open(Engines.PARALLEL, store);
        ScriptedFlow here = flow.on(first);
        IntStream.range(0, 6).forEach(run -> here.start(RunOptions.id("r" + run), "in"));
        Background.until(() -> running.get() == 4);
        first.close();
        Background.until(() -> running.get() == 4);
        running.set(0);
        most.set(0);
        try (Engine second = Engines.PARALLEL.open(engine -> engine.store(store)
                .codec(new SerializingCodec())
                .lease(Duration.ofSeconds(3))
                .maxActiveRuns(2))) {
            ScriptedFlow there = flow.on(second);
            Background.until(() -> running.get() == 2);
            // Some more beats of its heart.
            TimeUnit.MILLISECONDS.sleep(1200);
            assertThat(most.get()).isEqualTo(2);
            release.countDown();
            for (int run = 0; run < 6; run++) {
                there.find("r" + run).orElseThrow().result();
            }
        }
    }

    /** How a run is stopped here. */
    enum Rest {
        PAUSED,
        CANCELLED,
        CLOSED
    }

    /** The run was being undone when its process died; here it first has to find out what there is to undo. */
    @ParameterizedTest
    @CsvSource({"PAUSED, false", "PAUSED, true", "CANCELLED, false", "CLOSED, false", "CLOSED, true"})
    void aRunRestsWhenItKnowsWhatToUndo(Rest rest, boolean knowsItsFailure) throws Exception {
        AtomicInteger process = new AtomicInteger(1);
        CountDownLatch undoing = new CountDownLatch(1);
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch booked = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("saga")
                .onFailure(OnFailure.COMPENSATE)
                .managed("pure", List.of("in"), FlowGraph.Builder::pure, (values, task) -> {
                    if (process.get() == 2) {
                        computing.countDown();
                        Background.awaitDeaf(released);
                    }
                    return 1;
                })
                .task("book", List.of("pure"), (values, task) -> effect("book", 2))
                .task("after", List.of("book"), (values, task) -> {
                    booked.countDown();
                    return 3;
                })
                // Its failure is found before, or after, what there is to undo.
                .task("fail", List.of(knowsItsFailure ? "in" : "after"), (values, task) -> {
                    booked.await();
                    throw new IllegalStateException("no");
                })
                .compensation("book", FlowGraph.Builder::managed, (values, failure, task) -> {
                    if (process.get() == 1) {
                        undoing.countDown();
                        new CountDownLatch(1).await();
                    }
                    return effect("undo", "");
                });
        try (Engine first = open(Engines.PARALLEL, store)) {
            flow.on(first).start(RunOptions.id("r"), "in");
            undoing.await();
        }
        process.set(2);
        Engine second = open(Engines.PARALLEL, store);
        try {
            ScriptedFlow here = flow.on(second);
            computing.await();
            Run<Map<String, Object>> run = here.find("r").orElseThrow();
            switch (rest) {
                case PAUSED -> run.pause();
                case CANCELLED -> run.cancel();
                case CLOSED -> {
                    Background.call(() -> {
                        second.close();
                        return true;
                    });
                    Background.until(() -> Engines.isClosed(here));
                }
            }
            released.countDown();
            Background.until(() -> rest == Rest.CLOSED
                    ? store.find("r").orElseThrow().owner() == null
                    : !store.find("r").orElseThrow().status().isActive());
        } finally {
            released.countDown();
            second.close();
        }
        assertThat(store.find("r").orElseThrow().status())
                .isEqualTo(
                        switch (rest) {
                            case PAUSED -> RunStatus.PAUSED;
                            case CANCELLED -> RunStatus.COMPENSATED;
                            case CLOSED -> RunStatus.COMPENSATING;
                        });
        process.set(3);
        try (Engine third = open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> run = flow.on(third).find("r").orElseThrow();
            if (rest == Rest.PAUSED) {
                assertThat(run.resume()).isTrue();
            }
            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.COMPENSATED);
        }
        assertThat(count("undo")).isEqualTo(1);
    }
}
