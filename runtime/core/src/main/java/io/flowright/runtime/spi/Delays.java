package io.flowright.runtime.spi;

import java.time.Duration;

/** Delays as clocks count them. */
final class Delays {

    /** About 146 years: far enough away, and the sum with any reading of a clock still compares correctly. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private Delays() {}

    /** The delay in nanoseconds; nothing for one that is negative, and 146 years for one that is longer. */
    static long nanos(Duration delay) {
        if (delay.isNegative()) {
            return 0;
        }
        return (delay.compareTo(LONGEST) < 0 ? delay : LONGEST).toNanos();
    }
}
