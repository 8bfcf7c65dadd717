package io.flowright.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * A ratio that is to stay below a limit.
 *
 * @param what what is compared
 * @param ours the name of our score
 * @param beside the name of the score beside it; empty: ours stands alone
 * @param scale the ratio is multiplied by this: 0.1 where ours did ten times the work
 * @param limit the bar
 */
record Bar(String what, String ours, String beside, double scale, double limit) {

    Bar(String what, String ours, String beside, double limit) {
        this(what, ours, beside, 1, limit);
    }

    /** The line of the table; ratios are taken within each round, for rounds differ more than neighbours. */
    String line(Scores scores) {
        double[] mine = scores.of(ours);
        double[] theirs = scores.of(beside);
        if (mine.length == 0 || (!beside.isEmpty() && theirs.length != mine.length)) {
            return "| " + what + " | | | | | not measured |";
        }
        double[] ratios = new double[mine.length];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = mine[round] * scale / (beside.isEmpty() ? 1 : theirs[round]);
        }
        double ratio = Scores.median(ratios);
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %s | %.3g (%.3g to %.3g) | %.3g | %s |",
                what,
                Scores.median(mine),
                beside.isEmpty() ? "" : String.format(Locale.ROOT, "%,.0f", Scores.median(theirs)),
                ratio,
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow(),
                limit,
                ratio <= limit ? "met" : "missed");
    }
}
