package io.flowright.runtime.internal.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether an engine may take the runs that it owns for its own, by this process's monotonic clock. A renewal counts from the moment at
 * which it was asked for: the store may have taken it for granted at any time since. The last third of the lease is for clocks that
 * differ and for what has been started before.
 *
 * <p>One object is one incarnation of the engine: once its lease is over it does not come back. Thread-safe.
 */
public final class Ownership {

    private static final long PAUSE_MILLIS = 5;

    private final String owner;
    private final long lease;
    private volatile long renewed;
    private volatile boolean ended;

    /**
     * @param owner the name of the incarnation
     * @param asked the reading of {@link System#nanoTime} before the engine entered the store
     */
    public Ownership(String owner, Duration lease, long asked) {
        this.owner = owner;
        this.lease = lease.toNanos();
        renewed = asked;
    }

    public String owner() {
        return owner;
    }

    /** The store has renewed the lease; it was asked at this reading of {@link System#nanoTime}. */
    public void renewed(long asked) {
        renewed = asked;
    }

    /** Others may have the runs by now. */
    public void end() {
        ended = true;
    }

    /** Whether tasks may be started. */
    public boolean mayStart() {
        return !ended && System.nanoTime() - renewed < lease / 3 * 2;
    }

    /**
     * Where the lease is nearly over, waits until it has been renewed after all or is over: a run that stopped here while the engine
     * stays its owner would be taken up by nobody.
     *
     * @return whether tasks may be started
     */
    public boolean awaitMayStart() {
        boolean may = mayStart();
        boolean interrupted = false;
        while (!may && !isOver()) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            may = mayStart();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return may;
    }

    /**
     * Whether the lease is over, so that nothing waits for the store any longer. It stays so: who has acted on it cannot take that back
     * when a renewal that took long succeeds after all.
     */
    public boolean isOver() {
        if (!ended && System.nanoTime() - renewed >= lease) {
            ended = true;
        }
        return ended;
    }
}
