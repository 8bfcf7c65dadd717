package io.flowright.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.RunnerException;

/** Measures everything and prints the table: {@code quick} (the default) or {@code full}. */
public final class Benchmarks {

    private static final Map<String, Integer> TASKS = new TreeMap<>(Map.of("chain", 10, "fan", 10, "layers", 20));

    private Benchmarks() {}

    public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
        Effort effort = args.length > 0 && args[0].equals("full") ? Effort.FULL : Effort.QUICK;
        Scores scores = new Scores();
        for (int round = 1; round <= effort.rounds(); round++) {
            System.out.printf(Locale.ROOT, "Round %d of %d%n", round, effort.rounds());
            new RunTimes(effort, scores).measure();
            new CompileTimes(scores).measure();
        }
        print(scores);
    }

    private static void print(Scores scores) {
        System.out.printf(
                "%nJava %s, %d processors. Medians of the rounds; of ratios also the range.%n%n",
                Runtime.version(), Runtime.getRuntime().availableProcessors());
        System.out.println("| what | ours | beside | ratio | bar | |");
        System.out.println("|---|--:|--:|--:|--:|---|");
        for (Bar bar : bars()) {
            System.out.println(bar.line(scores));
        }
        System.out.println();
        System.out.println("| all that was measured (ns a run, bytes a run, ms a compilation) | median |");
        System.out.println("|---|--:|");
        for (String name : scores.names()) {
            System.out.printf(Locale.ROOT, "| %s | %,.1f |%n", name, Scores.median(scores.of(name)));
        }
    }

    /** Section 7 of the design. */
    private static List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        for (String shape : TASKS.keySet()) {
            String sequential = "no-op " + shape + " FLOWRIGHT";
            bars.add(new Bar(
                    shape + ", sequential / CompletableFuture on a direct executor, ns",
                    sequential,
                    "no-op " + shape + " COMPLETABLE_FUTURE_DIRECT_EXECUTOR",
                    1));
            bars.add(new Bar(
                    shape + ", sequential / Dagger on a direct executor, ns",
                    sequential,
                    "no-op " + shape + " DAGGER_DIRECT_EXECUTOR",
                    1.0 / 8));
            bars.add(new Bar(shape + ", bytes a task", sequential + " bytes", "", 1.0 / TASKS.get(shape), 60));
            bars.add(twoThreads(shape, "no-op", 1.0 / 3));
            bars.add(twoThreads(shape, "paused", 1.0 / 3));
            bars.add(twoThreads(shape, "20 us", 1));
        }
        bars.add(new Bar("a task of 10,000 / a task of 1,000", "large large 10000", "large large 1000", 0.1, 1.5));
        bars.add(new Bar(
                "10,000 elements, 2 threads / CompletableFuture for each on 2 threads, ns",
                "fan-out elementsByFlowright 10000",
                "fan-out elementsByHand 10000",
                2));
        bars.add(new Bar(
                "processing 500 tasks / Dagger, ms", "processing 500 FLOWRIGHT", "processing 500 DAGGER", 0.25));
        bars.add(new Bar(
                "processing a task of 10,000 / of 1,000, ms",
                "processing 10000 FLOWRIGHT",
                "processing 1000 FLOWRIGHT",
                0.1,
                1.5));
        return bars;
    }

    private static Bar twoThreads(String shape, String situation, double limit) {
        String name = situation + " " + shape + " ";
        return new Bar(
                shape + ", " + situation + ", 2 threads / CompletableFuture on 2 threads, ns",
                name + "FLOWRIGHT_2_THREADS",
                name + "COMPLETABLE_FUTURE_2_THREADS",
                limit);
    }
}
