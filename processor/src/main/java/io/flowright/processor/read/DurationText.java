package io.flowright.processor.read;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code "250ms"}, {@code "30s"}, {@code "5m"}, {@code "2h"}, {@code "7d"} or ISO-8601. */
final class DurationText {

    private static final Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    /** A part of what people write elsewhere: {@code 1m30s}, {@code 0.5s}, {@code 90 seconds}. */
    private static final Pattern LOOSE = Pattern.compile(
            "(\\d+(?:\\.\\d+)?) *(millis|ms|minutes?|mins?|m|seconds?|secs?|s|hours?|h|days?|d) *",
            Pattern.CASE_INSENSITIVE);

    /** The longest first. */
    private enum Unit {
        D(Duration.ofDays(1)),
        H(Duration.ofHours(1)),
        M(Duration.ofMinutes(1)),
        S(Duration.ofSeconds(1)),
        MS(Duration.ofMillis(1));

        private final Duration length;

        Unit(Duration length) {
            this.length = length;
        }

        static Unit of(String name) {
            String lower = name.toLowerCase(Locale.ROOT);
            return lower.equals("ms") || lower.equals("millis")
                    ? MS
                    : valueOf(lower.substring(0, 1).toUpperCase(Locale.ROOT));
        }
    }

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
        return matcher.matches()
                ? Unit.of(matcher.group(2)).length.multipliedBy(Long.parseLong(matcher.group(1)))
                : Duration.parse(text);
    }

    /** What was probably meant, as it has to be written: {@code PT1M30S} for {@code 1m30s}; empty where that is unclear. */
    static Optional<String> meant(String text) {
        String loose = text.strip();
        Matcher part = LOOSE.matcher(loose);
        BigDecimal nanos = BigDecimal.ZERO;
        Unit unit = Unit.D;
        int parts = 0;
        for (int end = 0; end < loose.length(); end = part.end()) {
            if (!part.find(end) || part.start() != end) {
                return Optional.empty();
            }
            unit = Unit.of(part.group(2));
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit.length.toNanos())));
            parts++;
        }
        try {
            Duration duration = Duration.ofNanos(nanos.longValueExact());
            return parts == 0
                    ? Optional.empty()
                    : Optional.of(parts == 1 ? write(duration, unit) : duration.toString());
        } catch (ArithmeticException tooLongOrTooFine) {
            return Optional.empty();
        }
    }

    /** In that unit or the next shorter one that suffices, else in ISO-8601. */
    private static String write(Duration duration, Unit longest) {
        for (Unit unit : Unit.values()) {
            if (unit.compareTo(longest) >= 0 && duration.toNanos() % unit.length.toNanos() == 0) {
                return duration.dividedBy(unit.length) + unit.name().toLowerCase(Locale.ROOT);
            }
        }
        return duration.toString();
    }
}
