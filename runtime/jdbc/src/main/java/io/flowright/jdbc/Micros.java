package io.flowright.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Points in time as microseconds since 1970; what is further away than these reach is as far away as they reach. */
final class Micros {

    private static final long PER_SECOND = 1_000_000;
    private static final long MOST_SECONDS = Long.MAX_VALUE / PER_SECOND - 1;

    private Micros() {}

    static @Nullable Long of(@Nullable Instant time) {
        if (time == null) {
            return null;
        }
        long seconds = Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, time.getEpochSecond()));
        return seconds * PER_SECOND + time.getNano() / 1_000;
    }

    /** For comparisons: what is further away than any time that is kept is further away than all of them. */
    static long bound(Instant time) {
        if (time.getEpochSecond() > MOST_SECONDS) {
            return Long.MAX_VALUE;
        }
        return time.getEpochSecond() < -MOST_SECONDS
                ? Long.MIN_VALUE
                : time.getEpochSecond() * PER_SECOND + time.getNano() / 1_000;
    }

    static @Nullable Instant nullable(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : instant(micros);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1_000);
    }
}
