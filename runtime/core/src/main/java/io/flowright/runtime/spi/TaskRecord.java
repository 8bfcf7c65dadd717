package io.flowright.runtime.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one attempt of a task in a run. Its key is the run with {@code task}, {@code element}, {@code generation},
 * {@code attempt} and {@code kind}; a record that is written again changes nothing.
 *
 * @param task the durable name of the task, with the path of its group: {@code thumb.resize}
 * @param element for a task that runs for each element its index as text; empty: the task as a whole
 * @param generation which execution of its group it belongs to, from 0
 * @param attempt the number of the attempt, from 1; 0: the task ended before any began
 * @param kind what the record is about
 * @param status how it stands
 * @param result the encoded result; null: there is none
 * @param error the encoded failure; of a success: that which a fallback answered; null: there is none
 * @param startedAt when the attempt began; null: not known
 * @param endedAt when it ended, or was noted
 * @param dueAt when the next attempt is due; null: none is
 * @param inputHash a hash of what the attempt received, of names and values; equal values have equal ones; null: not known
 * @param outputHash the SHA-256 of what it gave, in hexadecimal digits; null: it gave nothing, or that is not known
 * @param progress how far it said to be when it ended, encoded; null: it did not say
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way, which nobody compares or changes.
public record TaskRecord(
        String task,
        String element,
        int generation,
        int attempt,
        Kind kind,
        Status status,
        byte @Nullable [] result,
        byte @Nullable [] error,
        @Nullable Instant startedAt,
        Instant endedAt,
        @Nullable Instant dueAt,
        @Nullable String inputHash,
        @Nullable String outputHash,
        byte @Nullable [] progress) {

    /** A record without what is there for people alone: hashes and progress. */
    public TaskRecord(
            String task,
            String element,
            int generation,
            int attempt,
            Kind kind,
            Status status,
            byte @Nullable [] result,
            byte @Nullable [] error,
            @Nullable Instant startedAt,
            Instant endedAt,
            @Nullable Instant dueAt) {
        this(
                task,
                element,
                generation,
                attempt,
                kind,
                status,
                result,
                error,
                startedAt,
                endedAt,
                dueAt,
                null,
                null,
                null);
    }

    /**
     * What a record is about. Stores keep the name.
     */
    public enum Kind {
        /** An attempt has begun; written only where that matters. */
        START,
        /** An attempt has ended. */
        END,
        /** An attempt to undo the task has ended. */
        COMPENSATION,
        /** An attempt, of whichever kind, was interrupted: its run was paused, cancelled or ended. For people; nothing follows from it. */
        INTERRUPT
    }

    /** How an attempt stands. Stores keep the name. */
    public enum Status {
        /** It has begun. */
        STARTED,
        /** It failed, and another follows. */
        RETRYING,
        /** It succeeded. */
        SUCCEEDED,
        /** It was not needed: the result is that of another execution with the same idempotency key. */
        TAKEN,
        /** It failed for good, and the run goes on without its result. */
        TOLERATED,
        /** It failed for good. */
        FAILED,
        /** It came to no end of its own, and is no failure. */
        INTERRUPTED
    }

    /** Without what may be somebody's secret. */
    @Override
    public String toString() {
        return "TaskRecord[task=" + task + ", element=" + element + ", attempt=" + attempt + ", kind=" + kind
                + ", status=" + status + "]";
    }
}
