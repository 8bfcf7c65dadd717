package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.Scores;
import io.flowright.benchmarks.durable.peers.Contender;
import io.flowright.benchmarks.durable.peers.Counter;
import io.flowright.benchmarks.durable.peers.Peer;
import io.flowright.benchmarks.durable.peers.Site;
import io.flowright.benchmarks.durable.shapes.Shape;

/** Runs a second and what a run takes. What is compared is measured seconds apart, for neighbours make noise. */
final class Rounds {

    static final int[] CALLERS = {1, 8, 32, 64};

    private final DurableEffort effort;
    private final boolean barsOnly;
    private final Site site;

    /**
     * @param barsOnly whether only that is run of which a bar speaks
     */
    Rounds(DurableEffort effort, boolean barsOnly, Site site) {
        this.effort = effort;
        this.barsOnly = barsOnly;
        this.site = site;
    }

    /** One round. */
    void measure(Scores scores) throws Exception {
        for (Shape shape : Shape.values()) {
            for (int callers : CALLERS) {
                for (Contender contender : Contender.values()) {
                    if (contender.runs(shape) && (!barsOnly || DurableBar.speaksOf(contender, shape))) {
                        measure(contender, shape, callers, scores);
                    }
                }
            }
        }
    }

    private void measure(Contender contender, Shape shape, int callers, Scores scores) throws Exception {
        try (Peer peer = contender.open(site);
                Load load = new Load(peer, shape, callers)) {
            load.during(effort.settling());
            Load.Result result = load.during(effort.time());
            scores.add(Score.RATE.of(contender, shape, callers), result.rate());
            scores.add(Score.P50.of(contender, shape, callers), result.percentile(0.5));
            scores.add(Score.P99.of(contender, shape, callers), result.percentile(0.99));
        }
    }

    /** What goes to the server for a run, what is polled for meanwhile included; apart from the rounds, for counting takes time. */
    void count(Scores scores) throws Exception {
        for (Contender contender : Contender.values()) {
            for (Shape shape : Shape.values()) {
                if (contender.isCounted() && contender.runs(shape)) {
                    count(contender, shape, 1, scores);
                    count(contender, shape, 32, scores);
                }
            }
        }
    }

    private void count(Contender contender, Shape shape, int callers, Scores scores) throws Exception {
        Counter counter = new Counter();
        try (Peer peer = contender.open(site.counting(counter));
                Load load = new Load(peer, shape, callers)) {
            load.during(effort.settling());
            long roundTrips = counter.roundTrips();
            long commits = counter.commits();
            double runs = load.during(effort.time()).runs();
            scores.add(Score.ROUND_TRIPS.of(contender, shape, callers), (counter.roundTrips() - roundTrips) / runs);
            scores.add(Score.COMMITS.of(contender, shape, callers), (counter.commits() - commits) / runs);
        }
    }
}
