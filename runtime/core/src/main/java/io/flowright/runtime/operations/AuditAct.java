package io.flowright.runtime.operations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody does to a run, or to many.
 *
 * @param at when, by the clock of whoever does it; stores keep microseconds
 * @param operator who, and why
 * @param action what: {@code pause}, {@code resume}, {@code purge} ...
 * @param run the run that it is done to; null: many, see the details
 * @param details what else there is to say; may be empty
 * @since 0.1
 */
public record AuditAct(
        Instant at,
        Operator operator,
        String action,
        @Nullable String run,
        String details) {}
