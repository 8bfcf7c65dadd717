package io.flowright.runtime.spi;

import io.flowright.runtime.RunStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as a store has it.
 *
 * @param id its id, unique in the store
 * @param flow its flow
 * @param version the flow's label for people; may be empty
 * @param status its status; never {@code PENDING} or {@code WAITING}
 * @param owner the engine that it belongs to; null: nobody
 * @param epoch how often it has had an owner
 * @param inputs the encoded inputs
 * @param targets the keys that it is for, in order; empty: all
 * @param deadline when it fails whatever it is doing; null: never
 * @param error why it failed, encoded; null: it has not, or nothing but a task did
 * @param createdAt when it was started
 * @param endedAt when it came to its status; null: it is active
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way, which nobody compares or changes.
public record RunRecord(
        String id,
        FlowVersion flow,
        String version,
        RunStatus status,
        @Nullable String owner,
        long epoch,
        byte[] inputs,
        List<String> targets,
        @Nullable Instant deadline,
        byte @Nullable [] error,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** Without what may be somebody's secret. */
    @Override
    public String toString() {
        return "RunRecord[id=" + id + ", flow=" + flow.flow() + ", status=" + status + ", owner=" + owner + ", epoch="
                + epoch + "]";
    }
}
