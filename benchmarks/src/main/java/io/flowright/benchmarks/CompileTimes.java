package io.flowright.benchmarks;

import java.io.IOException;
import java.util.List;

/** Measures cold runs of javac: the peer and Flowright in turn, each also without its processor. */
final class CompileTimes {

    private static final List<Integer> BESIDE_DAGGER = List.of(10, 100, 500);
    private static final List<Integer> ALONE = List.of(1_000, 10_000);

    private final Scores scores;

    CompileTimes(Scores scores) {
        this.scores = scores;
    }

    /** One round. */
    void measure() throws IOException, InterruptedException {
        for (int tasks : BESIDE_DAGGER) {
            System.out.println("  javac, " + tasks + " tasks");
            SyntheticGraph graph = new SyntheticGraph(tasks);
            measure(tasks + " DAGGER", Javac.dagger(graph));
            measure(tasks + " FLOWRIGHT", Javac.flowright(graph));
        }
        for (int tasks : ALONE) {
            System.out.println("  javac, " + tasks + " tasks");
            measure(tasks + " FLOWRIGHT", Javac.flowright(new SyntheticGraph(tasks)));
        }
    }

    private void measure(String name, Javac javac) throws IOException, InterruptedException {
        double processed = javac.millis();
        scores.add("javac " + name, processed);
        scores.add("processing " + name, processed - javac.unprocessed().millis());
    }
}
