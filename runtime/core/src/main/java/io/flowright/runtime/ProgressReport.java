package io.flowright.runtime;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far something is, as it said itself or as the engine counts it.
 *
 * @param done how much is done; null: it did not say
 * @param total of how much; null: not known
 * @param detail what else the task said, as text: in a durable run as it is recorded; null: nothing
 * @param remaining how long it will take from {@code at} on, if it goes on as it did; null: nobody can tell
 * @param at when it said so; null: it is counted
 * @since 0.1
 */
public record ProgressReport(
        @Nullable Long done,
        @Nullable Long total,
        @Nullable String detail,
        @Nullable Duration remaining,
        @Nullable Instant at) {

    /** A report of numbers alone. */
    public static ProgressReport of(long done, long total) {
        return new ProgressReport(done, total, null, null, null);
    }

    /** The share of the work that is done, from 0 to 1; null: not known. */
    public @Nullable Double fraction() {
        return done == null || total == null ? null : total == 0 ? 1.0 : (double) done / total;
    }

    /** The numbers: {@code 3 of 7 done}; empty if there are none. */
    @Override
    public String toString() {
        return done == null ? "" : total == null ? done + " done" : done + " of " + total + " done";
    }
}
