package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each flow dies before and after each of its writes, and another engine goes on with it: the run ends as one that was not disturbed,
 * what is recorded does not run again, and the rest no more often than the death explains.
 */
@Timeout(120)
class CrashPointsTest {

    private static final Consumer<FlowGraph.Builder> PLAIN = task -> {};
    private static final Consumer<FlowGraph.Builder> TWICE =
            task -> task.retry(RetrySpec.attempts(2).delay(Duration.ofMillis(5)));

    /** What the flow does to the world, and how often. What dead engines do is not counted. */
    private static final class World {
        final Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();
        final AtomicBoolean first = new AtomicBoolean(true);

        <T> T effect(String name, T value) {
            effects.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
            return value;
        }
    }

    private interface Scenario {
        ScriptedFlow.Builder flow(World world);
    }

    private record Named(String name, Scenario scenario) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Named optional(String name, Consumer<FlowGraph.Builder> settings) {
        return new Named(
                name,
                world -> ScriptedFlow.named("optional")
                        .managed("may", List.of("in"), settings, (values, task) -> {
                            world.effect("may", "");
                            throw new IllegalStateException("it may");
                        })
                        .task("end", List.of("may"), (values, task) -> world.effect("end", "without")));
    }

    private static final List<Named> SCENARIOS = List.of(
            new Named(
                    "chain",
                    world -> ScriptedFlow.named("chain")
                            .task("one", List.of("in"), (values, task) -> world.effect("one", 1))
                            .managed("two", List.of("one"), PLAIN, (values, task) -> world.effect("two", 2))
                            .task(
                                    "three",
                                    List.of("two"),
                                    (values, task) -> world.effect("three", values.<Integer>get("two") + 1))),
            new Named(
                    "diamond",
                    world -> ScriptedFlow.named("diamond")
                            .task("top", List.of("in"), (values, task) -> world.effect("top", 1))
                            .task("left", List.of("top"), (values, task) -> world.effect("left", 2))
                            .managed("right", List.of("top"), PLAIN, (values, task) -> world.effect("right", 3))
                            .task(
                                    "bottom",
                                    List.of("left", "right"),
                                    (values, task) -> world.effect(
                                            "bottom", values.<Integer>get("left") + values.<Integer>get("right")))),
            new Named(
                    "guarded",
                    world -> ScriptedFlow.named("guarded")
                            .task("choice", List.of("in"), (values, task) -> world.effect("choice", true))
                            .guarded(
                                    "yes",
                                    List.of("choice"),
                                    (values, task) -> values.get("choice"),
                                    (values, task) -> world.effect("yes", "yes"))
                            .guarded(
                                    "no",
                                    List.of("choice"),
                                    (values, task) -> !values.<Boolean>get("choice"),
                                    (values, task) -> world.effect("no", "no"))
                            .task(
                                    "end",
                                    List.of("yes", "no"),
                                    (values, task) -> world.effect("end", values.get("yes") + "!"))),
            new Named(
                    "retried",
                    world -> ScriptedFlow.named("retried")
                            .managed(
                                    "flaky",
                                    List.of("in"),
                                    task -> task.retry(RetrySpec.attempts(3).delay(Duration.ofMillis(5))),
                                    (values, task) -> {
                                        if (task.attempt() == 1) {
                                            throw new IllegalStateException("the first attempt");
                                        }
                                        return world.effect("flaky", "done");
                                    })
                            .task("end", List.of("flaky"), (values, task) -> world.effect("end", values.get("flaky")))),
            new Named(
                    "elements",
                    world -> ScriptedFlow.named("elements")
                            .task(
                                    "list",
                                    List.of("in"),
                                    (values, task) -> world.effect(
                                            "list",
                                            IntStream.range(0, 7).boxed().toList()))
                            .each(
                                    "each",
                                    "list",
                                    PLAIN,
                                    (Integer element, TaskContext task) -> world.effect("e" + element, element))
                            .managedEach(
                                    "again",
                                    "each",
                                    PLAIN,
                                    (Integer element, TaskContext task) -> world.effect("a" + element, element * 2))
                            .task(
                                    "sum",
                                    List.of("again"),
                                    (values, task) -> world.effect(
                                            "sum",
                                            values.<List<Integer>>get("again").stream()
                                                    .mapToInt(Integer::intValue)
                                                    .sum()))),
            new Named(
                    "pure",
                    world -> ScriptedFlow.named("pure")
                            .task("one", List.of("in"), (values, task) -> world.effect("one", 1))
                            .managed(
                                    "pure",
                                    List.of("one"),
                                    FlowGraph.Builder::pure,
                                    (values, task) -> values.<Integer>get("one") + 1)
                            .task(
                                    "end",
                                    List.of("pure"),
                                    (values, task) -> world.effect("end", values.<Integer>get("pure") * 10))),
            new Named(
                    "hashed",
                    world -> ScriptedFlow.named("hashed")
                            .managed("managed", List.of("in"), FlowGraph.Builder::hashed, (values, task) -> "m")
                            .managed(
                                    "tried",
                                    List.of("managed"),
                                    task -> task.hashed().retry(RetrySpec.attempts(2)),
                                    (values, task) -> {
                                        if (task.attempt() == 1) {
                                            throw new IllegalStateException("the first attempt");
                                        }
                                        return values.get("managed") + "t";
                                    })
                            .task(
                                    "end",
                                    List.of("managed", "tried"),
                                    (values, task) ->
                                            world.effect("end", values.get("managed") + "" + values.get("tried")))),
            new Named(
                    "failing pure",
                    world -> ScriptedFlow.named("failingpure")
                            .task("one", List.of("in"), (values, task) -> world.effect("one", 1))
                            .managed("bad", List.of("one"), FlowGraph.Builder::pure, (values, task) -> {
                                world.effect("bad", "");
                                throw new IllegalStateException("no such thing");
                            })
                            .task("end", List.of("bad"), (values, task) -> world.effect("end", ""))),
            new Named(
                    "failing pure elements",
                    world -> ScriptedFlow.named("failingpureelements")
                            .task("list", List.of("in"), (values, task) -> List.of(1, 2, 3))
                            .each(
                                    "each",
                                    "list",
                                    task -> task.pure().maxConcurrency(1),
                                    (Integer element, TaskContext task) -> {
                                        if (element == 2) {
                                            throw new IllegalStateException("not two");
                                        }
                                        return world.effect("e" + element, element);
                                    })
                            .task("end", List.of("each"), (values, task) -> world.effect("end", ""))),
            new Named(
                    "pure after pure in a saga",
                    world -> ScriptedFlow.named("puresaga")
                            .task("book", List.of("in"), (values, task) -> world.effect("book", "booking"))
                            .managed("name", List.of("book"), FlowGraph.Builder::pure, (values, task) -> "name")
                            .managed("bad", List.of("name"), FlowGraph.Builder::pure, (values, task) -> {
                                throw new IllegalStateException("no such name");
                            })
                            .compensation(
                                    "book",
                                    PLAIN,
                                    (values, failure, task) -> world.effect("undo " + values.get("book"), ""))),
            optional("optional pure", task -> task.pure().optional()),
            optional("optional", FlowGraph.Builder::optional),
            new Named(
                    "idempotent",
                    world -> ScriptedFlow.named("idempotent")
                            .idempotent(
                                    "pay",
                                    task -> task.idempotent(Duration.ofDays(1)),
                                    (values, task) -> new Object[] {"order", 42},
                                    (values, task) -> world.effect("pay", task.idempotencyKey()))
                            .task("end", List.of("pay"), (values, task) -> world.effect("end", values.get("pay")))),
            new Named(
                    "saga",
                    world -> ScriptedFlow.named("saga")
                            .task("book", List.of("in"), (values, task) -> world.effect("book", "booking"))
                            .managed(
                                    "charge",
                                    List.of("book"),
                                    PLAIN,
                                    (values, task) -> world.effect("charge", "receipt"))
                            .task("fail", List.of("charge"), (values, task) -> {
                                throw new IllegalStateException("no room");
                            })
                            .compensation(
                                    "book",
                                    PLAIN,
                                    (values, failure, task) -> world.effect("undo " + values.get("book"), ""))
                            .compensation(
                                    "charge",
                                    PLAIN,
                                    (values, failure, task) -> world.effect("undo " + values.get("charge"), ""))),
            new Named(
                    "element that has failed twice",
                    world -> ScriptedFlow.named("failingelement")
                            .task("list", List.of("in"), (values, task) -> List.of(1))
                            .managedEach("each", "list", TWICE, (Integer element, TaskContext task) -> {
                                world.effect("attempt " + task.attempt(), "");
                                throw new IllegalStateException("not one");
                            })),
            new Named(
                    "element whose undoing has failed twice",
                    world -> ScriptedFlow.named("failingundo")
                            .task("list", List.of("in"), (values, task) -> List.of(1))
                            .each(
                                    "each",
                                    "list",
                                    PLAIN,
                                    (Integer element, TaskContext task) -> world.effect("e" + element, element))
                            .task("fail", List.of("each"), (values, task) -> {
                                throw new IllegalStateException("no room");
                            })
                            .compensationEach("each", TWICE, (undone, failure, task) -> {
                                world.effect("undo, attempt " + task.attempt(), "");
                                throw new IllegalStateException("stays");
                            })),
            new Named(
                    "saga of elements",
                    world -> ScriptedFlow.named("elementsaga")
                            .task("list", List.of("in"), (values, task) -> List.of(1, 2, 3))
                            .each(
                                    "each",
                                    "list",
                                    PLAIN,
                                    (Integer element, TaskContext task) -> world.effect("e" + element, element))
                            .task("fail", List.of("each"), (values, task) -> {
                                throw new IllegalStateException("no room");
                            })
                            .compensationEach(
                                    "each",
                                    PLAIN,
                                    (undone, failure, task) -> world.effect("undo " + undone.element(), ""))),
            new Named(
                    "failed element",
                    world -> ScriptedFlow.named("failedelement")
                            .task("list", List.of("in"), (values, task) -> List.of(1, 2, 3))
                            .each(
                                    "each",
                                    "list",
                                    task -> task.maxConcurrency(1),
                                    (Integer element, TaskContext task) -> {
                                        if (element == 3) {
                                            throw new IllegalStateException("not three");
                                        }
                                        return world.effect("e" + element, element);
                                    })
                            .compensationEach(
                                    "each",
                                    PLAIN,
                                    (undone, failure, task) -> world.effect("undo " + undone.element(), ""))));

    static Stream<Arguments> cases() {
        return SCENARIOS.stream()
                .flatMap(scenario ->
                        Stream.of(Engines.SEQUENTIAL, Engines.PARALLEL).map(kind -> Arguments.of(scenario, kind)));
    }

    private static Object outcome(Run<Map<String, Object>> run) {
        try {
            return run.result();
        } catch (FlowFailedException e) {
            return e.task() + " " + rootText(e);
        }
    }

    private static String rootText(Throwable failure) {
        return failure.getMessage().replaceAll("java.lang.", "");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyWriteMayBeTheLast(Named scenario, Engines kind) throws Exception {
        World calm = new World();
        MemoryStore calmStore = new MemoryStore();
        MortalStore counted = new MortalStore(calmStore, Integer.MAX_VALUE, true);
        Object expected;
        RunStatus ended;
        try (Engine engine = DurableRunTest.open(kind, counted)) {
            Run<Map<String, Object>> run =
                    scenario.scenario().flow(calm).on(engine).start(RunOptions.id("r"), "in");
            expected = outcome(run);
            ended = run.status();
        }
        int writes = counted.writes();
        assertThat(writes).isGreaterThan(2);
        for (int last = 2; last <= writes; last++) {
            for (boolean after : new boolean[] {false, true}) {
                dies(scenario, kind, last, after, expected, ended, calm);
            }
        }
    }

    private void dies(
            Named scenario, Engines kind, int last, boolean after, Object expected, RunStatus ended, World calm)
            throws Exception {
        String point = scenario + " on " + kind + (after ? " after" : " before") + " write " + last;
        World world = new World();
        MemoryStore store = new MemoryStore();
        MortalStore mortal = new MortalStore(store, last, after);
        Engine first = DurableRunTest.open(kind, mortal);
        ScriptedFlow dying = scenario.scenario().flow(world).on(first);
        Thread caller = new Thread(() -> swallow(() -> dying.start(RunOptions.id("r"), "in")));
        caller.start();
        Background.until(() -> mortal.isDead() || (!caller.isAlive() && isDone(store)));
        if (!mortal.isDead()) {
            // Its writes came in fewer batches this time.
            first.close();
            return;
        }
        Map<String, Integer> before = counts(world);
        List<TaskRecord> recorded = store.tasks("r");
        try (Engine second = DurableRunTest.open(kind, store)) {
            ScriptedFlow flow = scenario.scenario().flow(world).on(second);
            Run<Map<String, Object>> run = flow.find("r").orElseThrow(() -> new AssertionError(point));

            assertThat(outcome(run)).as(point).isEqualTo(expected);
            // The first handle may have read the store, and the run here hears a moment later that its end is recorded.
            Background.until(() -> !flow.find("r").orElseThrow().status().isActive());
            assertThat(flow.find("r").orElseThrow().status()).as(point).isEqualTo(ended);
        } finally {
            first.close();
            caller.join();
        }
        assertThat(world.effects.keySet()).as(point).isEqualTo(calm.effects.keySet());
        world.effects.forEach((name, count) -> {
            int undisturbed = calm.effects.get(name).get();
            assertThat(count.get()).as(point + ": " + name).isBetween(undisturbed, 2 * undisturbed);
        });
        for (TaskRecord task : recorded) {
            if (task.kind() == TaskRecord.Kind.END
                    && !scenario.name().equals("hashed")
                    && task.status() == TaskRecord.Status.SUCCEEDED
                    && task.element().isEmpty()
                    && before.containsKey(task.task())) {
                assertThat(world.effects.get(task.task()).get())
                        .as(point + ": recorded " + task.task())
                        .isEqualTo(before.get(task.task()));
            }
        }
        long rows = store.tasks("r").stream()
                .map(task -> task.task() + "/" + task.element() + "/" + task.attempt() + "/" + task.kind())
                .distinct()
                .count();
        assertThat(store.tasks("r")).as(point).hasSize((int) rows);
    }

    private static boolean isDone(MemoryStore store) {
        return store.find("r").map(run -> !run.status().isActive()).orElse(false);
    }

    private static Map<String, Integer> counts(World world) {
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        world.effects.forEach((name, count) -> counts.put(name, count.get()));
        return counts;
    }

    private static void swallow(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            // The engine dies.
        }
    }
}
