package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.durable.peers.Contender;
import io.flowright.benchmarks.durable.peers.Orphans;
import io.flowright.benchmarks.durable.peers.Place;
import io.flowright.benchmarks.durable.peers.Site;
import io.flowright.json.JsonCodec;
import io.flowright.runtime.PauseMode;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.spi.RunStore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** From the call of {@code pause} in one process to the run's being {@code PAUSED} by the engine of another. */
final class CommandLatency {

    /** Between two commands up to so long goes by, so that they do not follow the beat of whoever polls. */
    private static final int PAUSE_MILLIS = 1_000;

    private final Contender contender;
    private final Site site;
    private final Place place;

    CommandLatency(Contender contender, Site site) throws Exception {
        this.contender = contender;
        this.site = site;
        place = contender.place(site);
    }

    /** Prints a line of the table. */
    void measure(int commands) throws Exception {
        place.clear();
        Process engine = OtherProcess.hold(contender, site, commands);
        try (RunStore store = Orphans.store(contender, place)) {
            Runs runs = Runs.in(store, new JsonCodec());
            List<RunSummary> held =
                    runs.list(RunQuery.all().active(), null, commands).runs();
            if (held.size() != commands) {
                throw new IllegalStateException(held.size() + " runs of " + commands);
            }
            long[] nanos = new long[commands];
            for (int i = 0; i < commands; i++) {
                Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS));
                nanos[i] = pause(runs, held.get(i).id());
            }
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.0f | %.0f |%n",
                    contender,
                    commands,
                    Load.percentile(nanos, 0.5),
                    Load.percentile(nanos, 0.99));
        } finally {
            engine.getOutputStream().close();
            engine.waitFor();
        }
    }

    private static long pause(Runs runs, String id) throws InterruptedException {
        long begin = System.nanoTime();
        if (!runs.pause(id, PauseMode.INTERRUPT)) {
            throw new IllegalStateException(id + " is not active");
        }
        while (runs.find(id).orElseThrow().status() != RunStatus.PAUSED) {
            Thread.sleep(1);
        }
        return System.nanoTime() - begin;
    }
}
