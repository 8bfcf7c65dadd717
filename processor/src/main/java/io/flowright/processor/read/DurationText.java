package io.flowright.processor.read;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code "250ms"}, {@code "30s"}, {@code "5m"}, {@code "2h"}, {@code "7d"} or ISO-8601. */
final class DurationText {

    private static final Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h|d)");
    private static final Map<String, LongFunction<Duration>> UNITS = Map.of(
            "ms", Duration::ofMillis,
            "s", Duration::ofSeconds,
            "m", Duration::ofMinutes,
            "h", Duration::ofHours,
            "d", Duration::ofDays);

    private DurationText() {}

    /** The duration; empty where the text is none, is negative, or is longer than the clock can count (292 years). */
    static Optional<Duration> parse(String text) {
        try {
            Duration duration = parseAny(text);
            return duration.toNanos() < 0 ? Optional.empty() : Optional.of(duration);
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException notADuration) {
            return Optional.empty();
        }
    }

    private static Duration parseAny(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        LongFunction<Duration> unit = UNITS.get(matcher.group(2));
        if (unit == null) {
            throw new IllegalStateException("No unit " + matcher.group(2));
        }
        return unit.apply(Long.parseLong(matcher.group(1)));
    }
}
