package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.durable.peers.Contender;
import io.flowright.benchmarks.durable.peers.Orphans;
import io.flowright.benchmarks.durable.peers.Peer;
import io.flowright.benchmarks.durable.peers.Place;
import io.flowright.benchmarks.durable.peers.Site;
import io.flowright.benchmarks.durable.shapes.Shape;
import io.flowright.json.JsonCodec;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.Runs;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.NewRun;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Old runs are removed, over a connection of its own as another process has, while an engine runs new ones. */
final class Purging {

    private static final int BATCH = 500;
    private static final int TASKS = 5;
    private static final Duration ALONE = Duration.ofSeconds(15);
    private static final byte[] INPUTS = "[17]".getBytes(StandardCharsets.UTF_8);
    private static final byte[] RESULT =
            "{\"id\":17,\"tasks\":1,\"state\":\"on its way\"}".getBytes(StandardCharsets.UTF_8);

    private final Contender contender;
    private final Site site;
    private final Place place;
    private final List<Long> batches = new ArrayList<>();

    Purging(Contender contender, Site site) throws Exception {
        this.contender = contender;
        this.site = site;
        place = contender.place(site);
    }

    /** Prints a line of the table. */
    void measure(int runs) throws Exception {
        place.clear();
        try (RunStore store = Orphans.store(contender, place)) {
            for (int first = 0; first < runs; first += BATCH) {
                store.write(old(first, Math.min(runs, first + BATCH)));
            }
        }
        try (RunStore store = Orphans.store(contender, place);
                Peer peer = contender.open(site);
                Load load = new Load(peer, Shape.CHAIN_5, 1)) {
            load.during(ALONE.dividedBy(3));
            Load.Result alone = load.during(ALONE);
            long begin = System.nanoTime();
            CompletableFuture<Long> removed = CompletableFuture.supplyAsync(
                    () -> Runs.in(timed(store), new JsonCodec()).purge(Duration.ofDays(7), RunStatus.SUCCEEDED));
            Load.Result beside = load.whilst(() -> !removed.isDone());
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (removed.get() != runs) {
                throw new IllegalStateException(removed.get() + " of " + runs + " were removed");
            }
            long[] nanos = batches.stream().mapToLong(Long::longValue).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,.0f | %.0f / %.0f / %.0f | %s | %s |%n",
                    contender,
                    runs,
                    runs / seconds,
                    Load.percentile(nanos, 0.5),
                    Load.percentile(nanos, 0.99),
                    Load.percentile(nanos, 1),
                    text(alone),
                    text(beside));
        }
    }

    private static String text(Load.Result writer) {
        return String.format(
                Locale.ROOT,
                "%,.0f | %.1f / %.1f / %.0f",
                writer.rate(),
                writer.percentile(0.5),
                writer.percentile(0.99),
                writer.percentile(1));
    }

    private static List<RunWrite> old(int from, int to) {
        List<RunWrite> writes = new ArrayList<>();
        FlowVersion flow = new FlowVersion("old", "0123456789abcdef");
        for (int i = from; i < to; i++) {
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plusMillis(i);
            List<TaskRecord> tasks = new ArrayList<>();
            for (int task = 1; task <= TASKS; task++) {
                tasks.add(new TaskRecord(
                        "step" + task,
                        "",
                        0,
                        1,
                        TaskRecord.Kind.END,
                        TaskRecord.Status.SUCCEEDED,
                        RESULT,
                        null,
                        at,
                        at,
                        null));
            }
            writes.add(new RunWrite(
                    String.format(Locale.ROOT, "old-%09d", i),
                    1,
                    new NewRun("owner", flow, "", INPUTS, List.of(), null, at, 0, Map.of()),
                    tasks,
                    List.of(),
                    new RunWrite.Change(RunStatus.SUCCEEDED, null, true, at)));
        }
        return writes;
    }

    /** The store; notes how long each batch takes. */
    private RunStore timed(RunStore store) {
        RunAdministration administration = store.administration();
        RunAdministration timed = (RunAdministration) Proxy.newProxyInstance(
                RunAdministration.class.getClassLoader(),
                new Class<?>[] {RunAdministration.class},
                (proxy, method, arguments) -> {
                    long begin = System.nanoTime();
                    Object answer = invoke(method, administration, arguments);
                    if (method.getName().equals("purge")) {
                        batches.add(System.nanoTime() - begin);
                    }
                    return answer;
                });
        return (RunStore) Proxy.newProxyInstance(
                RunStore.class.getClassLoader(),
                new Class<?>[] {RunStore.class},
                (proxy, method, arguments) ->
                        method.getName().equals("administration") ? timed : invoke(method, store, arguments));
    }

    private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
