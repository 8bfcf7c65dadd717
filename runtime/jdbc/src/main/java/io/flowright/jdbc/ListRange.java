package io.flowright.jdbc;

import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunQuery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * From where to where a list of runs goes, by the time at which they were started and, in one moment, by id. Databases keep microseconds,
 * and so the ends are brought to whole ones without a run more or less between them.
 *
 * @param from not started before that; {@link Instant#MIN}: whenever
 * @param before started before that, or then with an id before the other; {@link Instant#MAX}: whenever
 * @param beforeId see there; empty: no run has an id before it
 */
record ListRange(Instant from, Instant before, String beforeId) {

    static ListRange of(RunQuery query, @Nullable RunCursor after) {
        Instant from = query.createdFrom() == null ? Instant.MIN : whole(query.createdFrom());
        Instant before = query.createdBefore() == null ? Instant.MAX : whole(query.createdBefore());
        if (after == null || before.isBefore(after.createdAt())) {
            return new ListRange(from, before, "");
        }
        Instant cursor = whole(after.createdAt());
        if (before.equals(cursor)) {
            return new ListRange(from, before, "");
        }
        return new ListRange(from, cursor, cursor.equals(after.createdAt()) ? after.id() : "");
    }

    /** The first whole microsecond that is not before it. */
    private static Instant whole(Instant time) {
        Instant floor = time.truncatedTo(ChronoUnit.MICROS);
        return floor.equals(time) || floor.isAfter(Instant.MAX.minusSeconds(1))
                ? floor
                : floor.plus(1, ChronoUnit.MICROS);
    }
}
