package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.Scores;
import java.util.Arrays;
import java.util.Locale;

/** Ours divided by theirs, within each round, for rounds differ more than neighbours. */
final class Ratios {

    private final double[] rounds;

    private Ratios(double[] rounds) {
        this.rounds = rounds;
    }

    static Ratios of(Scores scores, String ours, String theirs) {
        double[] mine = scores.of(ours);
        double[] others = scores.of(theirs);
        double[] ratios = new double[Math.min(mine.length, others.length)];
        Arrays.setAll(ratios, round -> mine[round] / others[round]);
        return new Ratios(ratios);
    }

    boolean isEmpty() {
        return rounds.length == 0;
    }

    double median() {
        return Scores.median(rounds);
    }

    /** The median, and the range in brackets. */
    String withRange() {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                median(),
                Arrays.stream(rounds).min().orElse(Double.NaN),
                Arrays.stream(rounds).max().orElse(Double.NaN));
    }
}
