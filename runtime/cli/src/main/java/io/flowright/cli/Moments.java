package io.flowright.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/** Moments as people write them. */
final class Moments {

    private Moments() {}

    /**
     * A moment: {@code 2026-11-21T10:00:00Z}, {@code 2026-11-21T10:00} or {@code 2026-11-21} in the zone of the clock, or how long ago it
     * was: {@code 2h}.
     */
    static Instant parse(String option, String text, Clock clock) {
        ZoneId zone = clock.getZone();
        List<Function<String, Instant>> forms = List.of(
                Instant::parse,
                form -> OffsetDateTime.parse(form).toInstant(),
                form -> LocalDateTime.parse(form.replace(' ', 'T')).atZone(zone).toInstant(),
                form -> LocalDate.parse(form).atStartOfDay(zone).toInstant(),
                form -> ago(form, clock));
        for (Function<String, Instant> form : forms) {
            try {
                return form.apply(text);
            } catch (DateTimeException | TypeConversionException | ArithmeticException e) {
                // The next one.
            }
        }
        throw new UsageException("Invalid value for option '" + option + "': '" + text
                + "' is no moment: 2026-11-21T10:00:00Z, 2026-11-21T10:00, 2026-11-21, or how long ago: 2h");
    }

    private static Instant ago(String text, Clock clock) {
        Duration duration = Converters.duration(text);
        return clock.instant().minus(duration);
    }
}
