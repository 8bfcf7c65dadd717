package io.flowright.runtime.internal;

import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that belong to the engine in its store though nothing here works on them: a claim had its effect after its caller had given it up,
 * or an end could not be written. Nobody else adopts a run of an engine that lives, so without this it would never go on. One thread
 * looks for them; the rest is thread-safe.
 */
final class StrayRuns {

    private static final Logger log = LoggerFactory.getLogger(StrayRuns.class);

    private final RunStore store;
    private final Collection<FlowRun<?>> runs;
    private final long period;
    private long looked = System.nanoTime();

    /** Whoever is about to claim a run, or has claimed it and not made it known yet: the id of the run. */
    private final Map<Object, String> claimants = new ConcurrentHashMap<>();

    /** Those that nobody knew at the last look: by id, with the epoch. */
    private Map<String, Long> unknown = Map.of();

    /**
     * @param runs those that the engine works on
     * @param period from one look to the next, in nanoseconds
     */
    StrayRuns(RunStore store, Collection<FlowRun<?>> runs, long period) {
        this.store = store;
        this.runs = runs;
        this.period = period;
    }

    /** The caller will claim a run: until it has {@linkplain #arrived arrived} nobody takes it for a stray, however long that is. */
    Object expect(String run) {
        Object claimant = new Object();
        claimants.put(claimant, run);
        return claimant;
    }

    /** The run is known by now, or has not been claimed. */
    void arrived(Object claimant) {
        claimants.remove(claimant);
    }

    /**
     * If it is time to look again: gives back what nobody knows for the second time. Who does know it after all is fenced by the new epoch.
     *
     * @param waiting what has been claimed and is still to be read
     */
    void giveBack(String owner, Stream<RunRecord> waiting) {
        if (System.nanoTime() - looked < period) {
            return;
        }
        // In this order: what begins after the question is not in the answer, and who has claimed a run is among the
        // claimants until the
        // run is elsewhere.
        Map<String, Long> strays = new HashMap<>(store.owned(owner));
        claimants.values().forEach(strays::remove);
        waiting.forEach(run -> strays.remove(run.id(), run.epoch()));
        for (FlowRun<?> run : runs) {
            Journal<?> journal = run.journal;
            if (journal != null) {
                strays.remove(run.id(), journal.epoch());
            }
        }
        strays.forEach((run, epoch) -> {
            if (epoch.equals(unknown.get(run))) {
                log.warn(
                        "Run {} belongs to this engine, and nothing here works on it: it is given back, to be adopted",
                        run);
                store.disown(owner, run, epoch);
            }
        });
        unknown = strays;
        looked = System.nanoTime();
    }
}
