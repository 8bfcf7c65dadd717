package io.flowright.runtime.internal;

import io.flowright.runtime.internal.desk.Sweep;
import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.operations.Retention;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.RunStore;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes runs that have been kept for long enough, now and then, on a thread of its own. Several engines may do so on one store. */
final class Caretaker {

    private static final Logger log = LoggerFactory.getLogger(Caretaker.class);

    /** From the end of one round to the begin of the next. */
    private static final long REST = TimeUnit.MINUTES.toNanos(1);

    private final RunStore store;
    private final Retention retention;
    private final FlowClock clock;
    private final Operator operator;
    private final Thread thread;
    private volatile boolean closed;

    Caretaker(RunStore store, Retention retention, FlowClock clock, String owner) {
        this.store = store;
        this.retention = retention;
        this.clock = clock;
        operator = new Operator("retention", "policy of engine " + owner);
        thread = new Thread(this::work, "flowright-retention");
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        while (!closed) {
            try {
                round();
            } catch (RuntimeException e) {
                log.warn("Old runs could not be removed from {}; the next try is in a minute: {}", store, e.toString());
            }
            if (!closed) {
                LockSupport.parkNanos(this, REST);
            }
        }
    }

    private void round() {
        Instant now = clock.now();
        long removed = new Sweep(store.administration(), () -> !closed).remove(retention.periods(), now);
        if (removed > 0) {
            store.administration()
                    .append(
                            new AuditAct(now, operator, "purge", null, removed + " runs: " + retention.periods()),
                            true);
            log.info("{} runs were old enough to be removed from {}", removed, store);
        }
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
