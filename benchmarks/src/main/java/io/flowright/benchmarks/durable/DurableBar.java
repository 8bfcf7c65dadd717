package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.Scores;
import io.flowright.benchmarks.durable.peers.Contender;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.util.List;
import java.util.Locale;

/**
 * A ratio to DBOS Transact that is to be reached, with the chain of five.
 *
 * @param atMost whether the ratio is to stay below the limit, else to reach it
 */
record DurableBar(Score score, Contender ours, int callers, double limit, boolean atMost) {

    private static final Shape SHAPE = Shape.CHAIN_5;
    private static final Contender PEER = Contender.DBOS;

    /** Section 7 of the design. */
    static final List<DurableBar> ALL = List.of(
            new DurableBar(Score.P50, Contender.FLOWRIGHT_POSTGRES, 1, 0.45, true),
            new DurableBar(Score.RATE, Contender.FLOWRIGHT_POSTGRES, 32, 8, false),
            new DurableBar(Score.RATE, Contender.FLOWRIGHT_POSTGRES, 64, 12, false),
            new DurableBar(Score.RATE, Contender.FLOWRIGHT_SQLITE, 32, 8, false));

    static boolean speaksOf(Contender contender, Shape shape) {
        return shape == SHAPE && (contender == PEER || ALL.stream().anyMatch(bar -> bar.ours == contender));
    }

    String line(Scores scores) {
        String mine = score.of(ours, SHAPE, callers);
        String theirs = score.of(PEER, SHAPE, callers);
        Ratios ratios = Ratios.of(scores, mine, theirs);
        boolean met = atMost ? ratios.median() <= limit : ratios.median() >= limit;
        return String.format(
                Locale.ROOT,
                "| %s | %,.2f | %,.2f | %s | %s %s | %s |",
                mine,
                Scores.median(scores.of(mine)),
                Scores.median(scores.of(theirs)),
                ratios.withRange(),
                atMost ? "≤" : "≥",
                limit,
                met ? "met" : "missed");
    }
}
