package io.flowright.crash.chaos;

import io.flowright.crash.ChildProcess;
import io.flowright.crash.chaos.ChaosStore.Trouble;
import io.flowright.crash.chaos.Violation.Rule;
import io.flowright.json.JsonCodec;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.RunCount;
import io.flowright.runtime.spi.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Three engines in processes of their own with a steady load, and one trouble after the other for each of them and for their store. When the
 * time is over they are left alone, everything is to come to its end, and {@link Invariants} judges.
 */
final class Chaos {

    static final Duration LEASE = Duration.ofSeconds(3);

    private static final int ENGINES = 3;
    private static final int RUNS_PER_SECOND = 7;
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration SETTLING = Duration.ofSeconds(90);

    /** How long an engine waits for a connection that has gone silent: the store's {@code socketTimeout}. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** What a run may wait for: a lease, a clock that was set back by two, a beat, a connection, a machine that is busy. */
    private static final Duration LONGEST_WAIT =
            LEASE.multipliedBy(3).plus(SILENCE).plusSeconds(10);

    private final String name;
    private final ChaosStore ground;
    private final Path directory;
    private final long seed;
    private final Duration duration;
    private final Map<String, Integer> disturbances = new ConcurrentHashMap<>();
    private final List<EngineSlot> slots = new ArrayList<>();

    /** When the last trouble of the store was over. */
    private volatile long storeWellSince = Long.MAX_VALUE;

    Chaos(String name, ChaosStore ground, Path directory, long seed, Duration duration) {
        this.name = name;
        this.ground = ground;
        this.directory = directory;
        this.seed = seed;
        this.duration = duration;
    }

    /** Makes it all happen. The directory is not used by anything else. */
    ChaosReport run() throws Exception {
        try (RunStore store = ChaosStore.open(ground.quietAddress())) {
            for (int i = 1; i <= ENGINES; i++) {
                slots.add(new EngineSlot(ground, directory, "e" + i, RUNS_PER_SECOND, LEASE));
            }
            awaitLoad();
            storeWellSince = System.nanoTime();
            try (OrphanWatch watch = new OrphanWatch(store, this::isCalm, LONGEST_WAIT)) {
                disturb();
                return judge(store, watch, settle(store));
            }
        } finally {
            slots.forEach(EngineSlot::close);
        }
    }

    private void awaitLoad() throws InterruptedException {
        long end = System.nanoTime() + WARM_UP.toNanos();
        while (SharedLines.read(directory.resolve("deeds")).size() < ENGINES * RUNS_PER_SECOND) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no load: " + printed());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private String printed() {
        return String.join(
                System.lineSeparator(),
                slots.stream().map(slot -> slot.child().printed()).toList());
    }

    private boolean isCalm() {
        return System.nanoTime() - storeWellSince > 0 && slots.stream().anyMatch(EngineSlot::isWell);
    }

    // ---- disturbances ----------------------------------------------------------------------------------------------

    private void disturb() throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + duration.toNanos();
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < slots.size(); i++) {
                List<Trouble> troubles = slots.get(i).troubles();
                Random random = new Random(seed * 31 + i);
                all.add(executor.submit(task(() -> strike(troubles, random, 10_000, end))));
            }
            List<Trouble> troubles =
                    ground.troubles().stream().map(this::noticed).toList();
            all.add(executor.submit(task(() -> strike(troubles, new Random(seed * 31 + slots.size()), 6_000, end))));
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private interface Action {
        void act() throws Exception;
    }

    private static Callable<Boolean> task(Action action) {
        return () -> {
            action.act();
            return true;
        };
    }

    private Trouble noticed(Trouble trouble) {
        return new Trouble(trouble.name(), random -> {
            long before = storeWellSince;
            storeWellSince = Long.MAX_VALUE;
            trouble.blow().strike(random);
            storeWellSince =
                    Math.max(before, System.nanoTime() + trouble.aftermath().toNanos());
        });
    }

    private void strike(List<Trouble> troubles, Random random, int longestPause, long end) throws Exception {
        while (true) {
            TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(longestPause));
            Trouble trouble = troubles.get(random.nextInt(troubles.size()));
            if (System.nanoTime() - end > 0) {
                return;
            }
            trouble.blow().strike(random);
            disturbances.merge(trouble.name().trim(), 1, Integer::sum);
        }
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    /** Nothing happens any more and nothing is started; returns how long it took until nothing was active, and the store knew. */
    private Duration settle(RunStore store) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Files.createFile(directory.resolve(ChaosChild.STOP));
        while (!isSettled(store)) {
            if (System.nanoTime() - begin > SETTLING.toNanos()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Files.createFile(directory.resolve(ChaosChild.END));
        return took;
    }

    private boolean isSettled(RunStore store) {
        return slots.stream().allMatch(slot -> slot.child().lines().contains(ChaosChild.STOPPED)) && active(store) == 0;
    }

    private static long active(RunStore store) {
        return Runs.in(store, new JsonCodec()).count().stream()
                .filter(count -> count.status().isActive())
                .mapToLong(RunCount::runs)
                .sum();
    }

    private ChaosReport judge(RunStore store, OrphanWatch watch, Duration settling) throws InterruptedException {
        List<Violation> violations = new ArrayList<>(watch.violations());
        for (EngineSlot slot : slots) {
            if (!slot.child().lines().contains(ChaosChild.STOPPED)) {
                violations.add(new Violation(
                        Rule.STUCK,
                        "an engine",
                        "it does not start runs any more, nor stop: "
                                + slot.child().printed()));
            }
        }
        for (EngineSlot slot : slots) {
            int status = slot.child().await(ChildProcess.LIMIT);
            if (status != 0) {
                violations.add(new Violation(Rule.STUCK, "an engine", "it ended with " + status));
            }
        }
        Told told = Told.parse(SharedLines.read(directory.resolve("told")));
        List<Deed> deeds = SharedLines.read(directory.resolve("deeds")).stream()
                .map(Deed::parse)
                .toList();
        violations.addAll(Invariants.violations(store, told, deeds));
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("runs tried to start", Integer.toString(told.tried().size()));
        numbers.put("  started", Integer.toString(told.started().size()));
        Runs.in(store, new JsonCodec())
                .count()
                .forEach(count -> numbers.merge(
                        "  " + count.status(),
                        Long.toString(count.runs()),
                        (one, more) -> Long.toString(Long.parseLong(one) + Long.parseLong(more))));
        numbers.put("  of which callers heard", Integer.toString(told.ended().size()));
        numbers.put(
                "  that had several owners",
                Long.toString(told.tried().stream()
                        .filter(run -> store.find(run)
                                .filter(found -> found.epoch() > 1)
                                .isPresent())
                        .count()));
        numbers.put("tasks executed", Integer.toString(deeds.size()));
        numbers.put("longest wait for a new owner", ChaosReport.seconds(watch.longest()));
        numbers.put("all done after", ChaosReport.seconds(settling));
        numbers.put(
                "disturbances",
                Integer.toString(disturbances.values().stream()
                        .mapToInt(Integer::intValue)
                        .sum()));
        return new ChaosReport(
                "Chaos on " + name + ", seed " + seed + ", " + duration.toSeconds() + " s",
                numbers,
                disturbances,
                violations);
    }
}
