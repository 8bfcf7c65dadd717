package io.flowright.runtime.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A clock that a test moves by hand. It starts on 1 January 2000, 00:00 UTC, and stands still between calls of
 * {@link #advance}. Thread-safe.
 *
 * <pre>{@code
 * VirtualClock clock = FlowClock.virtual();
 * clock.schedule(Duration.ofSeconds(30), () -> System.out.println("half a minute"));
 * clock.advance(Duration.ofMinutes(1)); // prints it, at once
 * }</pre>
 *
 * <p>An engine with this clock waits until somebody moves it. {@code run}, and on a sequential engine {@code start} too, keeps
 * its caller until the run has ended: a retry's pause, a timeout of a task that blocks or a deadline hangs for ever unless
 * another thread advances. So either begin the run with {@code start} on a parallel engine, or {@code run} it on a thread of
 * its own; wait until {@link #pending} counts what the run waits for; then advance. Circuit breakers and rate limits reckon by
 * the real clock.
 */
public final class VirtualClock implements FlowClock {

    private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

    private static final Comparator<Entry> BY_TIME =
            Comparator.<Entry>comparingLong(entry -> entry.due).thenComparingLong(entry -> entry.number);

    /** Held while time moves, so that two threads that advance do so one after the other. Taken before {@code this}. */
    private final ReentrantLock advancing = new ReentrantLock();

    // Guarded by this.
    private final TreeSet<Entry> entries = new TreeSet<>(BY_TIME);
    private long elapsed;
    private long scheduled;

    VirtualClock() {}

    @Override
    public synchronized Instant now() {
        return START.plusNanos(elapsed);
    }

    @Override
    public synchronized long nanos() {
        return elapsed;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Here that thread is the one that advances the clock; an action without a delay runs at the next
     * {@code advance(Duration.ZERO)}.
     */
    @Override
    public synchronized Scheduled schedule(Duration delay, Runnable action) {
        Entry entry = new Entry(after(delay), scheduled++, new LoggedAction(action));
        entries.add(entry);
        return () -> remove(entry);
    }

    /** What the clock shows then; at most 292 years after its start. */
    private synchronized long after(Duration delay) {
        long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(delay));
        return elapsed + Math.min(nanos, Long.MAX_VALUE - elapsed);
    }

    private synchronized void remove(Entry entry) {
        entries.remove(entry);
    }

    /** How many actions are to come. */
    public synchronized int pending() {
        return entries.size();
    }

    /**
     * Moves the time forwards and runs what becomes due on the way, in order of time, on this thread. While an action
     * runs, the time stands at the moment for which it was scheduled. What the actions schedule runs as well if it is
     * due before the end.
     *
     * @throws IllegalArgumentException if the step is negative
     */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("time does not run backwards");
        }
        advancing.lock();
        try {
            long end = after(step);
            for (Entry entry = next(end); entry != null; entry = next(end)) {
                entry.action.run();
            }
        } finally {
            advancing.unlock();
        }
    }

    /** Takes the next action that is due until {@code end} and moves the time there, or to the end if there is none. */
    private synchronized @Nullable Entry next(long end) {
        boolean due = !entries.isEmpty() && entries.first().due <= end;
        Entry entry = due ? entries.pollFirst() : null;
        // An action that itself advanced the clock may have moved it further already.
        elapsed = Math.max(elapsed, entry == null ? end : entry.due);
        return entry;
    }

    @Override
    public String toString() {
        return "FlowClock.virtual() at " + now();
    }

    private static final class Entry {
        final long due;
        final long number;
        final Runnable action;

        Entry(long due, long number, Runnable action) {
            this.due = due;
            this.number = number;
            this.action = action;
        }
    }
}
