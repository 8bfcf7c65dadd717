package io.flowright.cli.view;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times as people read them, by a clock and in its time zone. Thread-safe. */
public final class Times {

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Clock clock;

    /** Times by this clock. */
    public Times(Clock clock) {
        this.clock = clock;
    }

    /** Date and time of the zone; empty if it is not known. */
    public String at(@Nullable Instant moment) {
        return moment == null ? "" : LOCAL.format(moment.atZone(clock.getZone()));
    }

    /** How long ago it was, or how soon it will be. */
    String away(Instant moment) {
        Duration since = Duration.between(moment, clock.instant());
        return since.isNegative() ? "in " + length(since.negated()) : length(since) + " ago";
    }

    Duration since(Instant moment) {
        return Duration.between(moment, clock.instant());
    }

    /** The time zone, as far as that moment is concerned: {@code +01:00}. */
    String zone(Instant moment) {
        return clock.getZone().getRules().getOffset(moment).getId();
    }

    /** The duration in its two largest units, rounded down: {@code 1h 5m}, {@code 1s 250ms}; one that is negative is none. */
    public static String length(@Nullable Duration duration) {
        if (duration == null) {
            return "";
        }
        if (duration.isNegative()) {
            return "0ms";
        }
        if (duration.toDays() > 0) {
            return units(duration.toDays(), "d", duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return units(duration.toHours(), "h", duration.toMinutesPart(), "m");
        }
        if (duration.toMinutes() > 0) {
            return units(duration.toMinutes(), "m", duration.toSecondsPart(), "s");
        }
        if (duration.toSeconds() > 0) {
            return units(duration.toSeconds(), "s", duration.toMillisPart(), "ms");
        }
        return duration.toMillis() + "ms";
    }

    private static String units(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
    }
}
