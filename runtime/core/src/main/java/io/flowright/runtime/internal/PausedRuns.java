package io.flowright.runtime.internal;

import io.flowright.runtime.StoreUnavailableException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that are paused here and whose end somebody was promised: only the store knows when they go on elsewhere. However many there are,
 * it is asked for a few at a time. One thread looks; to add is thread-safe.
 */
final class PausedRuns {

    /** At a look: so many short questions hold up nothing that waits for the same thread. */
    private static final int MOST = 64;

    private static final Logger log = LoggerFactory.getLogger(PausedRuns.class);

    private final Queue<FlowRun<?>> runs = new ConcurrentLinkedQueue<>();
    private final long period;
    private long looked = System.nanoTime();

    /** @param period from one look to the next, in nanoseconds */
    PausedRuns(long period) {
        this.period = period;
    }

    /** Each run is here once at most. */
    void add(FlowRun<?> run) {
        runs.add(run);
    }

    /**
     * If it is time to look again: lets those that have waited longest see whether they are still paused.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    void look() {
        if (System.nanoTime() - looked < period) {
            return;
        }
        looked = System.nanoTime();
        FlowRun<?> run;
        for (int i = Math.min(MOST, runs.size()); i > 0 && (run = runs.poll()) != null; i--) {
            try {
                run.watched();
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                log.error("Whether run {} goes on elsewhere cannot be said", run.id(), e);
            }
        }
    }
}
