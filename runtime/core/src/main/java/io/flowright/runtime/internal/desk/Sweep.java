package io.flowright.runtime.internal.desk;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.RunAdministration;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Removes what is no longer wanted, a little at a time, so that whoever writes meanwhile hardly waits. */
public final class Sweep {

    /** How many runs, or keys, are removed in one transaction: as many as a busy store takes less than {@link #LONG} for. */
    private static final int FEWEST = 10;

    private static final int MOST = 500;

    /** Whoever writes to a file waits for as long. */
    private static final long LONG = TimeUnit.MILLISECONDS.toNanos(50);

    /** Between two transactions: others have their turn. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final RunAdministration store;
    private final BooleanSupplier goesOn;
    private final LongSupplier nanoTime;

    private int size = 10 * FEWEST;

    /** @param goesOn is asked before each transaction */
    public Sweep(RunAdministration store, BooleanSupplier goesOn) {
        this(store, goesOn, System::nanoTime);
    }

    Sweep(RunAdministration store, BooleanSupplier goesOn, LongSupplier nanoTime) {
        this.store = store;
        this.goesOn = goesOn;
        this.nanoTime = nanoTime;
    }

    /** Removes the runs that have had a status for longer than so, then idempotency keys; returns how many runs. */
    public long remove(Map<RunStatus, Duration> periods, Instant now) {
        long removed = 0;
        for (Map.Entry<RunStatus, Duration> entry : periods.entrySet()) {
            Instant endedBefore = now.minus(entry.getValue());
            removed += all(() -> store.purge(null, entry.getKey(), endedBefore, size));
        }
        all(() -> store.purgeKeys(size));
        return removed;
    }

    private long all(IntSupplier batch) {
        long removed = 0;
        int last = 1;
        while (last > 0 && goesOn.getAsBoolean()) {
            long begin = nanoTime.getAsLong();
            last = batch.getAsInt();
            long took = nanoTime.getAsLong() - begin;
            removed += last;
            if (last >= size) {
                LockSupport.parkNanos(this, PAUSE);
            }
            if (took > LONG) {
                size = Math.max(FEWEST, size / 2);
            } else if (took < LONG / 4) {
                size = Math.min(MOST, 2 * size);
            }
        }
        return removed;
    }
}
