package io.flowright.runtime.spi;

/**
 * A flow as checked: runs are continued only by an engine that has registered their flow with an equal fingerprint.
 *
 * @param flow the durable name of the flow
 * @param fingerprint of its graph: tasks, keys, types, edges
 * @since 0.1
 */
public record FlowVersion(String flow, String fingerprint) {}
