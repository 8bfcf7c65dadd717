package io.flowright.runtime.spi;

import io.flowright.runtime.RunStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded of one run, all of it or nothing.
 *
 * @param run the id of the run
 * @param epoch the epoch in which the writer owns it; 1 where it begins
 * @param begin the run, which is to begin; null: it has begun
 * @param tasks records to be added
 * @param keys changes of idempotency keys
 * @param change what the run becomes; null: it stays as it is
 * @since 0.1
 */
public record RunWrite(
        String run,
        long epoch,
        @Nullable NewRun begin,
        List<TaskRecord> tasks,
        List<KeyWrite> keys,
        @Nullable Change change) {

    /**
     * What a run becomes.
     *
     * @param status its status from now on
     * @param error why it failed, encoded; null: it has not, or nothing but a task did
     * @param released whether it has no owner from now on. One that is still active is for any engine to adopt
     * @param at when it became so
     */
    @SuppressWarnings("ArrayRecordComponent") // Bytes on their way, which nobody compares or changes.
    public record Change(RunStatus status, byte @Nullable [] error, boolean released, Instant at) {}

    /** What came of a write. */
    public enum Outcome {
        /** It is recorded, by this call or by an earlier one that was cut off. */
        WRITTEN,
        /** It is refused: the run has, or had, another owner since. */
        STALE,
        /** It is refused: the run was to begin, and there is another with its id. */
        EXISTS
    }
}
