package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.Scores;
import io.flowright.benchmarks.durable.peers.Contender;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.util.Locale;

/**
 * A ratio to DBOS Transact that is to be reached, with the chain of five.
 *
 * @param atMost whether the ratio is to stay below the limit, else to reach it
 */
record DurableBar(Score score, Contender ours, int callers, double limit, boolean atMost) {

    String line(Scores scores) {
        String mine = score.of(ours, Shape.CHAIN_5, callers);
        String theirs = score.of(Contender.DBOS, Shape.CHAIN_5, callers);
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
