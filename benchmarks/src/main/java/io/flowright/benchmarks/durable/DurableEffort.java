package io.flowright.benchmarks.durable;

import java.time.Duration;

/**
 * How long to measure.
 *
 * @param rounds how often everything is measured, after one round that warms up
 * @param time for each number of callers, contender and shape
 * @param runs whose bytes are measured
 * @param orphans that are recovered
 * @param paused whose heap is measured
 */
record DurableEffort(int rounds, Duration time, int runs, int orphans, int paused) {

    /** Some minutes: enough to see a ratio, not to quote a number. */
    static final DurableEffort QUICK = new DurableEffort(2, Duration.ofMillis(700), 1_000, 1_000, 10_000);

    /** Most of an hour. */
    static final DurableEffort FULL = new DurableEffort(5, Duration.ofSeconds(4), 10_000, 10_000, 100_000);

    /** Before each measurement runs go by that are not counted, for this long. */
    Duration settling() {
        return time.dividedBy(3);
    }
}
