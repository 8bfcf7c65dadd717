package io.flowright.runtime.internal.desk;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.RunAdministration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** Removes what is no longer wanted, a little at a time, so that whoever writes meanwhile hardly waits. */
public final class Sweep {

    /** How many runs, or keys, are removed in one transaction. */
    private static final int BATCH = 500;

    /** Between two transactions: others have their turn. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final RunAdministration store;
    private final BooleanSupplier goesOn;

    /** @param goesOn is asked before each transaction */
    public Sweep(RunAdministration store, BooleanSupplier goesOn) {
        this.store = store;
        this.goesOn = goesOn;
    }

    /** Removes the runs that have had a status since before a moment, then idempotency keys; returns how many runs. */
    public long remove(Map<RunStatus, Instant> endedBefore) {
        long removed = 0;
        for (Map.Entry<RunStatus, Instant> entry : endedBefore.entrySet()) {
            removed += all(() -> store.purge(null, entry.getKey(), entry.getValue(), BATCH));
        }
        all(() -> store.purgeKeys(BATCH));
        return removed;
    }

    private long all(IntSupplier batch) {
        long removed = 0;
        int last = 1;
        while (last > 0 && goesOn.getAsBoolean()) {
            last = batch.getAsInt();
            removed += last;
            if (last == BATCH) {
                LockSupport.parkNanos(this, PAUSE);
            }
        }
        return removed;
    }
}
