package io.flowright.crash.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flowright.crash.chaos.Violation.Rule;
import io.flowright.runtime.Engine;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge finds nothing where nothing is wrong, and finds each mistake that is planted in a store. */
@Timeout(60)
class InvariantsTest {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The names of the threads on which engines run tasks. */
    private static final Pattern WORKER = Pattern.compile("flowright-\\d+-.*");

    @TempDir
    private Path directory;

    private final MemoryStore store = new MemoryStore();
    private final Told told = new Told(new HashSet<>(), new HashSet<>(), new HashMap<>());

    /** By process and place: what it waits for. */
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();

    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    private final CountingCodec codec = new CountingCodec();
    private final List<Engine> engines = new ArrayList<>();
    private final Map<Engine, Map<ChaosFlow, ChaosFlow.Starter>> starters = new HashMap<>();

    private Path log;
    private SharedLines deeds;

    @BeforeEach
    void open() {
        log = directory.resolve("deeds");
        deeds = SharedLines.open(log);
    }

    @AfterEach
    void close() {
        gates.values().forEach(CountDownLatch::countDown);
        engines.forEach(Engine::close);
        deeds.close();
    }

    @ParameterizedTest
    @EnumSource
    void anUndisturbedRunIsInOrder(ChaosFlow flow) {
        Engine engine = engine(store);
        start(engine, "calm", flow, 1);
        start(engine, "calm", flow, 2);
        ends(flow.run("calm", 1));
        ends(flow.run("calm", 2));

        assertThat(violations()).isEmpty();
        assertThat(deeds()).isNotEmpty();
    }

    /** An owner that does not know that it is not the owner any more, for nothing in its process has told it. */
    @Test
    void anOwnerThatIsReplacedInTheMiddleIsInOrder() {
        FrontStore front = new FrontStore(store);
        replaceInTheMiddle(front, () -> await().atMost(LIMIT).until(() -> front.hasWritten("order")));

        assertThat(violations()).isEmpty();
        assertThat(deeds()).extracting(Deed::place).filteredOn("order"::equals).hasSize(2);
    }

    @Test
    void aStoreThatLetsStaleWritesInIsFound() {
        hold("first", "receipt");
        replaceInTheMiddle(new FrontStore(new BrokenStores.Unfenced(store)), () -> reaches("first", "receipt"));

        assertThat(violations())
                .extracting(Violation::rule)
                .containsOnly(Rule.DOUBLE_OWNED, Rule.NOT_ON_RECORD)
                .contains(Rule.DOUBLE_OWNED, Rule.NOT_ON_RECORD);
    }

    private void replaceInTheMiddle(FrontStore front, Runnable afterwards) {
        hold("second", "receipt");
        isIn(front, ChaosFlow.CHAINED, "order");
        front.deafen();
        store.expireLeases();
        Engine second = engine(store);
        flows(second, "second");
        reaches("second", "receipt");
        release("first", "order");
        afterwards.run();
        release("second", "receipt");
        ends(ChaosFlow.CHAINED.run("first", 1));
    }

    /** Another run takes the key of one whose owner does not know that its lease is over, before anybody has taken up that run. */
    @Test
    void aRunThatLosesItsKeyInTheMiddleIsInOrder() {
        FrontStore front = new FrontStore(store);
        isIn(front, ChaosFlow.POOLED, "charge");
        front.deafen();
        store.expireLeases();
        FrontStore idle = new FrontStore(store);
        idle.deafen();
        start(engine(idle), "second", ChaosFlow.POOLED, 1);
        ends(ChaosFlow.POOLED.run("second", 1));
        release("first", "charge");
        await().atMost(LIMIT).until(() -> front.hasWritten("charge"));
        flows(engine(store), "third");
        ends(ChaosFlow.POOLED.run("first", 1));

        assertThat(violations()).isEmpty();
        assertThat(deeds()).extracting(Deed::place).filteredOn("charge"::equals).hasSize(2);
    }

    @Test
    void aProcessThatDiesIsInOrder() {
        dieInTheMiddle(each -> each);

        assertThat(violations()).isEmpty();
    }

    @Test
    void aStoreThatWritesAfterItHasSaidSoIsFound() {
        dieInTheMiddle(BrokenStores.Hasty::new);

        assertThat(violations()).extracting(Violation::rule).contains(Rule.NOT_ON_RECORD);
    }

    private void dieInTheMiddle(UnaryOperator<RunStore> mistake) {
        FrontStore front = new FrontStore(mistake.apply(store));
        isIn(front, ChaosFlow.CHAINED, "receipt");
        front.die();
        store.expireLeases();
        Engine second = engine(store);
        flows(second, "second");
        ends(ChaosFlow.CHAINED.run("first", 1));
    }

    @Test
    void aRunThatWasStartedAndIsNotThereIsFound() {
        FrontStore front = new FrontStore(new BrokenStores.Hasty(store));
        isIn(front, ChaosFlow.CHAINED, "order");
        front.die();

        assertThat(violations()).extracting(Violation::rule).containsOnly(Rule.LOST);
    }

    @Test
    void aBatchOfWhichOneIsRefusedIsInOrder() {
        refuseOneOfABatch(each -> each);
        OTHERS.forEach(number -> ends(ChaosFlow.SPREAD.run("first", number)));

        assertThat(violations()).isEmpty();
    }

    @Test
    void aStoreThatRefusesABatchAsAWholeIsFound() {
        refuseOneOfABatch(BrokenStores.AllOrNothing::new);

        assertThat(violations()).extracting(Violation::rule).containsOnly(Rule.STUCK);
        assertThat(violations()).extracting(Violation::run).allMatch(run -> ChaosFlow.of(run) == ChaosFlow.SPREAD);
    }

    private static final List<Integer> OTHERS = List.of(3, 4, 5);

    /** Of the runs whose results are written together one has got another owner. That one ends, and one that was written alone. */
    private void refuseOneOfABatch(UnaryOperator<RunStore> mistake) {
        hold("first", "order");
        hold("first", "pages");
        hold("first", "booking");
        hold("first", "payment");
        FrontStore front = new FrontStore(mistake.apply(store));
        Engine first = engine(front);
        start(first, "first", ChaosFlow.CHAINED, 1);
        reaches("first", "order");
        start(first, "first", ChaosFlow.UNDONE, 2);
        reaches("first", "booking");
        OTHERS.forEach(number -> start(first, "first", ChaosFlow.SPREAD, number));
        await().atMost(LIMIT).until(() -> deeds().size() == 2 + OTHERS.size());

        String taken = ChaosFlow.CHAINED.run("first", 1);
        RunRecord found = store.find(taken).orElseThrow();
        front.deafen();
        store.expireLeases();
        assertThat(store.adopt("thief", List.of(found.flow()), 1)).hasSize(1);
        store.enter("thief", "thief", Duration.ofDays(1));
        store.enter(Objects.requireNonNull(found.owner()), "first", Duration.ofDays(1));

        front.block();
        submits(1, () -> release("first", "booking"));
        assertThat(front.isBlocked()).isTrue();
        submits(1, () -> release("first", "order"));
        submits(OTHERS.size(), () -> release("first", "pages"));
        front.unblock();
        await().atMost(LIMIT).until(() -> front.hasWritten("order") && front.hasWritten("pages"));
        release("first", "payment");
        ends(ChaosFlow.UNDONE.run("first", 2));
        Engine second = engine(store);
        store.leave("thief");
        flows(second, "second");
        ends(taken);
    }

    /**
     * Does something, and waits for values to be on their way to the store: they have been encoded, and the threads that did it
     * have nothing left to do. Between the two a thread may be kept from running for long.
     */
    private void submits(int values, Runnable action) {
        int before = codec.encoded();
        action.run();
        await().atMost(LIMIT).until(() -> codec.encoded() >= before + values);
        await().atMost(LIMIT).during(Duration.ofMillis(100)).until(InvariantsTest::workersRest);
    }

    private static boolean workersRest() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> WORKER.matcher(thread.getName()).matches())
                .allMatch(thread ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }

    // ---- engines ---------------------------------------------------------------------------------------------------

    private Engine engine(RunStore behind) {
        Engine engine = Engine.builder()
                .store(behind)
                .codec(codec)
                .lease(LEASE)
                .parallelism(8)
                .closeTimeout(Duration.ofMillis(200))
                .build();
        engines.add(engine);
        return engine;
    }

    private Map<ChaosFlow, ChaosFlow.Starter> flows(Engine engine, String process) {
        return starters.computeIfAbsent(engine, any -> {
            Map<ChaosFlow, ChaosFlow.Starter> those = new HashMap<>();
            World world = new World(deeds, process, atGate(process));
            for (ChaosFlow flow : ChaosFlow.values()) {
                those.put(flow, flow.on(engine, world));
            }
            return those;
        });
    }

    private Consumer<TaskContext> atGate(String process) {
        return task -> {
            String gate = process + " " + task.task();
            CountDownLatch latch = gates.get(gate);
            if (latch != null) {
                waiting.add(gate);
                boolean interrupted = false;
                while (true) {
                    try {
                        latch.await();
                        break;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private void start(Engine engine, String process, ChaosFlow flow, int number) {
        String run = flow.run(process, number);
        told.tried().add(run);
        flows(engine, process).get(flow).start(run);
        told.started().add(run);
    }

    /** A first process has run number 1 of a flow, and is in the middle of a task. */
    private void isIn(FrontStore front, ChaosFlow flow, String task) {
        hold("first", task);
        start(engine(front), "first", flow, 1);
        reaches("first", task);
    }

    private void hold(String process, String task) {
        gates.put(process + " " + task, new CountDownLatch(1));
    }

    private void reaches(String process, String task) {
        await().atMost(LIMIT).until(() -> waiting.contains(process + " " + task));
    }

    private void release(String process, String task) {
        gates.get(process + " " + task).countDown();
    }

    private void ends(String run) {
        await().atMost(LIMIT).until(() -> store.find(run).orElseThrow().status().isDone());
    }

    private List<Deed> deeds() {
        return SharedLines.read(log).stream().map(Deed::parse).toList();
    }

    private List<Violation> violations() {
        return Invariants.violations(store, told, deeds());
    }
}
