package io.flowright.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.KeyWrite;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Two handles on one fresh store with the engines {@code live} and {@code adopter}, and what the tests write into it.
 *
 * <p>Leases are either an hour, so that nobody dies who should not, or so short that they are over soon; that is waited for. No test
 * says that a short lease is not over yet.
 */
abstract class StoreFixture {

    static final Duration LONG = Duration.ofHours(1);
    static final Duration SHORT = Duration.ofMillis(5);

    static final FlowVersion FLOW = new FlowVersion("order", "f1");

    /** To the microsecond, which every store keeps. */
    static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");

    private @Nullable RunStore first;
    private @Nullable RunStore second;

    /**
     * Opens a store that is empty, for one test; called once for each. The test closes it.
     *
     * @throws Exception if that fails, and the test with it
     */
    protected abstract RunStore openStore() throws Exception;

    /**
     * Opens the store of this test a second time, as another process would; called after {@link #openStore}. The test closes it. Where
     * that makes no sense, the same object is the answer.
     *
     * @throws Exception if that fails, and the test with it
     */
    protected abstract RunStore openAgain(RunStore store) throws Exception;

    @BeforeEach
    final void openBoth() throws Exception {
        RunStore opened = openStore();
        first = opened;
        second = openAgain(opened);
        live("live");
        live("adopter");
    }

    /** What could not be opened is not closed, and what is one object is closed once. */
    @AfterEach
    final void closeBoth() {
        Stream.of(Optional.ofNullable(second), Optional.ofNullable(first))
                .flatMap(Optional::stream)
                .distinct()
                .forEach(RunStore::close);
    }

    /** The store. */
    final RunStore store() {
        return Objects.requireNonNull(first);
    }

    /** The same store as another process has it. */
    final RunStore other() {
        return Objects.requireNonNull(second);
    }

    /** One of the two handles. */
    final RunStore handle(int number) {
        return number % 2 == 0 ? store() : other();
    }

    // ---- engines and runs ----------------------------------------------------------------------------------------

    /** An engine that is live until it leaves. */
    final void live(String owner) {
        store().enter(owner, "label of " + owner, LONG);
    }

    /** Begins a run. */
    final void begin(String run, String owner) {
        begin(run, owner, FLOW, NOW);
    }

    final void begin(String run, String owner, FlowVersion flow, Instant createdAt) {
        assertThat(write(beginning(run, newRun(owner, flow, createdAt)))).isEqualTo(RunWrite.Outcome.WRITTEN);
    }

    /** Begins a run and brings it to this status. */
    final void beginAndBecome(String run, String owner, RunStatus status, boolean released) {
        begin(run, owner);
        assertThat(write(change(run, 1, status, released))).isEqualTo(RunWrite.Outcome.WRITTEN);
    }

    final RunWrite.Outcome write(RunWrite write) {
        return store().write(List.of(write)).get(0);
    }

    final RunRecord found(String run) {
        return store().find(run).orElseThrow();
    }

    final List<String> taskNames(String run) {
        return store().tasks(run).stream().map(TaskRecord::task).toList();
    }

    static List<String> ids(List<RunRecord> runs) {
        return runs.stream().map(RunRecord::id).toList();
    }

    // ---- what is written -----------------------------------------------------------------------------------------

    static NewRun newRun(String owner, FlowVersion flow, Instant createdAt) {
        return new NewRun(
                owner, flow, "1.0", bytes("inputs"), List.of(), NOW.plus(Duration.ofHours(1)), createdAt, 0, Map.of());
    }

    static NewRun newRun(String owner) {
        return newRun(owner, FLOW, NOW);
    }

    static RunWrite beginning(String run, NewRun begin, TaskRecord... tasks) {
        return new RunWrite(run, 1, begin, List.of(tasks), List.of(), null);
    }

    static RunWrite tasks(String run, long epoch, TaskRecord... tasks) {
        return new RunWrite(run, epoch, null, List.of(tasks), List.of(), null);
    }

    static RunWrite change(String run, long epoch, RunStatus status, boolean released) {
        RunWrite.Change change = new RunWrite.Change(status, null, released, NOW);
        return new RunWrite(run, epoch, null, List.of(), List.of(), change);
    }

    static RunWrite keys(String run, long epoch, KeyWrite... keys) {
        return new RunWrite(run, epoch, null, List.of(), List.of(keys), null);
    }

    static TaskRecord succeeded(String task) {
        return task(task, TaskRecord.Kind.END, TaskRecord.Status.SUCCEEDED);
    }

    static TaskRecord task(String task, TaskRecord.Kind kind, TaskRecord.Status status) {
        return new TaskRecord(task, "", 0, 1, kind, status, null, null, null, NOW, null);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Compares records, or lists of them, by all that is in them, arrays too. */
    static void assertSame(Object actual, Object expected) {
        assertThat(Plain.of(actual)).isEqualTo(Plain.of(expected));
    }

    // ---- time and threads ----------------------------------------------------------------------------------------

    /** Waits for what will be, a lease that runs out, a thread that comes along: until the assertion holds, at most 30 s. */
    static void eventually(Runnable assertion) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - end >= 0) {
                    throw e;
                }
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    /** Calls each on a thread of its own, all at once, and waits for their results, which come in the same order. */
    static <T> List<T> together(List<Callable<T>> calls)
            throws InterruptedException, ExecutionException, TimeoutException {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            CountDownLatch ready = new CountDownLatch(calls.size());
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> call : calls) {
                futures.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(1, TimeUnit.MINUTES));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
