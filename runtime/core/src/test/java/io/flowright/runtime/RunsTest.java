package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowright.annotations.OnFailure;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Tag("slow")
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

    /** A task that is recorded, one that is not and fails as long as it is told to, and one after it. */
    private ScriptedFlow.Builder failingPure(AtomicBoolean broken) {
        return ScriptedFlow.named("pure")
                .task("one", List.of("in"), (values, task) -> effect("one", 1))
                .managed("bad", List.of("one"), task -> task.pure().retry(RetrySpec.attempts(2)), (values, task) -> {
                    if (broken.get()) {
                        throw new IllegalStateException("not today");
                    }
                    return effect("bad", 2);
                })
                .task("three", List.of("bad"), (values, task) -> effect("three", 3));
    }

    @Test
    void failureOfAPureTaskIsOnRecordForOtherProcesses() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (Engine engine = open()) {
            failingPure(broken).on(engine).start(RunOptions.id("r"), "in");
            await("r", RunStatus.FAILED);
        }

        TaskAttempt failed = runs.history("r").stream()
                .filter(attempt -> attempt.task().equals("bad"))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(failed.status()).isEqualTo(TaskRecord.Status.FAILED);
        assertThat(failed.number()).isEqualTo(2);
        assertThat(failed.failure()).hasToString("java.lang.IllegalStateException: not today");
        assertThat(failed.inputHash()).isNotNull();
        assertThat(runs.tree("r"))
                .extracting(TaskNode::status)
                .containsExactly(TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.PENDING);
        try (Engine other = open()) {
            Run<?> found = failingPure(broken).on(other).find("r").orElseThrow();
            assertThatThrownBy(found::result)
                    .isInstanceOf(FlowFailedException.class)
                    .hasRootCauseInstanceOf(RecordedException.class)
                    .hasMessageContaining("not today");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"resume", "redrive", "restartFrom"})
    void pureTaskThatFailedRunsAgain(String command) throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (Engine engine = open()) {
            failingPure(broken).on(engine).start(RunOptions.id("r"), "in");
            await("r", RunStatus.FAILED);
        }
        broken.set(false);
        String id = "r";
        switch (command) {
            case "resume" -> assertThat(runs.resume("r")).isTrue();
            case "redrive" -> assertThat(runs.redrive("r")).isTrue();
            default -> id = runs.restartFrom("r", "bad");
        }
        try (Engine other = open()) {
            failingPure(broken).on(other);
            await(id, RunStatus.SUCCEEDED);
        }
        assertThat(count("one")).isEqualTo(1);
        assertThat(count("bad")).isEqualTo(1);
        assertThat(count("three")).isEqualTo(1);
        // It failed before, which stays on record; that it has succeeded since is not recorded.
        assertThat(runs.tree(id)).extracting(TaskNode::status).containsOnly(TaskStatus.SUCCEEDED);
    }

    /** A task of which the hash is recorded, then one that is held up until the gate opens. */
    private ScriptedFlow.Builder hashed(AtomicReference<String> secret, CountDownLatch inside, CountDownLatch gate) {
        return ScriptedFlow.named("hashed")
                .managed("secret", List.of("in"), FlowGraph.Builder::hashed, (values, task) -> secret.get())
                .managed("length", List.of("secret"), PLAIN, (values, task) -> {
                    inside.countDown();
                    gate.await();
                    return effect("length", values.<String>get("secret").length());
                });
    }

    private void leaveHashed(AtomicReference<String> secret) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        try (Engine engine = open()) {
            hashed(secret, inside, new CountDownLatch(1)).on(engine).start(RunOptions.id("r"), "in");
            inside.await();
            assertThat(runs.pause("r", PauseMode.INTERRUPT)).isTrue();
            await("r", RunStatus.PAUSED);
        }
    }

    @Test
    void ofAHashedKeyOnlyTheHashIsInTheStore() throws Exception {
        AtomicReference<String> secret = new AtomicReference<>("4711");
        leaveHashed(secret);
        assertThat(store.tasks("r"))
                .filteredOn(entry -> entry.task().equals("secret"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.result()).isNull();
                    assertThat(entry.outputHash()).hasSize(64);
                });
        assertThat(runs.resume("r")).isTrue();
        try (Engine engine = open()) {
            ScriptedFlow flow =
                    hashed(secret, new CountDownLatch(1), new CountDownLatch(0)).on(engine);
            await("r", RunStatus.SUCCEEDED);
            assertThat(flow.find("r").orElseThrow().result()).containsEntry("secret", "4711");
        }
        secret.set("0815");
        try (Engine engine = open()) {
            ScriptedFlow flow =
                    hashed(secret, new CountDownLatch(1), new CountDownLatch(0)).on(engine);
            assertThatThrownBy(() -> flow.find("r").orElseThrow().result())
                    .isInstanceOf(FlowFailedException.class)
                    .hasMessageContaining("task secret of flow hashed failed")
                    .hasMessageContaining("gave another value");
        }
        assertThat(runs.history("r"))
                .filteredOn(attempt -> attempt.task().equals("secret"))
                .hasSize(1);
        assertThat(count("length")).isEqualTo(1);
    }

    @Test
    void aHashedKeyThatHasAnotherValueThenFailsItsTask() throws Exception {
        AtomicReference<String> secret = new AtomicReference<>("4711");
        leaveHashed(secret);
        secret.set("0815");
        assertThat(runs.resume("r")).isTrue();
        try (Engine engine = open()) {
            hashed(secret, new CountDownLatch(1), new CountDownLatch(0)).on(engine);
            await("r", RunStatus.FAILED);
        }
        TaskAttempt failed = runs.history("r").get(runs.history("r").size() - 1);
        assertThat(failed.task()).isEqualTo("secret");
        assertThat(failed.number()).isEqualTo(2);
        assertThat(String.valueOf(failed.failure()))
                .contains("task 'secret' gave another value")
                .doesNotContain("4711", "0815");
        assertThat(count("length")).isZero();

        // It is compared with the first one, however often it runs.
        for (String value : List.of("0815", "4711")) {
            secret.set(value);
            assertThat(runs.resume("r")).isTrue();
            try (Engine engine = open()) {
                hashed(secret, new CountDownLatch(1), new CountDownLatch(0)).on(engine);
                await("r", value.equals("4711") ? RunStatus.SUCCEEDED : RunStatus.FAILED);
            }
        }
        assertThat(runs.tree("r")).extracting(TaskNode::status).containsOnly(TaskStatus.SUCCEEDED);
    }

    /** What was interrupted, as {@code task[element] number}. */
    private List<String> interrupts(String id) {
        return runs.history(id).stream()
                .filter(attempt -> attempt.kind() == TaskRecord.Kind.INTERRUPT)
                .map(attempt -> attempt.task() + (attempt.element() == null ? "" : "[" + attempt.element() + "]") + " "
                        + attempt.number())
                .toList();
    }

    private List<String> interrupted(String id) {
        return runs.describe(id).orElseThrow().interrupted();
    }

    @Test
    void whichTaskWasInterruptedIsOnRecord() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        for (int stay = 1; stay <= 2; stay++) {
            // The second time in another process.
            CountDownLatch inside = new CountDownLatch(1);
            try (Engine engine = open()) {
                ScriptedFlow flow = held(inside, gate).on(engine);
                if (stay == 1) {
                    flow.start(RunOptions.id("r"), "in");
                } else {
                    assertThat(runs.resume("r")).isTrue();
                    await("r", RunStatus.RUNNING);
                }
                inside.await();
                assertThat(interrupted("r")).isEmpty();

                assertThat(runs.pause("r", PauseMode.INTERRUPT)).isTrue();

                await("r", RunStatus.PAUSED);
                assertThat(interrupted("r")).containsExactly("two");
                assertThat(runs.tree("r"))
                        .extracting(TaskNode::status)
                        .containsExactly(TaskStatus.SUCCEEDED, TaskStatus.PENDING, TaskStatus.PENDING);
            }
        }
        assertThat(interrupts("r")).containsExactly("two 1", "two 2");
        assertThat(runs.describe("r").orElseThrow().statistics().attempts()).isEqualTo(1);
        gate.countDown();
        try (Engine engine = open()) {
            held(new CountDownLatch(1), gate).on(engine);
            assertThat(runs.resume("r")).isTrue();
            await("r", RunStatus.SUCCEEDED);
        }
        assertThat(interrupted("r")).isEmpty();
        assertThat(count("two")).isEqualTo(1);
        TaskAttempt last = runs.history("r").stream()
                .filter(attempt -> attempt.task().equals("two"))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(last.kind()).isEqualTo(TaskRecord.Kind.END);
        assertThat(last.number()).isEqualTo(1);
    }

    @Test
    void directTasksAndElementsThatWereInterruptedAreOnRecord() throws Exception {
        CountDownLatch inside = new CountDownLatch(3);
        CountDownLatch never = new CountDownLatch(1);
        try (Engine engine = open()) {
            ScriptedFlow.named("elements")
                    .task("direct", List.of("in"), (values, task) -> {
                        inside.countDown();
                        never.await();
                        return "";
                    })
                    .task("list", List.of("in"), (values, task) -> List.of(1, 2))
                    .each("each", "list", PLAIN, (Integer element, TaskContext task) -> {
                        if (element == 1) {
                            return element;
                        }
                        inside.countDown();
                        never.await();
                        return element;
                    })
                    .managedEach("managed", "list", PLAIN, (Integer element, TaskContext task) -> {
                        if (element == 1) {
                            return element;
                        }
                        inside.countDown();
                        never.await();
                        return element;
                    })
                    .on(engine)
                    .start(RunOptions.id("r"), "in");
            inside.await();

            assertThat(runs.cancel("r")).isTrue();

            await("r", RunStatus.CANCELLED);
        }
        assertThat(interrupts("r")).containsExactlyInAnyOrder("direct 1", "each[1] 1", "managed[1] 1");
        assertThat(interrupted("r")).containsExactlyInAnyOrder("direct", "each", "managed");
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

    @Tag("slow")
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

    @Tag("slow")
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

    @Tag("slow")
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

    @Tag("slow")
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
