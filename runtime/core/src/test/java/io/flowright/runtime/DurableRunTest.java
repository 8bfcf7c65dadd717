package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.TaskRecord;
import io.flowright.runtime.spi.VirtualClock;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with a store: what is written, and how they come back. */
@Timeout(60)
class DurableRunTest {

    private static final Consumer<FlowGraph.Builder> PLAIN = task -> {};

    private final MemoryStore store = new MemoryStore();
    private final Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();

    static Engine open(Engines kind, RunStore store) {
        return kind.open(
                engine -> engine.store(store).codec(new SerializingCodec()).closeTimeout(Duration.ofMillis(200)));
    }

    private Object effect(String name, Object value) {
        effects.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
        return value;
    }

    private int count(String name) {
        AtomicInteger count = effects.get(name);
        return count == null ? 0 : count.get();
    }

    private ScriptedFlow.Builder chain() {
        return ScriptedFlow.named("chain")
                .task("one", List.of("in"), (values, task) -> effect("one", 1))
                .task("two", List.of("one"), (values, task) -> effect("two", values.<Integer>get("one") + 1))
                .managed(
                        "three",
                        List.of("two"),
                        PLAIN,
                        (values, task) -> effect("three", values.<Integer>get("two") + 1));
    }

    @Test
    void anEngineWithoutACodecSaysWhereOneIs() {
        Engine.Builder builder = Engine.builder().store(store);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("add flowright-json");
    }

    @ParameterizedTest
    @EnumSource
    void aChainOfThreeIsFourWrites(Engines kind) {
        MortalStore counted = new MortalStore(store, Integer.MAX_VALUE, true);
        try (Engine engine = open(kind, counted)) {
            ScriptedFlow flow = chain().on(engine);

            assertThat(flow.run()).containsEntry("three", 3);
            assertThat(counted.writes()).isEqualTo(4);

            assertThat(store.runs()).singleElement().satisfies(run -> {
                assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
                assertThat(run.owner()).isNull();
                assertThat(store.tasks(run.id())).hasSize(3);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunIsFoundByItsIdFromElsewhere(Engines kind) {
        try (Engine first = open(kind, store);
                Engine second = open(kind, store)) {
            chain().on(first).start(RunOptions.id("order-42"), "in").result();
            ScriptedFlow elsewhere = chain().on(second);

            Run<Map<String, Object>> found = elsewhere.find("order-42").orElseThrow();

            assertThat(found.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(found.result()).containsEntry("three", 3);
            assertThat(found.snapshot().tasks())
                    .allMatch(task -> task.status() == TaskStatus.SUCCEEDED && task.attempts() == 1);
            assertThat(count("one")).isEqualTo(1);
            assertThat(elsewhere.find("order-43")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoStartsAnIdThatExistsJoinsIt(Engines kind) {
        try (Engine first = open(kind, store);
                Engine second = open(kind, store)) {
            chain().on(first).start(RunOptions.id("order-42"), "in").result();
            ScriptedFlow elsewhere = chain().on(second);

            assertThat(elsewhere.start(RunOptions.id("order-42"), "in").result())
                    .containsEntry("three", 3);
            assertThatThrownBy(() -> elsewhere.start(RunOptions.id("order-42"), "other"))
                    .isInstanceOf(RunConflictException.class)
                    .hasMessageContaining("order-42");
            assertThat(count("three")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedRunIsResumedElsewhere(Engines kind) {
        AtomicInteger calls = new AtomicInteger();
        ScriptedFlow.Builder flow = ScriptedFlow.named("failing")
                .task("one", List.of("in"), (values, task) -> effect("one", 1))
                .task("two", List.of("one"), (values, task) -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("the first time");
                    }
                    return effect("two", 2);
                });
        try (Engine first = open(kind, store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);
        }
        try (Engine second = open(kind, store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThatThrownBy(run::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasMessageContaining("task two")
                    .cause()
                    .isInstanceOfSatisfying(
                            RecordedException.class,
                            cause -> assertThat(cause.type()).isEqualTo(IllegalStateException.class.getName()));

            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("two", 2);
            assertThat(run.resume()).isFalse();
            assertThat(count("one")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPausedRunGoesOnElsewhere(Engines kind) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("paused")
                .task("one", List.of("in"), (values, task) -> {
                    inside.countDown();
                    release.await();
                    return effect("one", 1);
                })
                .task("two", List.of("one"), (values, task) -> effect("two", 2));
        try (Engine first = open(kind, store)) {
            ScriptedFlow here = flow.on(first);
            Background.call(() -> here.start(RunOptions.id("r"), "in"));
            inside.await();
            here.find("r").orElseThrow().pause();
            release.countDown();
            Run<Map<String, Object>> run = here.find("r").orElseThrow();
            assertThatThrownBy(run::result).isInstanceOf(RunPausedException.class);
        }
        try (Engine second = open(kind, store)) {
            Run<Map<String, Object>> run = flow.on(second).find("r").orElseThrow();
            assertThat(run.status()).isEqualTo(RunStatus.PAUSED);
            assertThat(run.resume()).isTrue();
            assertThat(run.result()).containsEntry("two", 2);
            assertThat(count("one")).isEqualTo(1);
        }
    }

    @Test
    void anEngineThatClosesHandsItsRunsOver() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("handed")
                .task("one", List.of("in"), (values, task) -> {
                    inside.countDown();
                    release.await();
                    return effect("one", 1);
                })
                .task("two", List.of("one"), (values, task) -> effect("two", 2));
        Engine first = open(Engines.PARALLEL, store);
        Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
        inside.await();
        Thread closing = new Thread(first::close);
        closing.start();
        Background.until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        release.countDown();
        closing.join();
        assertThatThrownBy(run::result).isInstanceOf(RunDetachedException.class);
        assertThat(count("two")).isZero();
        try (Engine second = open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> found = flow.on(second).find("r").orElseThrow();
            assertThat(found.result()).containsEntry("two", 2);
            assertThat(count("one")).isEqualTo(1);
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "DEFAULT", "SEQUENTIAL"})
    void aDelayOfARetrySurvives(Engines kind) throws Exception {
        ScriptedFlow.Builder flow = ScriptedFlow.named("retried")
                .managed(
                        "one",
                        List.of("in"),
                        task -> task.retry(RetrySpec.attempts(3).delay(Duration.ofMillis(700))),
                        (values, task) -> notBefore(3, task));
        assertThat(afterADelayThatSurvived(kind, flow, 2)).containsEntry("one", 3);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void aDelayOfARetryOfAnElementSurvives(Engines kind) throws Exception {
        ScriptedFlow.Builder flow = ScriptedFlow.named("retried")
                .managedEach(
                        "each",
                        "in",
                        task -> task.retry(RetrySpec.attempts(3).delay(Duration.ofMillis(700))),
                        (String element, TaskContext task) -> notBefore(3, task));
        assertThat(afterADelayThatSurvived(kind, flow, 2)).containsEntry("each", List.of(3));
    }

    private static int notBefore(int attempt, TaskContext task) {
        if (task.attempt() < attempt) {
            throw new IllegalStateException("not yet");
        }
        return task.attempt();
    }

    /** The result of a run that dies in the first of two delays of 700 ms, after so many writes. */
    private Map<String, Object> afterADelayThatSurvived(Engines kind, ScriptedFlow.Builder flow, int writes)
            throws Exception {
        Map<String, Object> result;
        MortalStore mortal = new MortalStore(store, writes, true);
        Engine first = open(kind, mortal);
        ScriptedFlow here = flow.on(first);
        Thread caller = new Thread(() -> {
            try {
                here.start(RunOptions.id("r"), List.of("element"));
            } catch (RuntimeException e) {
                // It dies.
            }
        });
        caller.start();
        while (!mortal.isDead()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        try (Engine second = open(kind, store)) {
            Run<Map<String, Object>> found = flow.on(second).find("r").orElseThrow();
            result = found.result();
        }
        List<TaskRecord> attempts = store.tasks("r");
        assertThat(attempts).hasSize(3);
        for (int i = 1; i < attempts.size(); i++) {
            Instant due = Objects.requireNonNull(attempts.get(i - 1).dueAt());
            // Each engine has read the clock for itself.
            assertThat(attempts.get(i).endedAt()).isAfter(due.minusMillis(100));
        }
        first.close();
        caller.join();
        return result;
    }

    /** Clocks of machines differ; what waits for an attempt is the delay that was asked for, at most. */
    @Test
    void aDelayOfARetryIsNotLongerWhereTheClockIsBehind() {
        ScriptedFlow.Builder flow = ScriptedFlow.named("retried")
                .managed(
                        "one",
                        List.of("in"),
                        task -> task.retry(RetrySpec.attempts(2).delay(Duration.ofMinutes(1))),
                        (values, task) -> notBefore(2, task));
        VirtualClock clock = FlowClock.virtual();
        clock.advance(Duration.ofDays(1));
        Engine first = at(clock, store);
        flow.on(first).start(RunOptions.id("r"), "in");
        Background.until(() -> store.tasks("r").size() == 1);
        first.close();

        VirtualClock behind = FlowClock.virtual();
        try (Engine second = at(behind, store)) {
            Run<Map<String, Object>> found = flow.on(second).find("r").orElseThrow();
            Background.until(() -> {
                behind.advance(Duration.ofSeconds(1));
                return found.status() == RunStatus.SUCCEEDED;
            });
            assertThat(Duration.between(FlowClock.virtual().now(), behind.now()))
                    .isLessThan(Duration.ofHours(12));
        }
    }

    private static Engine at(FlowClock clock, RunStore store) {
        return Engine.builder()
                .parallelism(2)
                .clock(clock)
                .store(store)
                .codec(new SerializingCodec())
                .closeTimeout(Duration.ofMillis(200))
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void elementsAreRecordedOneByOne(Engines kind) {
        ScriptedFlow.Builder flow = ScriptedFlow.named("elements")
                .task(
                        "list",
                        List.of("in"),
                        (values, task) -> IntStream.range(0, 500).boxed().toList())
                .each("each", "list", PLAIN, (Integer element, TaskContext task) -> effect("e" + element, element * 2))
                .task(
                        "sum",
                        List.of("each"),
                        (values, task) -> values.<List<Integer>>get("each").stream()
                                .mapToInt(Integer::intValue)
                                .sum());
        MortalStore counted = new MortalStore(store, Integer.MAX_VALUE, true);
        try (Engine engine = open(kind, counted)) {
            assertThat(flow.on(engine).run()).containsEntry("sum", 499 * 500);
            assertThat(store.tasks(store.runs().get(0).id())).hasSize(502);
            assertThat(effects.values()).allMatch(count -> count.get() == 1);
        }
    }

    /** Encodes sets in an order of its own, as canonical codecs do. */
    private static final class SortingCodec implements Codec {

        private final Codec codec = new SerializingCodec();

        @Override
        public byte[] encode(@Nullable Object value, Type type) {
            return codec.encode(value instanceof Set<?> set ? new LinkedHashSet<>(new TreeSet<>(set)) : value, type);
        }

        @Override
        public @Nullable Object decode(byte[] bytes, Type type) {
            return codec.decode(bytes, type);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void elementsAreKnownByTheirRecordedPlaces(boolean ofInput) {
        Set<String> elements = new LinkedHashSet<>(List.of("d", "a", "c", "b"));
        ScriptedFlow.Builder flow = ScriptedFlow.named("set")
                .task("set", List.of("in"), (values, task) -> elements)
                .each(
                        "each",
                        ofInput ? "in" : "set",
                        task -> task.maxConcurrency(1),
                        (String element, TaskContext task) -> (String) effect(element, element));
        // The begin, the set, two elements.
        MortalStore mortal = new MortalStore(store, 4, true);
        Engine first = Engine.builder()
                .sequential()
                .store(mortal)
                .codec(new SortingCodec())
                .closeTimeout(Duration.ofMillis(100))
                .build();
        ScriptedFlow here = flow.on(first);
        // It dies, or its elements went together so that it had no reason to.
        Background.call(() -> here.start(RunOptions.id("r"), elements));
        Background.until(() -> mortal.isDead()
                || store.find("r").map(run -> !run.status().isActive()).orElse(false));
        try (Engine second =
                Engine.builder().store(store).codec(new SortingCodec()).build()) {
            assertThat(flow.on(second).find("r").orElseThrow().result())
                    .containsEntry("each", List.of("a", "b", "c", "d"));
            assertThat(effects).containsOnlyKeys("a", "b", "c", "d");
            assertThat(effects.values().stream().mapToInt(AtomicInteger::get).sum())
                    .isBetween(4, 6);
        } finally {
            first.close();
        }
    }

    /** What comes while the store writes is written together, of one run and of several. */
    @Test
    void whatIsReadyTogetherIsOneWrite() throws Exception {
        BlockingStore blocking = new BlockingStore(store);
        try (Engine engine = open(Engines.SEQUENTIAL, blocking)) {
            ScriptedFlow.Builder builder = ScriptedFlow.named("wide").task("top", List.of("in"), (values, task) -> 0);
            List<String> wide = IntStream.range(0, 8).mapToObj(i -> "w" + i).toList();
            for (String task : wide) {
                builder.task(task, List.of("top"), (values, context) -> effect(task, task));
            }
            ScriptedFlow flow =
                    builder.task("bottom", wide, (values, task) -> 1).on(engine);
            blocking.blockAfter(2);
            Future<Map<String, Object>> result = Background.call(flow::run);
            // The first of the eight is being written while the others run.
            Background.until(() -> effects.size() == 8);
            blocking.release();

            assertThat(result.get(30, TimeUnit.SECONDS)).containsEntry("bottom", 1);
            // The begin, the top, what of the eight was there when the writer came, the rest of them but perhaps the
            // last,
            // that, the bottom.
            assertThat(blocking.batches()).hasSizeLessThanOrEqualTo(6);
            assertThat(blocking.batches().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(11);
        }
    }

    @Test
    void runsThatWaitForTheStoreAreWrittenTogether() throws Exception {
        BlockingStore blocking = new BlockingStore(store);
        try (Engine engine = open(Engines.PARALLEL, blocking)) {
            ScriptedFlow flow = chain().on(engine);
            blocking.blockAfter(0);
            List<Future<Map<String, Object>>> results = new ArrayList<>();
            for (int run = 0; run < 10; run++) {
                results.add(Background.call(flow::run));
            }
            Background.until(() -> blocking.waiting() == 1);
            // Nobody can see how many have queued up; so let them.
            Background.until(() -> Thread.getAllStackTraces().values().stream()
                            .filter(stack -> Stream.of(stack)
                                    .anyMatch(frame -> frame.getClassName().endsWith("Journal$Awaited")))
                            .count()
                    == 9);
            blocking.release();
            for (Future<Map<String, Object>> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS)).containsEntry("three", 3);
            }
            // Who was first, and perhaps others; then all that are left, and perhaps what each of the first has done
            // since.
            int first = blocking.batches().get(0);
            assertThat(first + blocking.batches().get(1)).isBetween(10, 10 + first);
        }
    }

    @Tag("slow")
    @Test
    void whoLooksOnSeesWhatRunsAndHowFarItIs() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("watched")
                .task("one", List.of("in"), (values, task) -> 1)
                .managed("two", List.of("one"), PLAIN, (values, task) -> {
                    task.progress().update(3, 7);
                    release.await();
                    return 2;
                });
        try (Engine first = open(Engines.PARALLEL, store);
                Engine second = open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> run = flow.on(first).start(RunOptions.id("r"), "in");
            Run<Map<String, Object>> seen = flow.on(second).find("r").orElseThrow();

            Background.until(() -> seen.snapshot().task("two").status() == TaskStatus.RUNNING);

            TaskSnapshot two = seen.snapshot().task("two");
            assertThat(two.done()).isEqualTo(3);
            assertThat(two.total()).isEqualTo(7);
            assertThat(seen.snapshot().task("one").status()).isEqualTo(TaskStatus.SUCCEEDED);
            release.countDown();
            assertThat(seen.result()).containsEntry("two", 2);
            assertThat(run.result()).containsEntry("two", 2);
        }
    }

    /** It could not run them, and those who can would not get them. */
    @Tag("slow")
    @Test
    void anEngineWhoseRenewalHangsAdoptsNothing() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger rounds = new AtomicInteger();
        RunStore silent = new ForwardingStore(store) {
            @Override
            public boolean renew(String owner, Duration leased, List<RunActivity> activities) {
                try {
                    hanging.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.renew(owner, leased, activities);
            }

            /** Asked for commands each time before the engine looks for runs to adopt. */
            @Override
            public RunAdministration administration() {
                rounds.incrementAndGet();
                return super.administration();
            }
        };
        ScriptedFlow.Builder flow = ScriptedFlow.named("silent").task("one", List.of("in"), (values, task) -> {
            gate.await();
            return 1;
        });
        Duration lease = Duration.ofMillis(300);
        try (Engine engine = Engine.builder()
                .parallelism(2)
                .store(silent)
                .codec(new SerializingCodec())
                .lease(lease)
                .build()) {
            flow.on(engine).start(RunOptions.id("r"), "in");
            // Its own run is there for anybody to adopt when its lease is over.
            Background.until(() -> !store.orphans(1).isEmpty());
            int before = rounds.get();
            Background.until(() -> rounds.get() > before + 3);

            assertThat(store.find("r").orElseThrow().epoch()).isEqualTo(1);

            hanging.countDown();
            gate.countDown();
            Background.until(() -> store.find("r").orElseThrow().status() == RunStatus.SUCCEEDED);
        }
    }

    /** The engine keeps the run, so the run must go on, though it came to a task when the lease was nearly over. */
    @Tag("slow")
    @Test
    void aRenewalThatTakesLongLeavesNoRunBehind() throws Exception {
        Duration lease = Duration.ofMillis(1_500);
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger renewals = new AtomicInteger();
        RunStore hesitant = new ForwardingStore(store) {
            @Override
            public boolean renew(String owner, Duration leased, List<RunActivity> activities) {
                if (renewals.incrementAndGet() == 2) {
                    slow.countDown();
                    sleep(1_150);
                }
                return super.renew(owner, leased, activities);
            }
        };
        ScriptedFlow.Builder flow = ScriptedFlow.named("slow")
                .task("one", List.of("in"), (values, task) -> {
                    slow.await();
                    // Past two thirds of the lease, before it is over.
                    sleep(900);
                    return 1;
                })
                .task("two", List.of("one"), (values, task) -> 2);
        try (Engine engine = Engine.builder()
                .parallelism(2)
                .store(hesitant)
                .codec(new SerializingCodec())
                .lease(lease)
                .build()) {
            Background.call(() -> flow.on(engine).start(RunOptions.id("r"), "in"));

            Background.until(() -> store.find("r")
                    .map(run -> run.status() == RunStatus.SUCCEEDED)
                    .orElse(false));
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void runsWithoutTheirFlowAreStranded() {
        MortalStore mortal = new MortalStore(store, 2, false);
        Engine first = open(Engines.PARALLEL, mortal);
        chain().on(first).start(RunOptions.id("r"), "in");
        Background.until(mortal::isDead);
        try (Engine second = open(Engines.PARALLEL, store)) {
            assertThat(second.runs().stranded()).singleElement().satisfies(run -> {
                assertThat(run.id()).isEqualTo("r");
                assertThat(run.reason()).contains("no live engine has created flow chain");
            });
            ScriptedFlow.named("chain")
                    .task("other", List.of(), (values, task) -> 1)
                    .on(second);

            assertThat(second.runs().stranded())
                    .singleElement()
                    .satisfies(run -> assertThat(run.reason()).contains("has changed"));
        } finally {
            first.close();
        }
        try (Engine third = open(Engines.PARALLEL, store)) {
            assertThat(chain().on(third).find("r").orElseThrow().result()).containsEntry("three", 3);
            assertThat(third.runs().stranded()).isEmpty();
        }
    }

    @Test
    void aRunOfAChangedFlowIsNeitherReadNorResumed() {
        ScriptedFlow.Builder before = ScriptedFlow.named("changed").task("one", List.of("in"), (values, task) -> {
            throw new IllegalStateException("the first time");
        });
        try (Engine first = open(Engines.PARALLEL, store)) {
            assertThatThrownBy(() ->
                            before.on(first).start(RunOptions.id("r"), "in").result())
                    .isInstanceOf(FlowFailedException.class);
        }
        try (Engine second = open(Engines.PARALLEL, store)) {
            ScriptedFlow after = ScriptedFlow.named("changed")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .task("two", List.of("one"), (values, task) -> 2)
                    .on(second);
            Run<Map<String, Object>> run = after.find("r").orElseThrow();

            assertThat(run.status()).isEqualTo(RunStatus.FAILED);
            assertThatThrownBy(run::resume)
                    .isInstanceOf(FlowChangedException.class)
                    .hasMessageContaining("run r");
            assertThatThrownBy(run::result).isInstanceOf(FlowChangedException.class);
            assertThatThrownBy(run::snapshot).isInstanceOf(FlowChangedException.class);
            assertThatThrownBy(() -> run.resume("one", 1)).isInstanceOf(FlowChangedException.class);
            assertThat(store.find("r").orElseThrow().epoch()).isEqualTo(1);
        }
    }

    @Test
    void aRunMayBeCancelledWhileItsBeginIsRecorded() throws Exception {
        BlockingStore blocking = new BlockingStore(store);
        try (Engine engine = open(Engines.PARALLEL, blocking)) {
            ScriptedFlow flow = chain().on(engine);
            blocking.blockAfter(0);
            Future<Run<Map<String, Object>>> started = Background.call(() -> flow.start(RunOptions.id("r"), "in"));
            Background.until(() -> blocking.waiting() == 1);
            Run<Map<String, Object>> joined = flow.start(RunOptions.id("r"), "in");
            joined.cancel();
            blocking.release();

            assertThatThrownBy(() -> started.get(30, TimeUnit.SECONDS).result())
                    .isInstanceOf(CancellationException.class);
            assertThat(effects).isEmpty();
            assertThat(store.find("r").orElseThrow().status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(store.find("r").orElseThrow().owner()).isNull();
        }
    }

    @Test
    void manyAttemptsAndFarFuturesAreRecorded() {
        ScriptedFlow.Builder flow = ScriptedFlow.named("many")
                .managed("many", List.of("in"), task -> task.retry(RetrySpec.attempts(200)), (values, task) -> {
                    if (task.attempt() < 150) {
                        throw new IllegalStateException("not yet");
                    }
                    return task.attempt();
                })
                .idempotent(
                        "kept",
                        task -> task.idempotent(Duration.ofSeconds(Long.MAX_VALUE)),
                        (values, task) -> new Object[] {"key"},
                        (values, task) -> "kept");
        MortalStore counted = new MortalStore(store, Integer.MAX_VALUE, true);
        try (Engine engine = open(Engines.PARALLEL, counted)) {
            RunOptions options = RunOptions.id("r").withDeadline(Duration.ofSeconds(Long.MAX_VALUE));

            assertThat(flow.on(engine).start(options, "in").result()).containsEntry("many", 150);

            assertThat(store.tasks("r").stream().filter(task -> task.task().equals("many")))
                    .hasSize(150);
            assertThat(counted.writes()).isLessThan(10);
        }
    }

    @Test
    void theFencingTokenRisesWithEachOwner() {
        ScriptedFlow.Builder flow = ScriptedFlow.named("fenced")
                .managed("one", List.of("in"), PLAIN, (values, task) -> task.fencingToken())
                .managed("two", List.of("one"), PLAIN, (values, task) -> task.fencingToken());
        MortalStore mortal = new MortalStore(store, 3, false);
        Engine first = open(Engines.PARALLEL, mortal);
        flow.on(first).start(RunOptions.id("r"), "in");
        Background.until(mortal::isDead);
        try (Engine second = open(Engines.PARALLEL, store)) {
            assertThat(flow.on(second).find("r").orElseThrow().result())
                    .containsEntry("one", 1L)
                    .containsEntry("two", 2L);
        } finally {
            first.close();
        }
    }

    @Test
    void anOutageWithinTheLeaseIsRiddenOut() {
        CountDownLatch down = new CountDownLatch(1);
        ScriptedFlow.Builder flow = ScriptedFlow.named("outage")
                .task("one", List.of("in"), (values, task) -> {
                    store.available(false);
                    down.countDown();
                    return effect("one", 1);
                })
                .task("two", List.of("one"), (values, task) -> effect("two", 2));
        try (Engine engine = open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> run = flow.on(engine).start(RunOptions.id("r"), "in");
            Background.until(() -> down.getCount() == 0);
            assertThat(count("two")).isZero();
            store.available(true);

            assertThat(run.result()).containsEntry("two", 2);
            assertThat(count("one")).isEqualTo(1);
        }
    }

    @Tag("slow")
    @Test
    void anOutageBeyondTheLeaseEndsTheRunHereAndNotElsewhere() {
        ScriptedFlow.Builder flow = ScriptedFlow.named("outage")
                .task("one", List.of("in"), (values, task) -> {
                    if (effects.isEmpty()) {
                        store.available(false);
                    }
                    return effect("one", 1);
                })
                .task("two", List.of("one"), (values, task) -> effect("two", 2));
        try (Engine engine = Engines.PARALLEL.open(
                settings -> settings.store(store).codec(new SerializingCodec()).lease(Duration.ofMillis(300)))) {
            ScriptedFlow here = flow.on(engine);
            Run<Map<String, Object>> run = here.start(RunOptions.id("r"), "in");
            assertThatThrownBy(run::result).isInstanceOf(StoreUnavailableException.class);
            assertThat(count("two")).isZero();
            assertThatThrownBy(() -> here.start(RunOptions.id("s"), "in"))
                    .isInstanceOf(StoreUnavailableException.class);
            store.available(true);

            Background.until(() -> here.find("r").orElseThrow().status() == RunStatus.SUCCEEDED);
            assertThat(here.find("r").orElseThrow().result()).containsEntry("two", 2);
            assertThat(count("one")).isEqualTo(2);
        }
    }

    @Test
    void onceIsInDoubtAfterACrash() {
        ScriptedFlow.Builder flow = ScriptedFlow.named("once")
                .managed("pay", List.of("in"), FlowGraph.Builder::once, (values, task) -> effect("pay", "paid"))
                .task("after", List.of("pay"), (values, task) -> effect("after", values.get("pay")));
        // The begin, the start of the task, and its end, which is lost.
        MortalStore mortal = new MortalStore(store, 3, false);
        Engine first = open(Engines.PARALLEL, mortal);
        Run<Map<String, Object>> lost = flow.on(first).start(RunOptions.id("r"), "in");
        while (!mortal.isDead()) {
            Thread.onSpinWait();
        }
        assertThat(count("pay")).isEqualTo(1);
        try (Engine second = open(Engines.PARALLEL, store)) {
            ScriptedFlow there = flow.on(second);
            Run<Map<String, Object>> found = there.find("r").orElseThrow();
            assertThatThrownBy(found::result)
                    .hasMessageContaining("in-doubt")
                    .hasMessageContaining("pay")
                    .hasCauseInstanceOf(InDoubtException.class);
            assertThat(count("pay")).isEqualTo(1);

            assertThat(found.resume("pay", "paid by hand")).isTrue();
            assertThat(there.find("r").orElseThrow().result()).containsEntry("after", "paid by hand");
            assertThat(count("pay")).isEqualTo(1);
        } finally {
            first.close();
        }
        assertThat(lost.id()).isEqualTo("r");
    }

    /** An operator's process may die as well: what it has said is known, or the run rests as it was. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoSaysTheResultAndDiesDoesNotMakeItRunAgain(boolean recorded) throws Exception {
        ScriptedFlow.Builder flow = ScriptedFlow.named("once")
                .managed("pay", List.of("in"), FlowGraph.Builder::once, (values, task) -> effect("pay", "paid"))
                .task("after", List.of("pay"), (values, task) -> effect("after", values.get("pay")));
        MortalStore mortal = new MortalStore(store, 3, false);
        Engine first = open(Engines.PARALLEL, mortal);
        flow.on(first).start(RunOptions.id("r"), "in");
        Background.until(mortal::isDead);
        try (Engine second = open(Engines.PARALLEL, store)) {
            assertThatThrownBy(flow.on(second).find("r").orElseThrow()::result).hasMessageContaining("in-doubt");
        }

        Engine operator = open(Engines.PARALLEL, new MortalStore(store, 1, recorded));
        Run<Map<String, Object>> operated = flow.on(operator).find("r").orElseThrow();
        assertThatThrownBy(() -> operated.resume("pay", "paid by hand")).isInstanceOf(StoreUnavailableException.class);

        try (Engine third = open(Engines.PARALLEL, store)) {
            Run<Map<String, Object>> found = flow.on(third).find("r").orElseThrow();
            assertThat(found.status()).isEqualTo(RunStatus.FAILED);
            assertThat(recorded ? found.resume() : found.resume("pay", "paid by hand"))
                    .isTrue();
            assertThat(found.result()).containsEntry("after", "paid by hand");
            assertThat(count("pay")).isEqualTo(1);
        } finally {
            first.close();
            operator.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void elementsWithoutAValueAreLeftOutOfWhatIsRecordedAndOfTheResult(Engines kind) {
        ScriptedFlow.Builder flow = ScriptedFlow.named("even")
                .each(
                        "halves",
                        "in",
                        FlowGraph.Builder::optionalResults,
                        (Integer number, TaskContext task) ->
                                number % 2 == 0 ? Optional.of(number / 2) : Optional.empty());
        try (Engine engine = open(kind, store)) {
            Run<Map<String, Object>> run = flow.on(engine).start(RunOptions.id("r"), List.of(1, 2, 3, 4));
            assertThat(run.result()).containsEntry("halves", List.of(1, 2));
        }
        try (Engine second = open(kind, store)) {
            assertThat(flow.on(second).find("r").orElseThrow().result()).containsEntry("halves", List.of(1, 2));
        }
    }

    /** What is adopted belongs to the engine: nobody else would go on with it. */
    @Tag("slow")
    @ParameterizedTest
    @EnumSource(names = {"PARALLEL", "SEQUENTIAL"})
    void whatCouldNotBeReadWhenItWasAdoptedGoesOnLater(Engines kind) throws Exception {
        MortalStore mortal = new MortalStore(store, 2, false);
        Engine first = open(kind, mortal);
        ScriptedFlow here = chain().on(first);
        Thread caller = new Thread(() -> {
            try {
                here.start(RunOptions.id("r"), "in");
            } catch (RuntimeException e) {
                // It dies.
            }
        });
        caller.start();
        Background.until(mortal::isDead);
        MortalStore forgetful = new MortalStore(store, Integer.MAX_VALUE, true).refusingToRead(2);
        try (Engine second = open(kind, forgetful)) {
            ScriptedFlow there = chain().on(second);
            assertThat(there.find("r").orElseThrow().result(Duration.ofSeconds(30)))
                    .containsEntry("three", 3);
            assertThat(store.find("r").orElseThrow().epoch()).isEqualTo(2);
        } finally {
            first.close();
            caller.join();
        }
    }
}
