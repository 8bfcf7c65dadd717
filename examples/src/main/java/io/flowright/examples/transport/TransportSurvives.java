package io.flowright.examples.transport;

import io.flowright.examples.jvm.AnotherJvm;
import io.flowright.examples.jvm.Steps;
import io.flowright.runtime.Engine;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Kills a process in the middle of the pipeline, as {@code kill -9} does, and lets another go on where it was. */
public final class TransportSurvives {

    private static final String KILLED_IN = TransportFlow.Tasks.ENRICH;
    private static final long KILLED_AT = 9_000;

    private static final String ROW = "%-18s %-16s %-12s %-8s %-13s %-8s %s%n";

    /** What became of a task: the processes that began it, and the one that recorded its end. */
    record Entry(
            Set<Long> begunBy,
            @Nullable Long recordedBy,
            @Nullable TaskRecord end) {}

    /** A run that has survived. */
    record Survived(long killed, long successor, Map<String, Entry> history, TransportFlow.Result result) {}

    private TransportSurvives() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("transport");
        Survived survived = survive(directory);
        Transport.report(survived.result);
        System.out.printf(
                "%nProcess %d was killed when %s had done %,d points; process %d went on from what was recorded in %s:%n%n",
                survived.killed, KILLED_IN, KILLED_AT, survived.successor, directory.resolve("runs.db"));
        System.out.printf(ROW, "task", "begun by", "recorded by", "attempt", "began at", "took", "");
        survived.history.forEach(TransportSurvives::print);
    }

    static Survived survive(Path directory) throws IOException, InterruptedException {
        Map<String, Set<Long>> begun = new LinkedHashMap<>();
        long killed = run(directory, begun, true);
        List<TaskRecord> before = records(directory);
        long successor = run(directory, begun, false);

        Map<String, Entry> history = new LinkedHashMap<>();
        begun.forEach((task, processes) -> history.put(task, new Entry(processes, null, null)));
        Set<String> recordedBefore = new HashSet<>();
        before.forEach(record -> recordedBefore.add(record.task()));
        for (TaskRecord record : records(directory)) {
            long process = recordedBefore.contains(record.task()) ? killed : successor;
            history.compute(
                    record.task(),
                    (task, entry) -> new Entry(entry == null ? Set.of() : entry.begunBy, process, record));
        }
        return new Survived(killed, successor, history, result(directory));
    }

    /** Runs the pipeline in a process of its own, to its end or to the moment at which it is killed. */
    private static long run(Path directory, Map<String, Set<Long>> begun, boolean toBeKilled)
            throws IOException, InterruptedException {
        Process process = AnotherJvm.running(DurableTransport.class, List.of(), List.of(directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int status = Steps.follow(process, step -> {
            begun.computeIfAbsent(step.split(" ")[0], task -> new LinkedHashSet<>())
                    .add(process.pid());
            return !(toBeKilled && step.equals(KILLED_IN + " " + KILLED_AT));
        });
        if (toBeKilled == (status == 0)) {
            throw new IllegalStateException("process " + process.pid() + " ended with status " + status);
        }
        return process.pid();
    }

    private static List<TaskRecord> records(Path directory) {
        try (RunStore store = DurableTransport.store(directory)) {
            return store.tasks(DurableTransport.RUN);
        }
    }

    /** What the run came to, as any process can ask. */
    private static TransportFlow.Result result(Path directory) {
        try (RunStore store = DurableTransport.store(directory);
                Engine engine = Engine.builder().store(store).build()) {
            return TransportFlow.create(new TransportTasks(), engine)
                    .find(DurableTransport.RUN)
                    .orElseThrow()
                    .result();
        }
    }

    private static void print(String task, Entry entry) {
        String begunBy =
                String.join(", ", entry.begunBy.stream().map(String::valueOf).toList());
        String again = entry.begunBy.size() > 1 ? "begun again" : "";
        TaskRecord end = entry.end;
        if (end == null || end.startedAt() == null) {
            System.out.printf(ROW, task, begunBy, "no: pure", "", "", "", again);
            return;
        }
        String took = Duration.between(end.startedAt(), end.endedAt()).toMillis() + " ms";
        String at = LocalTime.ofInstant(end.startedAt(), ZoneId.systemDefault())
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
        System.out.printf(ROW, task, begunBy, entry.recordedBy, end.attempt(), at, took, again);
    }
}
