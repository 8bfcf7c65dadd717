package io.flowright.runtime.internal;

import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.IdempotencyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers results in memory: at most so many, for at most so long, the oldest forgotten first. Claims do not count and
 * are never forgotten. With a row its generation is forgotten too.
 */
final class MemoryIdempotencyStore implements IdempotencyStore {

    private static final Logger LOGGER = LoggerFactory.getLogger(MemoryIdempotencyStore.class);

    private static final int MAX_ROWS = 10_000;
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final int maxRows;
    private final Duration maxAge;
    private final FlowClock clock;

    // Guarded by this.
    private final Map<Key, Owner> owners = new HashMap<>();
    private final LinkedHashMap<Key, Row> rows = new LinkedHashMap<>();

    /** At most 10,000 results, for at most an hour. */
    MemoryIdempotencyStore(FlowClock clock) {
        this(MAX_ROWS, MAX_AGE, clock);
    }

    MemoryIdempotencyStore(int maxRows, Duration maxAge, FlowClock clock) {
        this.maxRows = maxRows;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    @Override
    public synchronized Claim claim(Key key, Runnable whenFreed) {
        Owner owner = owners.get(key);
        if (owner != null) {
            owner.waiting.add(whenFreed);
            return new Claim.Busy();
        }
        Row row = rows.get(key);
        if (row != null && row.completed && clock.nanos() - row.since < row.ttl) {
            return new Claim.Completed(row.value);
        }
        long generation = nextGeneration(key);
        owners.put(key, new Owner(generation));
        return new Claim.Owned(generation);
    }

    @Override
    public void complete(Key key, @Nullable Object value, Duration ttl) {
        wake(remember(key, value, ttl));
    }

    private synchronized Owner remember(Key key, @Nullable Object value, Duration ttl) {
        Owner owner = owners.remove(key);
        if (owner == null) {
            throw new IllegalStateException("nobody has claimed " + key);
        }
        Duration life = ttl.compareTo(maxAge) < 0 ? ttl : maxAge;
        put(key, new Row(Math.max(owner.generation, nextGeneration(key)), true, value, clock.nanos(), Nanos.of(life)));
        return owner;
    }

    @Override
    public void giveUp(Key key) {
        Owner owner;
        synchronized (this) {
            owner = owners.remove(key);
        }
        if (owner != null) {
            wake(owner);
        }
    }

    /** All of them, not one: the one that was chosen might want the key no more, and the others would wait for ever. */
    private static void wake(Owner owner) {
        for (Runnable freed : owner.waiting) {
            try {
                freed.run();
            } catch (RuntimeException failure) {
                LOGGER.error("A task that waited for an idempotent result could not go on", failure);
            }
        }
    }

    @Override
    public synchronized void revoke(Key key) {
        put(key, new Row(generation(key) + 1, false, null, clock.nanos(), 0));
    }

    @Override
    public synchronized long generation(Key key) {
        Owner owner = owners.get(key);
        return owner == null ? nextGeneration(key) : owner.generation;
    }

    private long nextGeneration(Key key) {
        Row row = rows.get(key);
        return row == null ? 0 : row.generation;
    }

    /** As the youngest row. */
    private void put(Key key, Row row) {
        rows.remove(key);
        rows.put(key, row);
        forget();
    }

    /** The rows stand in the order of their age. */
    private void forget() {
        Iterator<Row> oldest = rows.values().iterator();
        while (oldest.hasNext()) {
            Row row = oldest.next();
            if (rows.size() <= maxRows && clock.nanos() - row.since < Nanos.of(maxAge)) {
                return;
            }
            oldest.remove();
        }
    }

    /** Who executes the task for a key, and who waits for that. */
    private static final class Owner {
        final long generation;
        final List<Runnable> waiting = new ArrayList<>();

        Owner(long generation) {
            this.generation = generation;
        }
    }

    /** @param ttl in nanoseconds, as {@code since} is */
    private record Row(
            long generation, boolean completed, @Nullable Object value, long since, long ttl) {}
}
