package io.flowright.runtime.internal;

import dev.failsafe.Bulkhead;
import io.flowright.runtime.generated.BulkheadSpec;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bulkhead. Failsafe counts the permits; those who wait for one stand in a queue here, holding no thread, and are
 * served in their order. A permit that is given back while someone waits passes to the first of the queue without being
 * free in between: so nobody overtakes, and nobody waits while a permit is free.
 */
final class Waitroom {

    // Guarded by this.
    private final Bulkhead<Object> permits;
    private final Set<Ticket> queue = new LinkedHashSet<>();

    Waitroom(BulkheadSpec spec) {
        permits = Bulkhead.of(spec.max());
    }

    /** Takes a permit if one is free. */
    synchronized boolean tryAcquire() {
        return permits.tryAcquirePermit();
    }

    /**
     * Takes a permit as soon as there is one.
     *
     * @param granted called exactly once, when the permit is held: by this thread if one is free now, else by the thread
     *     that gives one back; never if {@link Ticket#leave} returns true. It returns whether it keeps the permit; if not,
     *     the next in the queue is asked. It must be short and must not throw.
     */
    Ticket enter(BooleanSupplier granted) {
        Ticket ticket = new Ticket(granted);
        if (acquireOrQueue(ticket) && !granted.getAsBoolean()) {
            release();
        }
        return ticket;
    }

    private synchronized boolean acquireOrQueue(Ticket ticket) {
        boolean acquired = permits.tryAcquirePermit();
        if (!acquired) {
            queue.add(ticket);
        }
        return acquired;
    }

    /** Gives a permit back. */
    void release() {
        Ticket next;
        do {
            next = releaseOrHandOver();
        } while (next != null && !next.granted.getAsBoolean());
    }

    private synchronized @Nullable Ticket releaseOrHandOver() {
        Iterator<Ticket> waiting = queue.iterator();
        if (!waiting.hasNext()) {
            permits.releasePermit();
            return null;
        }
        Ticket first = waiting.next();
        waiting.remove();
        return first;
    }

    private synchronized boolean remove(Ticket ticket) {
        return queue.remove(ticket);
    }

    /** A place in the queue. */
    final class Ticket {

        private final BooleanSupplier granted;

        private Ticket(BooleanSupplier granted) {
            this.granted = granted;
        }

        /** Leaves the queue; false if the permit was granted before and has to be given back. */
        boolean leave() {
            return remove(this);
        }
    }
}
