package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.annotations.OnFailure;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.operations.Retention;
import io.flowright.runtime.operations.RunDescription;
import io.flowright.runtime.operations.RunPage;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.operations.TaskNode;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.TaskRecord;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operators see of runs and do to them, from outside of the engine that works on them. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunsTest {

    private static final Consumer<FlowGraph.Builder> PLAIN = task -> {};

    private final MemoryStore store = new MemoryStore();
    private final Map<String, AtomicInteger> effects = new ConcurrentHashMap<>();

    /** In a process of its own, as it were. */
    private final Runs runs = Runs.in(store, new SerializingCodec());

    private Object effect(String name, Object value) {
        effects.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
        return value;
    }

    private int count(String name) {
        AtomicInteger count = effects.get(name);
        return count == null ? 0 : count.get();
    }

    private Engine open() {
        return DurableRunTest.open(Engines.PARALLEL, store);
    }

    private RunStatus status(String id) {
        return runs.find(id).orElseThrow().status();
    }

    private void await(String id, RunStatus status) {
        Background.until(() -> status(id) == status);
    }

    /** Three tasks, the second of which is held up until the gate opens; it minds interrupts. */
    private ScriptedFlow.Builder held(CountDownLatch inside, CountDownLatch gate) {
        return ScriptedFlow.named("held")
                .task("one", List.of("in"), (values, task) -> effect("one", 1))
                .managed("two", List.of("one"), PLAIN, (values, task) -> {
                    inside.countDown();
                    gate.await();
                    return effect("two", 2);
                })
                .task("three", List.of("two"), (values, task) -> effect("three", 3));
    }

    // ---- commands ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(
            value = Engines.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SEQUENTIAL", "DIRECT_EXECUTOR"})
    void pausingFromOutsideLetsRunningTasksFinish(Engines kind) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger heard = new AtomicInteger();
        try (Engine engine = DurableRunTest.open(kind, counting(heard))) {
            held(inside, gate).on(engine).start(RunOptions.id("r"), "in");
            inside.await();

            assertThat(runs.pause("r")).isTrue();
            assertThat(status("r")).isEqualTo(RunStatus.RUNNING);
            // It has been obeyed once it is asked for again: one thread does both.
            Background.until(() -> heard.get() > 1);
            gate.countDown();

            await("r", RunStatus.PAUSED);
            assertThat(count("two")).isEqualTo(1);
            assertThat(count("three")).isZero();
            assertThat(runs.resume("r")).isTrue();
            await("r", RunStatus.SUCCEEDED);
            assertThat(count("two")).isEqualTo(1);
        }
    }

    /** The store; counts how often an engine has been given commands. */
    private RunStore counting(AtomicInteger heard) {
        RunAdministration administration = store.administration();
        RunAdministration counting = (RunAdministration) Proxy.newProxyInstance(
                RunAdministration.class.getClassLoader(),
                new Class<?>[] {RunAdministration.class},
                (proxy, method, arguments) -> {
                    Object answer = method.invoke(administration, arguments);
                    if (method.getName().equals("commands") && !((List<?>) answer).isEmpty()) {
                        heard.incrementAndGet();
                    }
                    return answer;
                });
        return new ForwardingStore(store) {
            @Override
            public RunAdministration administration() {
                return counting;
            }
        };
    }

    @Test
    void pausingWithInterruptStopsTheTaskAndItRunsAgain() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch gate = new CountDownLatch(1);
        try (Engine engine = open()) {
            held(inside, gate).on(engine).start(RunOptions.id("r"), "in");
            Background.until(() -> inside.getCount() == 1);

            assertThat(runs.pause("r", PauseMode.INTERRUPT)).isTrue();

            await("r", RunStatus.PAUSED);
            assertThat(count("two")).isZero();
            assertThat(runs.resume("r")).isTrue();
            inside.await();
            gate.countDown();
            await("r", RunStatus.SUCCEEDED);
            assertThat(count("one")).isEqualTo(1);
            assertThat(count("two")).isEqualTo(1);
        }
    }

    @Test
    void ofManyWhoResumeOneDoes() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (Engine engine = open()) {
            held(inside, gate).on(engine).start(RunOptions.id("r"), "in");
            inside.await();
            runs.pause("r", PauseMode.INTERRUPT);
            await("r", RunStatus.PAUSED);
            gate.countDown();

            List<CompletableFuture<Boolean>> answers = new ArrayList<>();
            CountDownLatch together = new CountDownLatch(1);
            for (int i = 0; i < 16; i++) {
                answers.add(Background.call(() -> {
                    together.await();
                    return Runs.in(store, new SerializingCodec()).resume("r");
                }));
            }
            together.countDown();

            assertThat(answers.stream().filter(CompletableFuture::join)).hasSize(1);
            await("r", RunStatus.SUCCEEDED);
        }
    }

    @Test
    void aCommandSurvivesTheEngineThatItWasFor() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicBoolean deaf = new AtomicBoolean(true);
        ForwardingStore first = new ForwardingStore(store) {
            @Override
            public RunAdministration administration() {
                if (deaf.get() && Thread.currentThread().getName().equals("flowright-adoption")) {
                    throw new StoreUnavailableException("deaf");
                }
                return super.administration();
            }
        };
        Engine dying = DurableRunTest.open(Engines.PARALLEL, first);
        held(inside, gate).on(dying).start(RunOptions.id("r"), "in");
        Background.until(() -> inside.getCount() == 1);
        assertThat(runs.cancel("r")).isTrue();
        store.expireLeases();
        try (Engine second = open()) {
            held(inside, gate).on(second);

            await("r", RunStatus.CANCELLED);
        } finally {
            gate.countDown();
            dying.close();
        }
    }

    @Test
    void aRunThatNobodyOwnsIsStoppedAtOnce() {
        MortalStore mortal = new MortalStore(store, 2, false);
        Engine first = DurableRunTest.open(Engines.PARALLEL, mortal);
        held(new CountDownLatch(1), new CountDownLatch(0)).on(first).start(RunOptions.id("r"), "in");
        Background.until(mortal::isDead);
        store.expireLeases();

        assertThat(runs.pause("r")).isTrue();
        assertThat(status("r")).isEqualTo(RunStatus.PAUSED);
        assertThat(runs.cancel("r")).isTrue();
        assertThat(status("r")).isEqualTo(RunStatus.CANCELLED);
        assertThat(runs.cancel("r")).isFalse();
        first.close();
    }

    @Test
    void cancellingWithCompensationUndoesWhatWasDone() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        ScriptedFlow.Builder saga = ScriptedFlow.named("saga")
                .task("book", List.of("in"), (values, task) -> effect("book", "booking"))
                .managed("wait", List.of("book"), PLAIN, (values, task) -> {
                    inside.countDown();
                    new CountDownLatch(1).await();
                    return 2;
                })
                .compensation("book", PLAIN, (values, failure, task) -> effect("undo", ""));
        try (Engine engine = open()) {
            saga.on(engine).start(RunOptions.id("r"), "in");
            inside.await();

            assertThat(runs.cancel("r", CancelMode.COMPENSATE)).isTrue();

            await("r", RunStatus.COMPENSATED);
            assertThat(count("undo")).isEqualTo(1);
            assertThat(runs.tree("r")).extracting(TaskNode::status).startsWith(TaskStatus.COMPENSATED);
        }
    }

    @Test
    void whatIsNotThereOrDoneIsRefusedAndOnTheTrail() {
        try (Engine engine = open()) {
            Run<?> run = ScriptedFlow.named("short")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .on(engine)
                    .start(RunOptions.id("r"), "in");
            run.result();
        }

        Runs alice = runs.by(Operator.named("alice").because("a try"));
        assertThat(List.of(
                        alice.pause("r"), alice.resume("r"), alice.cancel("r"), alice.redrive("r"), alice.discard("r")))
                .containsOnly(false);
        assertThat(alice.pause("nobody")).isFalse();
        assertThat(alice.resume("nobody")).isFalse();

        assertThat(runs.trail(null, 0, 100)).hasSize(7).allSatisfy(entry -> {
            assertThat(entry.accepted()).isFalse();
            assertThat(entry.act().operator()).isEqualTo(new Operator("alice", "a try"));
        });
        assertThat(runs.trail("nobody", 0, 100))
                .extracting(entry -> entry.act().action())
                .containsExactly("pause", "resume");
        assertThat(runs.firstForgedEntry()).isEmpty();
    }

    @Test
    void manyRunsAreStoppedByAQuery() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (Engine engine = open()) {
            ScriptedFlow flow = held(new CountDownLatch(3), gate).on(engine);
            for (int i = 0; i < 3; i++) {
                flow.start(RunOptions.id("r" + i).withTag("shop", i < 2 ? "berlin" : "paris"), "in");
            }

            RunQuery berlin = RunQuery.all().ofFlow("held").active().withTag("shop", "berlin");
            assertThat(runs.cancelAll(berlin, CancelMode.KEEP)).isEqualTo(2);

            await("r0", RunStatus.CANCELLED);
            await("r1", RunStatus.CANCELLED);
            assertThat(status("r2")).isEqualTo(RunStatus.RUNNING);
            gate.countDown();
            await("r2", RunStatus.SUCCEEDED);
        }
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    @Test
    void pagesHaveEachRunOnce() {
        try (Engine engine = open()) {
            ScriptedFlow flow = ScriptedFlow.named("many")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .on(engine);
            for (int i = 0; i < 25; i++) {
                flow.start(RunOptions.id("r" + i), "in").result();
            }
        }
        List<String> seen = new ArrayList<>();
        RunPage page = runs.list(RunQuery.all(), null, 10);
        page.runs().forEach(run -> seen.add(run.id()));
        while (page.next() != null) {
            page = runs.list(RunQuery.all(), page.next(), 10);
            page.runs().forEach(run -> seen.add(run.id()));
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        assertThat(runs.count()).singleElement().satisfies(count -> {
            assertThat(count.flow()).isEqualTo("many");
            assertThat(count.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(count.runs()).isEqualTo(25);
        });
        assertThatThrownBy(() -> runs.list(RunQuery.all(), null, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDescriptionTellsTheWholeStory() {
        AtomicInteger failures = new AtomicInteger(1);
        try (Engine engine = open()) {
            ScriptedFlow flow = ScriptedFlow.named("story")
                    .task("one", List.of("in"), (values, task) -> 1)
                    .<String>managedEach("each", "in", PLAIN, (element, task) -> element + "!")
                    .managed("two", List.of("one", "each"), PLAIN, (values, task) -> {
                        if (failures.getAndDecrement() > 0) {
                            throw new IllegalStateException("not yet");
                        }
                        return 2;
                    })
                    .task("three", List.of("two"), (values, task) -> 3)
                    .on(engine);
            Run<?> run = flow.start(RunOptions.id("r").withTag("shop", "berlin"), List.of("a", "b"));
            assertThatThrownBy(run::result).isInstanceOf(FlowFailedException.class);

            RunDescription failed = runs.describe("r").orElseThrow();
            assertThat(failed.run().tags()).containsExactly(Map.entry("shop", "berlin"));
            assertThat(failed.run().status()).isEqualTo(RunStatus.FAILED);
            assertThat(failed.totalSteps()).isEqualTo(4);
            assertThat(failed.stepsDone()).isEqualTo(2);
            assertThat(failed.tasks())
                    .extracting(TaskNode::name, TaskNode::status)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("one", TaskStatus.SUCCEEDED),
                            org.assertj.core.groups.Tuple.tuple("each", TaskStatus.SUCCEEDED),
                            org.assertj.core.groups.Tuple.tuple("two", TaskStatus.FAILED),
                            org.assertj.core.groups.Tuple.tuple("three", TaskStatus.PENDING));
            assertThat(failed.tasks().stream()
                            .filter(task -> task.name().equals("each"))
                            .findFirst()
                            .orElseThrow()
                            .parts())
                    .extracting(TaskNode::name)
                    .containsExactly("[0]", "[1]");
            assertThat(failed.history())
                    .filteredOn(attempt -> attempt.failure() != null)
                    .singleElement()
                    .satisfies(attempt -> {
                        assertThat(attempt.task()).isEqualTo("two");
                        assertThat(attempt.status()).isEqualTo(TaskRecord.Status.FAILED);
                        assertThat(attempt.failure().message()).isEqualTo("not yet");
                    });

            assertThat(runs.deadLetters(RunQuery.all(), null, 10).runs())
                    .extracting(RunSummary::id)
                    .containsExactly("r");
            assertThat(runs.redrive("r")).isTrue();
            await("r", RunStatus.SUCCEEDED);
            RunDescription done = runs.describe("r").orElseThrow();
            assertThat(done.stepsDone()).isEqualTo(4);
            assertThat(done.statistics().failedAttempts()).isEqualTo(1);
            assertThat(done.statistics().discardedFailures()).isEqualTo(1);
            assertThat(done.statistics().incomplete()).isZero();
            assertThat(runs.history("r")).extracting(TaskAttempt::number).contains(2);
            assertThat(runs.deadLetters(RunQuery.all(), null, 10).runs()).isEmpty();
        }
    }

    @Test
    void anEngineInMemoryHasNoRuns() {
        try (Engine engine = Engine.inMemory()) {
            assertThat(engine.runs().list(RunQuery.all(), null, 10).runs()).isEmpty();
            assertThat(engine.runs().find("r")).isEmpty();
            assertThat(engine.runs().pause("r")).isFalse();
        }
    }

    // ---- beginning again -----------------------------------------------------------------------------------------

    private ScriptedFlow.Builder diamond() {
        return ScriptedFlow.named("diamond")
                .task("one", List.of("in"), (values, task) -> effect("one", values.get("in") + "1"))
                .task("left", List.of("one"), (values, task) -> effect("left", values.get("one") + "l"))
                .task("right", List.of("one"), (values, task) -> effect("right", values.get("one") + "r"))
                .task(
                        "end",
                        List.of("left", "right"),
                        (values, task) -> effect("end", "" + values.get("left") + values.get("right")));
    }

    @Test
    void aRunBeginsAgainInTheMiddle() {
        try (Engine engine = open()) {
            ScriptedFlow flow = diamond().on(engine);
            flow.start(RunOptions.id("r").withTag("shop", "berlin"), "x").result();

            String again = runs.restartFrom("r", "right");

            assertThat(flow.find(again).orElseThrow().result()).containsEntry("end", "x1lx1r");
            assertThat(count("one")).isEqualTo(1);
            assertThat(count("left")).isEqualTo(1);
            assertThat(count("right")).isEqualTo(2);
            assertThat(count("end")).isEqualTo(2);
            assertThat(runs.find(again).orElseThrow().tags())
                    .containsEntry("shop", "berlin")
                    .containsEntry("flowright.restarted-from", "r");
            assertThat(runs.trail("r", 0, 10))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.act().details()).contains(again));
        }
    }

    @Test
    void aRunBeginsAgainWithOtherInputs() {
        try (Engine engine = open()) {
            ScriptedFlow flow = diamond().on(engine);
            flow.start(RunOptions.id("r"), "x").result();

            String again = engine.runs().restartFrom("r", "end", Map.of("in", "y"));

            assertThat(flow.find(again).orElseThrow().result()).containsEntry("end", "y1ly1r");
            assertThat(count("one")).isEqualTo(2);
            assertThatThrownBy(() -> engine.runs().restartFrom("r", "end", Map.of("out", "y")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no input out");
            assertThatThrownBy(() -> runs.restartFrom("r", "end", Map.of("in", "y")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("diamond");
        }
    }

    @Test
    void whatWasUndoneIsDoneAgain() {
        AtomicInteger failures = new AtomicInteger(1);
        ScriptedFlow.Builder saga = ScriptedFlow.named("saga")
                .onFailure(OnFailure.COMPENSATE)
                .task("look", List.of("in"), (values, task) -> effect("look", 0))
                .task("book", List.of("look"), (values, task) -> effect("book", "booking"))
                .task("fail", List.of("book"), (values, task) -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("not yet");
                    }
                    return 1;
                })
                .compensation("book", PLAIN, (values, failure, task) -> effect("undo", ""));
        try (Engine engine = open()) {
            ScriptedFlow flow = saga.on(engine);
            assertThatThrownBy(() -> flow.start(RunOptions.id("r"), "in").result())
                    .isInstanceOf(FlowFailedException.class);
            assertThat(status("r")).isEqualTo(RunStatus.COMPENSATED);

            String again = runs.restartFrom("r", "fail");

            flow.find(again).orElseThrow().result();
            assertThat(count("look")).isEqualTo(1);
            assertThat(count("book")).isEqualTo(2);
            assertThat(count("undo")).isEqualTo(1);
        }
    }

    @Test
    void whatCannotBeginAgainIsSaid() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (Engine engine = open()) {
            held(inside, gate).on(engine).start(RunOptions.id("r"), "in");
            inside.await();

            assertThatThrownBy(() -> runs.restartFrom("r", "two"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("RUNNING");
            assertThatThrownBy(() -> runs.restart("nobody"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nobody");
            gate.countDown();
            await("r", RunStatus.SUCCEEDED);
            assertThatThrownBy(() -> runs.restartFrom("r", "four"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no task four, but one, two, three");
            String again = runs.restart("r");
            await(again, RunStatus.SUCCEEDED);
            assertThat(count("one")).isEqualTo(2);
        }
    }

    // ---- cleaning up ---------------------------------------------------------------------------------------------

    @Test
    void oldRunsAreRemoved() {
        try (Engine engine = open()) {
            ScriptedFlow flow = diamond().on(engine);
            flow.start(RunOptions.id("r"), "x").result();

            assertThat(runs.purge(Duration.ofDays(1), RunStatus.SUCCEEDED)).isZero();
            assertThat(runs.purge(Duration.ZERO, RunStatus.FAILED)).isZero();
            assertThat(runs.purge(Duration.ZERO, RunStatus.SUCCEEDED)).isEqualTo(1);

            assertThat(runs.find("r")).isEmpty();
            assertThat(runs.history("r")).isEmpty();
            assertThatThrownBy(() -> runs.purge(Duration.ZERO, RunStatus.RUNNING))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(runs.trail(null, 0, 10)).hasSize(3);
        }
    }

    @Test
    void aPolicyRemovesThem() {
        try (Engine engine = Engine.builder()
                .store(store)
                .codec(new SerializingCodec())
                .retention(Retention.keep(RunStatus.CANCELLED, Duration.ofDays(1)))
                .build()) {
            diamond().on(engine).start(RunOptions.id("r"), "x").result();
        }
        try (Engine engine = Engine.builder()
                .store(store)
                .codec(new SerializingCodec())
                .retention(Retention.keep(RunStatus.SUCCEEDED, Duration.ZERO))
                .build()) {
            Background.until(() -> engine.runs().find("r").isEmpty());
            Background.until(() -> !runs.trail(null, 0, 10).isEmpty());
            AuditEntry entry = runs.trail(null, 0, 10).get(0);
            assertThat(entry.act().operator().name()).isEqualTo("retention");
        }
        assertThatThrownBy(() -> Retention.keep(RunStatus.RUNNING, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- priority ------------------------------------------------------------------------------------------------

    @Test
    void whoHasAHigherPriorityComesFirstWhereRunsWait() throws Exception {
        List<Object> order = java.util.Collections.synchronizedList(new ArrayList<>());
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (Engine engine = Engine.builder().parallelism(4).maxActiveRuns(1).build()) {
            ScriptedFlow flow = ScriptedFlow.named("queued")
                    .task("one", List.of("in"), (values, task) -> {
                        inside.countDown();
                        gate.await();
                        return order.add(values.get("in"));
                    })
                    .on(engine);
            flow.start(RunOptions.none(), "first");
            inside.await();
            List<Thread> waiting = new ArrayList<>();
            for (int priority : List.of(1, 3, 2, 3)) {
                int number = waiting.size();
                Thread starter = new Thread(() -> flow.start(RunOptions.priority(priority), priority + " as " + number)
                        .result());
                starter.start();
                waiting.add(starter);
                Background.until(() -> starter.getState() == Thread.State.WAITING);
            }
            gate.countDown();
            for (Thread starter : waiting) {
                starter.join();
            }
        }
        assertThat(order).containsExactly("first", "3 as 1", "3 as 3", "2 as 2", "1 as 0");
    }

    @Test
    void whatStoresCannotIndexIsRefused() {
        String thousand = "x".repeat(1_000);

        assertThat(RunOptions.id(thousand).withTag("x".repeat(200), thousand).id())
                .isEqualTo(thousand);
        assertThatThrownBy(() -> RunOptions.id("é".repeat(501)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1002 bytes");
        assertThatThrownBy(() -> RunOptions.tag("shop", thousand + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value of tag shop");
        assertThatThrownBy(() -> RunOptions.tag("x".repeat(201), "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cursorsAreTexts() {
        try (Engine engine = open()) {
            diamond().on(engine).start(RunOptions.id("a/b"), "x").result();
        }
        Optional<RunSummary> run = runs.find("a/b");

        assertThat(io.flowright.runtime.operations.RunCursor.parse(
                        run.orElseThrow().cursor().toString()))
                .isEqualTo(run.orElseThrow().cursor());
        assertThatThrownBy(() -> io.flowright.runtime.operations.RunCursor.parse("yesterday/r"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
