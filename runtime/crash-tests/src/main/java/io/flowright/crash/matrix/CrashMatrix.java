package io.flowright.crash.matrix;

import io.flowright.crash.ChildProcess;
import io.flowright.crash.CrashPoint;
import io.flowright.crash.EffectLog;
import io.flowright.crash.StoreKind;
import io.flowright.crash.matrix.MatrixReport.Row;
import io.flowright.crash.matrix.Round.Verdict;
import io.flowright.runtime.spi.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Kills every flow on every store, with one process and with two, before and after all that it tells its store, and, in a fifth of the
 * cases, from outside at random moments, there perhaps a second time while another goes on. Where the points are is found out by running
 * the flow once. A case is right if
 *
 * <ul>
 *   <li>it ends as an undisturbed run: the same outcome from everybody, the same status, nobody's any more, the same traces in its world;
 *   <li>each attempt of a task has its effect at least as often as undisturbed, and at most once more for each kill; where an undisturbed
 *       run is not the same each time, its {@linkplain Leeway rules} say what holds;
 *   <li>what runs at a place always receives the same;
 *   <li>all effects of a task, and all requests for one thing to a service of its {@linkplain World world}, come with one idempotency
 *       key: who honours it has each of them once;
 *   <li>no task has an effect after one that {@linkplain Expected#needs needs} it: its result was on record before that;
 *   <li>what the process had told the store before the point it died at is on record;
 *   <li>what a dead process has left on record is still there, and none of it has had an effect since;
 *   <li>nothing is undone that has not been done, what is on record as done or (with {@code when = STARTED}) has begun is undone, and
 *       nothing is while anything that comes after it is not;
 *   <li>what is to run once runs again only when a person has said so;
 *   <li>the run has had no more owners than the kills, and persons, explain.
 * </ul>
 *
 * <p>What a case is called, {@code order,SQLITE,2,after task charge}, is what it is found by again ({@link #only}).
 */
public final class CrashMatrix {

    /** So many cases share the fate of a process. */
    private static final int CASES = 20;

    /** How long a commit takes in addition, where it is undisturbed: long enough for others to come together behind it. */
    private static final int CALM_PAUSE = 20;

    private static final int[] PAUSES = {0, 3, CALM_PAUSE};

    private final Class<? extends CrashSetup> setup;
    private final Path directory;
    private final List<Path> classes = new ArrayList<>();
    private final List<StoreKind> stores = new ArrayList<>();
    private final Map<String, Expected> flows = new LinkedHashMap<>();
    private final Map<String, Map<String, Set<String>>> measured = new LinkedHashMap<>();
    private final Map<String, World> worlds = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private Predicate<String> filter = name -> true;

    /** A flow on a store, undisturbed. */
    private record Calm(String flow, StoreKind stores, List<CrashPoint> points, int commits) {}

    /**
     * @param setup what each process works with
     * @param directory an empty folder for everything that is written
     */
    public CrashMatrix(Class<? extends CrashSetup> setup, Path directory) {
        this.setup = setup;
        this.directory = directory;
    }

    /** Adds a folder of classes that this JVM does not have on its class path. */
    public CrashMatrix classes(Path folder) {
        classes.add(folder);
        return this;
    }

    /** Adds a kind of store. */
    public CrashMatrix on(StoreKind kind) {
        stores.add(kind);
        return this;
    }

    /** Adds a flow, which is to end as its undisturbed run on the first kind of store does. */
    public CrashMatrix flow(String name) {
        return flow(name, Map.of());
    }

    /**
     * Adds a flow, which is to end as its undisturbed run on the first kind of store does.
     *
     * @param needs as those of {@link Expected#needs}
     */
    public CrashMatrix flow(String name, Map<String, Set<String>> needs) {
        measured.put(name, needs);
        return this;
    }

    /** Adds a flow of which it is known how it ends. */
    public CrashMatrix flow(String name, Expected end) {
        flows.put(name, end);
        return this;
    }

    /** Leaves out every case whose name does not fit. */
    public CrashMatrix only(Predicate<String> names) {
        filter = names;
        return this;
    }

    /** Runs it. Takes a few seconds for a flow. */
    public MatrixReport run() throws Exception {
        CrashSetup here = setup.getDeclaredConstructor().newInstance();
        ExecutorService executor =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() + 1);
        try {
            List<String> wrong = Collections.synchronizedList(new ArrayList<>());
            List<Calm> calms = new ArrayList<>();
            for (StoreKind kind : stores) {
                calms.addAll(calm(here, kind, wrong, executor));
            }
            List<Verdict> verdicts = all(executor, rounds(here, calms));
            verdicts.forEach(verdict ->
                    verdict.wrong().forEach(text -> wrong.add(verdict.of().name() + ": " + text)));
            return new MatrixReport(rows(calms, verdicts), List.copyOf(wrong), Map.copyOf(flows));
        } finally {
            executor.shutdownNow();
        }
    }

    private List<Calm> calm(CrashSetup here, StoreKind kind, List<String> wrong, ExecutorService executor)
            throws Exception {
        List<String> names = new ArrayList<>(flows.keySet());
        measured.keySet().stream().filter(name -> !flows.containsKey(name)).forEach(names::add);
        List<Callable<List<Calm>>> parts = new ArrayList<>();
        for (List<String> part : parts(names)) {
            parts.add(() -> undisturbed(here, kind, part, wrong));
        }
        return all(executor, parts);
    }

    private List<Calm> undisturbed(CrashSetup here, StoreKind kind, List<String> names, List<String> wrong)
            throws Exception {
        Path folder = folder();
        List<CrashCase> cases = new ArrayList<>();
        for (String name : names) {
            CrashCase calm = new CrashCase(name, kind.name(), 1, null, 0, CALM_PAUSE, "", folder, "", "");
            cases.add(located(here, calm, kind, folder));
        }
        Round round = new Round(here, classes, folder, cases, worlds);
        List<Calm> calms = new ArrayList<>();
        try (ChildProcess process = round.undisturbed()) {
            for (CrashCase each : cases) {
                List<String> said = round.outcomes().getOrDefault(each.run(), List.of());
                if (said.isEmpty()) {
                    throw new AssertionError(each.flow() + " does not end by itself:\n" + process.printed());
                }
                wrong.addAll(wrong(here, each, said.get(0)));
                List<List<String>> told = CommitPoints.told(process, each.run());
                calms.add(new Calm(each.flow(), kind, CommitPoints.of(told), told.size()));
            }
        } finally {
            leave(cases);
        }
        return calms;
    }

    /** What is wrong with an undisturbed run; one of which nothing was known says what is right. */
    private List<String> wrong(CrashSetup here, CrashCase each, String outcome) throws Exception {
        try (RunStore store = here.open(each.store())) {
            World world = worlds.getOrDefault(each.run(), World.NONE);
            Expected found = new Expected(
                    store.find(each.run()).orElseThrow().status(),
                    outcome,
                    world.traces(),
                    Expected.counts(Expected.all(EffectLog.read(each.effects()), world)),
                    measured.getOrDefault(each.flow(), Map.of()),
                    Leeway.NONE);
            Expected known;
            synchronized (flows) {
                known = flows.putIfAbsent(each.flow(), found);
            }
            return CaseCheck.of(
                            each, store, world, known == null ? found : known, List.of(outcome), 0, 0, List.of(), false)
                    .stream()
                    .map(text -> each.flow() + "," + each.kind() + ", undisturbed: " + text)
                    .toList();
        }
    }

    private List<Callable<List<Verdict>>> rounds(CrashSetup here, List<Calm> calms) throws IOException {
        List<Callable<List<Verdict>>> rounds = new ArrayList<>();
        for (StoreKind kind : stores) {
            for (int processes = 1; processes <= 2; processes++) {
                List<CrashCase> atPoints = new ArrayList<>();
                List<CrashCase> atRandom = new ArrayList<>();
                Map<String, Integer> commits = new TreeMap<>();
                for (Calm calm : calms) {
                    if (calm.stores().equals(kind)) {
                        commits.put(calm.flow(), calm.commits());
                        cases(calm, processes).forEach(each -> (each.point() == null ? atRandom : atPoints).add(each));
                    }
                }
                for (List<CrashCase> part : parts(atPoints)) {
                    rounds.add(() -> disturbed(here, kind, part, 0));
                }
                for (List<CrashCase> part : parts(atRandom)) {
                    int all = part.stream()
                            .mapToInt(each -> commits.getOrDefault(each.flow(), 0))
                            .sum();
                    rounds.add(() -> disturbed(here, kind, part, all));
                }
            }
        }
        return rounds;
    }

    /** Of a row of the table: those at points, and a quarter as many at random. */
    private List<CrashCase> cases(Calm calm, int processes) {
        List<CrashCase> cases = new ArrayList<>();
        Random random = new Random(calm.flow().hashCode());
        for (CrashPoint point : calm.points()) {
            int pause = CommitPoints.isBatch(point) ? CALM_PAUSE : PAUSES[random.nextInt(PAUSES.length)];
            cases.add(of(calm, processes, point, cases.size(), pause));
        }
        for (int i = (calm.points().size() + 3) / 4; i > 0; i--) {
            cases.add(of(calm, processes, null, i, PAUSES[random.nextInt(PAUSES.length)]));
        }
        cases.removeIf(each -> !filter.test(each.name()));
        return cases;
    }

    private CrashCase of(Calm calm, int processes, @Nullable CrashPoint point, int number, int pause) {
        return new CrashCase(calm.flow(), calm.stores().name(), processes, point, number, pause, "", directory, "", "");
    }

    private List<Verdict> disturbed(CrashSetup here, StoreKind kind, List<CrashCase> planned, int commits)
            throws Exception {
        Path folder = folder();
        List<CrashCase> cases = new ArrayList<>();
        try {
            for (CrashCase each : planned) {
                cases.add(located(here, each, kind, folder));
            }
            return new Round(here, classes, folder, cases, worlds).disturbed(flows, commits);
        } finally {
            leave(cases);
        }
    }

    private void leave(List<CrashCase> cases) throws Exception {
        for (CrashCase each : cases) {
            StoreKind.drop(each.store());
            World world = worlds.remove(each.run());
            if (world != null) {
                world.close();
            }
        }
    }

    private Path folder() throws IOException {
        return Files.createDirectory(directory.resolve("round-" + numbers.incrementAndGet()));
    }

    /** The case with a run, a world and a store of its own. */
    private CrashCase located(CrashSetup here, CrashCase each, StoreKind kind, Path folder) throws Exception {
        String run = "run-" + numbers.incrementAndGet();
        Path own = Files.createDirectory(folder.resolve(run));
        Path effects = own.resolve("effects");
        World world = here.world(each.flow(), Files.createDirectory(own.resolve("world")), effects);
        worlds.put(run, world);
        return new CrashCase(
                each.flow(),
                each.kind(),
                each.processes(),
                each.point(),
                each.number(),
                each.pauseMillis(),
                run,
                effects,
                world.address(),
                kind.create(own));
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CASES) {
            parts.add(List.copyOf(all.subList(from, Math.min(from + CASES, all.size()))));
        }
        return parts;
    }

    private static <T> List<T> all(ExecutorService executor, Collection<Callable<List<T>>> parts) throws Exception {
        List<T> all = new ArrayList<>();
        for (Future<List<T>> part : executor.invokeAll(parts)) {
            all.addAll(part.get());
        }
        return all;
    }

    private static List<Row> rows(List<Calm> calms, List<Verdict> verdicts) {
        List<Row> rows = new ArrayList<>();
        for (Calm calm : calms) {
            for (int processes = 1; processes <= 2; processes++) {
                int count = processes;
                List<Verdict> mine = verdicts.stream()
                        .filter(each -> each.of().flow().equals(calm.flow())
                                && each.of().kind().equals(calm.stores().name())
                                && each.of().processes() == count)
                        .toList();
                if (!mine.isEmpty()) {
                    rows.add(row(calm, processes, mine));
                }
            }
        }
        return rows;
    }

    private static Row row(Calm calm, int processes, List<Verdict> verdicts) {
        return new Row(
                calm.flow(),
                calm.stores().name(),
                processes,
                calm.points().size(),
                verdicts.size(),
                verdicts.stream().mapToInt(Verdict::kills).sum(),
                (int) verdicts.stream().filter(each -> !each.wrong().isEmpty()).count());
    }
}
