package io.flowright.jdbc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Points in time as databases have them: to the microsecond, and of years with four digits. */
final class Times {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /**
     * Between these, the errors of seconds as a {@code double}, of what PostgreSQL makes of them (seconds since 2000) and of microseconds
     * since then are together less than half a microsecond, to which it rounds.
     */
    private static final long EXACT_FROM = -1_000_000_000L;

    private static final long EXACT_UNTIL = 3_000_000_000L;

    private static final int SECONDS_OF_DAY = 86_400;

    private Times() {}

    /** What a database keeps of it; a time that is further away than any database reckons is the furthest. */
    static Instant kept(Instant time) {
        if (time.isBefore(FIRST)) {
            return FIRST;
        }
        return time.isAfter(LAST) ? LAST : time.truncatedTo(ChronoUnit.MICROS);
    }

    /** Whether {@link #seconds} keeps each microsecond: those from 1939 to 2064. */
    static boolean areExactInSeconds(@Nullable Instant time) {
        return time == null || (time.getEpochSecond() > EXACT_FROM && time.getEpochSecond() < EXACT_UNTIL);
    }

    /** Seconds since 1970, to be rounded to the microsecond. */
    static @Nullable Double seconds(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        int micros = time.getNano() / 1_000;
        return time.getEpochSecond() + micros / 1e6;
    }

    static @Nullable OffsetDateTime parameter(@Nullable Instant time) {
        return time == null ? null : kept(time).atOffset(ZoneOffset.UTC);
    }

    /** For comparisons; the driver writes the ends of this type as {@code infinity}. */
    static OffsetDateTime bound(Instant time) {
        if (time.isBefore(FIRST)) {
            return OffsetDateTime.MIN;
        }
        return time.isAfter(LAST) ? OffsetDateTime.MAX : time.atOffset(ZoneOffset.UTC);
    }

    /** As in ISO 8601, with six digits of a second. {@link Instant#toString} goes through a formatter, which was a tenth of what it took to write. */
    static void append(StringBuilder text, Instant time) {
        Instant kept = kept(time);
        long second = kept.getEpochSecond();
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_OF_DAY));
        int ofDay = Math.floorMod(second, SECONDS_OF_DAY);
        digits(text, day.getYear(), 1000);
        digits(text.append('-'), day.getMonthValue(), 10);
        digits(text.append('-'), day.getDayOfMonth(), 10);
        digits(text.append('T'), ofDay / 3600, 10);
        digits(text.append(':'), ofDay / 60 % 60, 10);
        digits(text.append(':'), ofDay % 60, 10);
        digits(text.append('.'), kept.getNano() / 1000, 100_000);
        text.append('Z');
    }

    private static void digits(StringBuilder text, int number, int highest) {
        for (int place = highest; place > 0; place /= 10) {
            text.append((char) ('0' + number / place % 10));
        }
    }

    static @Nullable Instant of(@Nullable OffsetDateTime value) {
        return value == null ? null : value.toInstant();
    }
}
