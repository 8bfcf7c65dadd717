package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.Scores;
import io.flowright.benchmarks.durable.peers.Contender;
import io.flowright.benchmarks.durable.peers.Orphans;
import io.flowright.benchmarks.durable.peers.Peer;
import io.flowright.benchmarks.durable.peers.Site;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What a store costs apart from load: to start, to keep runs, to recover them. */
final class Lifecycle {

    private static final List<Contender> ALL =
            Arrays.stream(Contender.values()).filter(Contender::recovers).toList();

    /** Of DBOS a workflow can be cancelled, but not paused. */
    private static final List<Contender> OURS = List.of(Contender.FLOWRIGHT_POSTGRES, Contender.FLOWRIGHT_SQLITE);

    private static final int CALLERS = 8;

    private final DurableEffort effort;
    private final Site site;

    Lifecycle(DurableEffort effort, Site site) {
        this.effort = effort;
        this.site = site;
    }

    /** One round. Each contender begins with nothing. */
    void measure(Scores scores) throws Exception {
        for (Contender contender : ALL) {
            contender.place(site).clear();
            // With the tables there already, as at every start but the first.
            OtherProcess.first(contender, site);
            scores.add(Score.START.of(contender), OtherProcess.first(contender, site));
        }
        for (Contender contender : ALL) {
            scores.add(Score.BYTES.of(contender), bytes(contender));
        }
        for (Contender contender : ALL) {
            scores.add(Score.RECOVERY.of(contender), recovered(contender));
        }
        for (Contender contender : OURS) {
            contender.place(site).clear();
            scores.add(Score.HEAP.of(contender), OtherProcess.paused(contender, site, effort.paused()));
        }
    }

    private double bytes(Contender contender) throws Exception {
        contender.place(site).clear();
        run(contender, 1);
        long before = contender.place(site).bytes();
        run(contender, effort.runs());
        return (double) (contender.place(site).bytes() - before) / effort.runs();
    }

    private void run(Contender contender, int runs) throws Exception {
        try (Peer peer = contender.open(site);
                Load load = new Load(peer, Shape.CHAIN_5, CALLERS)) {
            load.times(runs);
        }
    }

    private double recovered(Contender contender) throws Exception {
        contender.place(site).clear();
        OtherProcess.leave(contender, site, effort.orphans());
        Orphans orphans = new Orphans(contender, site);
        orphans.expire();
        Duration took = orphans.recover(effort.orphans());
        return effort.orphans() / (took.toNanos() / 1e9);
    }
}
