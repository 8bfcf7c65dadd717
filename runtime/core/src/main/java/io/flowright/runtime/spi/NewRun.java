package io.flowright.runtime.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that begins. It belongs to its owner with epoch 1, and its status is {@code RUNNING}.
 *
 * @param owner the engine that runs it
 * @param flow its flow
 * @param version the flow's label for people; may be empty
 * @param inputs the encoded inputs
 * @param targets the keys that it is for, in order; empty: all
 * @param deadline when it fails whatever it is doing; null: never
 * @param createdAt when it was started; a store keeps at least microseconds, for that tells the run from a later one with its id
 * @param priority which of several runs an engine that is full takes first: the higher one
 * @param tags what it can be found by
 * @since 0.1
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way, which nobody compares or changes.
public record NewRun(
        String owner,
        FlowVersion flow,
        String version,
        byte[] inputs,
        List<String> targets,
        @Nullable Instant deadline,
        Instant createdAt,
        int priority,
        Map<String, String> tags) {}
