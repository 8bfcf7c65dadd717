package io.flowright.runtime.internal.store;

import java.time.Duration;

/**
 * Whether an engine may take the runs that it owns for its own, by this process's monotonic clock. A renewal counts from the moment at
 * which it was asked for: the store may have taken it for granted at any time since. The last third of the lease is for clocks that
 * differ and for what has been started before.
 *
 * <p>One object is one incarnation of the engine: once its lease is over it does not come back. Thread-safe.
 */
public final class Ownership {

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

    /** Whether the lease is over, so that nothing waits for the store any longer. */
    public boolean isOver() {
        return ended || System.nanoTime() - renewed >= lease;
    }
}
