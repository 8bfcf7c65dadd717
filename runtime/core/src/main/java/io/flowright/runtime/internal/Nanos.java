package io.flowright.runtime.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Durations as numbers to reckon with. */
final class Nanos {

    /** About 146 years: the sum with any reading of a clock still compares correctly. */
    private static final long LONGEST = Long.MAX_VALUE / 2;

    private Nanos() {}

    /** The duration in nanoseconds; nothing for one that is negative, and 146 years for one that is longer. */
    static long of(Duration duration) {
        return Math.max(0, Math.min(TimeUnit.NANOSECONDS.convert(duration), LONGEST));
    }
}
