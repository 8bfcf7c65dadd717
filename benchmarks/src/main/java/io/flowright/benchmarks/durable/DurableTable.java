package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.Scores;
import io.flowright.benchmarks.durable.peers.Contender;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.io.PrintStream;
import java.util.Locale;

/** What was measured, as tables of Markdown. */
final class DurableTable {

    private final Scores scores;
    private final PrintStream out;

    DurableTable(Scores scores, PrintStream out) {
        this.scores = scores;
        this.out = out;
    }

    void print() {
        out.println("\n| bar | ours | DBOS | ratio (range of the rounds) | bar | |");
        out.println("|---|--:|--:|--:|--:|---|");
        DurableBar.ALL.forEach(bar -> out.println(bar.line(scores)));
        out.println(
                "\n| workflow | callers | | runs/s | to DBOS | p50 ms | to DBOS | p99 ms | round trips a run | commits a run |");
        out.println("|---|--:|---|--:|--:|--:|--:|--:|--:|--:|");
        for (Shape shape : Shape.values()) {
            for (int callers : Rounds.CALLERS) {
                for (Contender contender : Contender.values()) {
                    if (isMeasured(Score.RATE.of(contender, shape, callers))
                            || isMeasured(Score.COMMITS.of(contender, shape, callers))) {
                        out.println(underLoad(contender, shape, callers));
                    }
                }
            }
        }
        out.println("\n| | ms to the first run | bytes a run | runs recovered/s | bytes of heap a paused run |");
        out.println("|---|--:|--:|--:|--:|");
        for (Contender contender : Contender.values()) {
            if (isMeasured(Score.START.of(contender))) {
                out.println(alone(contender));
            }
        }
    }

    private boolean isMeasured(String name) {
        return scores.of(name).length > 0;
    }

    private String underLoad(Contender contender, Shape shape, int callers) {
        return "| " + shape + " | " + callers + " | " + contender
                + cell(Score.RATE.of(contender, shape, callers), "%,.0f")
                + ratio(Score.RATE, contender, shape, callers)
                + cell(Score.P50.of(contender, shape, callers), "%,.2f")
                + ratio(Score.P50, contender, shape, callers)
                + cell(Score.P99.of(contender, shape, callers), "%,.2f")
                + cell(Score.ROUND_TRIPS.of(contender, shape, callers), "%,.2f")
                + cell(Score.COMMITS.of(contender, shape, callers), "%,.2f")
                + " |";
    }

    private String alone(Contender contender) {
        return "| " + contender
                + cell(Score.START.of(contender), "%,.0f")
                + cell(Score.BYTES.of(contender), "%,.0f")
                + cell(Score.RECOVERY.of(contender), "%,.0f")
                + cell(Score.HEAP.of(contender), "%,.0f")
                + " |";
    }

    private String ratio(Score score, Contender contender, Shape shape, int callers) {
        Ratios ratios =
                Ratios.of(scores, score.of(contender, shape, callers), score.of(Contender.DBOS, shape, callers));
        boolean none = contender == Contender.DBOS || ratios.isEmpty();
        return " | " + (none ? "" : String.format(Locale.ROOT, "%.2f", ratios.median()));
    }

    private String cell(String name, String format) {
        double[] values = scores.of(name);
        return " | " + (values.length == 0 ? "" : String.format(Locale.ROOT, format, Scores.median(values)));
    }
}
