package io.flowright.jdbc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Points in time as databases have them: to the microsecond, and of years with four digits. */
final class Times {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Times() {}

    /** What a database keeps of it; a time that is further away than any database reckons is the furthest. */
    static Instant kept(Instant time) {
        if (time.isBefore(FIRST)) {
            return FIRST;
        }
        return time.isAfter(LAST) ? LAST : time.truncatedTo(ChronoUnit.MICROS);
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

    /** As in ISO 8601. */
    static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : kept(time).toString();
    }

    static @Nullable Instant of(@Nullable OffsetDateTime value) {
        return value == null ? null : value.toInstant();
    }
}
