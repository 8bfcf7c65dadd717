package io.flowright.runtime.internal;

import java.time.Duration;

/** Durations as people write them, and as annotations take them: {@code 250ms}, {@code 1m 30s}. */
public final class Durations {

    private Durations() {}

    /** The duration in its two largest units, rounded down: {@code 1h 5m}, {@code 1s 250ms}, {@code 12us}. */
    public static String text(Duration duration) {
        if (duration.isNegative()) {
            return "-" + text(duration.negated());
        }
        if (duration.toDays() > 0) {
            return text(duration.toDays(), "d", duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return text(duration.toHours(), "h", duration.toMinutesPart(), "m");
        }
        if (duration.toMinutes() > 0) {
            return text(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
        }
        if (duration.toSeconds() > 0) {
            return text(duration.toSeconds(), "s", duration.toMillisPart(), "ms");
        }
        if (duration.toMillis() > 0) {
            return duration.toMillis() + "ms";
        }
        return duration.isZero() ? "0s" : Math.max(1, duration.toNanos() / 1_000) + "us";
    }

    private static String text(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
    }
}
