package io.flowright.crash.chaos;

import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Looks whether runs that nobody live owns are taken up. Only time counts in which that can be expected: somebody is well, and so is the
 * store.
 */
final class OrphanWatch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final RunStore store;
    private final BooleanSupplier calm;
    private final long limit;
    private final Thread thread;

    // Guarded by this.
    private final Map<String, Long> since = new HashMap<>();
    private final Map<String, Violation> left = new HashMap<>();
    private long longest;

    OrphanWatch(RunStore store, BooleanSupplier calm, Duration limit) {
        this.store = store;
        this.calm = calm;
        this.limit = limit.toNanos();
        thread = new Thread(this::watch, "watch for orphans");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PAUSE.toMillis());
                look();
            }
        } catch (InterruptedException e) {
            // It is over.
        }
    }

    private void look() {
        List<RunRecord> orphans;
        try {
            orphans = store.orphans(10_000);
        } catch (RuntimeException e) {
            orphans = List.of();
        }
        boolean counts = calm.getAsBoolean();
        long now = System.nanoTime();
        synchronized (this) {
            Map<String, Long> before = new HashMap<>(since);
            since.clear();
            if (!counts) {
                return;
            }
            for (RunRecord orphan : orphans) {
                String key = orphan.id() + " " + orphan.epoch();
                long first = before.getOrDefault(key, now);
                since.put(key, first);
                longest = Math.max(longest, now - first);
                if (now - first > limit) {
                    left.put(
                            key,
                            new Violation(
                                    Violation.Rule.STUCK, orphan.id(), "nobody has taken it up for long: " + orphan));
                }
            }
        }
    }

    /** For how long a run waited, at most, when somebody could have taken it up. */
    synchronized Duration longest() {
        return Duration.ofNanos(longest);
    }

    synchronized List<Violation> violations() {
        return new ArrayList<>(left.values());
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
