package io.flowright.runtime.operations;

import io.flowright.runtime.RunStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as lists show it.
 *
 * @param id its id
 * @param flow the durable name of its flow
 * @param fingerprint of the graph with which it was started
 * @param version the flow's label then; may be empty
 * @param status its status
 * @param owner the engine that works on it, or did last without a word of its end; null: nobody
 * @param epoch how often it has had an owner
 * @param priority which of several runs an engine that is full takes first: the higher one
 * @param tags what it can be found by
 * @param createdAt when it was started
 * @param endedAt when it came to its status; null: it is active
 * @since 0.1
 */
public record RunSummary(
        String id,
        String flow,
        String fingerprint,
        String version,
        RunStatus status,
        @Nullable String owner,
        long epoch,
        int priority,
        Map<String, String> tags,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** Where a list goes on after this run. */
    public RunCursor cursor() {
        return new RunCursor(createdAt, id);
    }
}
