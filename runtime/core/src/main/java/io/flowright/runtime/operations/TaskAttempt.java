package io.flowright.runtime.operations;

import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a task as it is on record.
 *
 * @param task the durable name of the task
 * @param element the index of the element; null: the task runs once
 * @param number the number of the attempt, from 1; 0: the task ended before any began
 * @param kind whether it began, ended, or undid the task
 * @param status how it stands
 * @param startedAt when it began; null: not known
 * @param endedAt when it ended, or was noted
 * @param dueAt when the next attempt is due; null: none is
 * @param failure why it failed; of a success: what its fallback answered; null: it has not failed
 * @param inputHash the SHA-256 of what it received, in hexadecimal digits; null: not known
 * @param outputHash the SHA-256 of what it gave; null: nothing, or not known
 * @param progress how far it said to be when it ended; null: it did not say
 * @since 0.1
 */
public record TaskAttempt(
        String task,
        @Nullable Integer element,
        int number,
        TaskRecord.Kind kind,
        TaskRecord.Status status,
        @Nullable Instant startedAt,
        Instant endedAt,
        @Nullable Instant dueAt,
        @Nullable FailureInfo failure,
        @Nullable String inputHash,
        @Nullable String outputHash,
        @Nullable ProgressReport progress) {

    /** How long it took; null: not known. */
    public @Nullable Duration took() {
        return startedAt == null ? null : Duration.between(startedAt, endedAt);
    }
}
