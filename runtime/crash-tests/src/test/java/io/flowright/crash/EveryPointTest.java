package io.flowright.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.crash.CrashChild.Job;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each flow on each store: a process dies before and after everything that it tells the store, another goes on, and the run ends as one
 * that was not disturbed. Which points there are is found out by running the flow once.
 */
@Timeout(180)
class EveryPointTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String BATCH = "batch";

    @TempDir
    private Path directory;

    static Stream<Arguments> cases() {
        return Stream.of(FlowKind.values())
                // A person goes on with that.
                .filter(flow -> flow != FlowKind.ONCE)
                .flatMap(flow -> Stream.of(StoreKind.values()).map(store -> Arguments.of(flow, store)));
    }

    /** A process that has died at a point, and what it has left. */
    private record Death(
            CrashPoint point, Job job, List<Effect> effects, Optional<RunRecord> run, List<TaskRecord> tasks) {}

    @ParameterizedTest
    @MethodSource("cases")
    void anyMomentMayBeTheLast(FlowKind flow, StoreKind kind) throws Exception {
        Job calm = job(flow, kind, "calm");
        List<List<String>> told = undisturbed(calm);
        List<Effect> expected = EffectLog.read(calm.effects());

        List<Death> deaths = dead(points(told), flow, kind);
        Map<String, String> outcomes = finished(deaths);

        for (Death death : deaths) {
            assertThat(outcomes.get(death.job().run()))
                    .as(death.point().toString())
                    .isEqualTo(flow.status() + "\t" + flow.outcome());
            check(death, flow, expected);
            StoreKind.drop(death.job().store());
        }
        StoreKind.drop(calm.store());
    }

    private Job job(FlowKind flow, StoreKind kind, String run) throws IOException, SQLException {
        Path folder = Files.createDirectory(directory.resolve(run));
        return new Job(flow, run, folder.resolve("effects"), kind.create(folder));
    }

    private List<List<String>> undisturbed(Job calm) throws InterruptedException {
        try (ChildProcess child = child("calm", "", List.of(calm))) {
            assertThat(child.await(LIMIT)).as(child.printed()).isZero();
            assertThat(outcomes(child))
                    .containsExactlyEntriesOf(Map.of(
                            "calm", calm.flow().status() + "\t" + calm.flow().outcome()));
            return child.lines().stream()
                    .filter(line -> line.startsWith("told\t"))
                    .map(line -> List.of(line.split("\t")).subList(2, line.split("\t").length))
                    .toList();
        }
    }

    private ChildProcess child(String name, String point, List<Job> jobs) {
        List<String> arguments = new ArrayList<>(List.of(point));
        jobs.forEach(job -> arguments.add(job.toString()));
        return ChildProcess.start(CrashChild.class, directory, name, arguments);
    }

    private static Map<String, String> outcomes(ChildProcess child) {
        return child.lines().stream()
                .filter(line -> line.startsWith("outcome\t"))
                .map(line -> line.split("\t", 3))
                .collect(Collectors.toMap(fields -> fields[1], fields -> fields[2]));
    }

    /** Before and after each thing that was told. What is told together in one write is one point, of the last name. */
    private static List<CrashPoint> points(List<List<String>> told) {
        Set<CrashPoint> points = new LinkedHashSet<>();
        Map<String, Integer> times = new LinkedHashMap<>();
        for (List<String> moments : told) {
            moments.forEach(moment -> times.merge(moment, 1, Integer::sum));
            boolean batch = moments.get(0).equals(BATCH);
            for (String moment : batch ? moments : moments.subList(moments.size() - 1, moments.size())) {
                // How many batches there are is chance, but for the first.
                if (!moment.equals(BATCH) || times.get(moment) == 1) {
                    points.add(new CrashPoint(false, moment, times.get(moment)));
                    points.add(new CrashPoint(true, moment, times.get(moment)));
                }
            }
        }
        return List.copyOf(points);
    }

    /** Two processes at a time: there may be no more processors. */
    private List<Death> dead(List<CrashPoint> points, FlowKind flow, StoreKind kind) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            List<Future<Death>> deaths = new ArrayList<>();
            for (CrashPoint point : points) {
                Job job = job(flow, kind, "run-" + deaths.size());
                deaths.add(executor.submit(() -> die(point, job)));
            }
            List<Death> all = new ArrayList<>();
            for (Future<Death> death : deaths) {
                all.add(death.get());
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }

    private Death die(CrashPoint point, Job job) throws InterruptedException {
        try (ChildProcess child = child("dying-" + job.run(), point.toString(), List.of(job))) {
            assertThat(child.await(LIMIT)).as(point + "\n" + child.printed()).isEqualTo(CrashingStore.EXIT);
        }
        try (RunStore store = StoreKind.open(job.store())) {
            return new Death(point, job, EffectLog.read(job.effects()), store.find(job.run()), store.tasks(job.run()));
        }
    }

    /** One process goes on with all of them, each in its own store. */
    private Map<String, String> finished(List<Death> deaths) throws InterruptedException {
        try (ChildProcess child =
                child("second", "", deaths.stream().map(Death::job).toList())) {
            assertThat(child.await(LIMIT)).as(child.printed()).isZero();
            return outcomes(child);
        }
    }

    private static void check(Death death, FlowKind flow, List<Effect> expected) {
        String point = flow + " " + death.point();
        List<Effect> effects = EffectLog.read(death.job().effects());
        Map<String, Long> counts = counts(effects);
        Map<String, Long> before = counts(death.effects());

        Map<String, Long> attempts = attempts(effects);
        attempts(expected)
                .forEach((attempt, count) -> assertThat(attempts.getOrDefault(attempt, 0L))
                        .as(point + ": effects of " + attempt)
                        .isBetween(count, count + 1));
        assertThat(attempts).as(point).hasSameSizeAs(attempts(expected));
        effects.stream()
                .collect(Collectors.groupingBy(Effect::place, Collectors.mapping(Effect::key, Collectors.toSet())))
                .forEach((place, keys) ->
                        assertThat(keys).as(point + ": keys of " + place).hasSize(1));
        for (TaskRecord task : death.tasks()) {
            if (task.kind() != TaskRecord.Kind.START && task.status() != TaskRecord.Status.RETRYING) {
                String place = place(task);
                assertThat(counts.get(place))
                        .as(point + ": recorded " + place)
                        .isEqualTo(before.getOrDefault(place, 0L));
            }
        }
        try (RunStore store = StoreKind.open(death.job().store())) {
            RunRecord run = store.find(death.job().run()).orElseThrow();
            assertThat(run.status()).as(point).isEqualTo(flow.status());
            assertThat(run.owner()).as(point).isNull();
            boolean adopted =
                    death.run().filter(left -> left.status().isActive()).isPresent();
            assertThat(run.epoch()).as(point + ": epoch").isEqualTo(adopted ? 2 : 1);
            List<TaskRecord> tasks = store.tasks(run.id());
            assertThat(tasks).as(point).doesNotHaveDuplicates();
            assertThat(tasks.stream().filter(EveryPointTest::isEnd).map(EveryPointTest::place))
                    .as(point + ": ends")
                    .doesNotHaveDuplicates();
            // What was recorded has not been written over.
            assertThat(tasks.stream()
                            .limit(death.tasks().size())
                            .map(TaskRecord::toString)
                            .toList())
                    .as(point)
                    .isEqualTo(death.tasks().stream().map(TaskRecord::toString).toList());
        }
    }

    private static Map<String, Long> counts(List<Effect> effects) {
        return effects.stream().collect(Collectors.groupingBy(Effect::place, Collectors.counting()));
    }

    private static Map<String, Long> attempts(List<Effect> effects) {
        return effects.stream()
                .collect(Collectors.groupingBy(
                        effect -> effect.place() + " " + effect.attempt(), Collectors.counting()));
    }

    private static boolean isEnd(TaskRecord task) {
        return task.kind() != TaskRecord.Kind.START && task.status() != TaskRecord.Status.RETRYING;
    }

    /** As {@link Effect#place} says it. */
    private static String place(TaskRecord task) {
        String name = task.kind() == TaskRecord.Kind.COMPENSATION ? task.task() + ".compensation" : task.task();
        return task.element().isEmpty() ? name : name + "[" + task.element() + "]";
    }
}
