package io.flowright.runtime;

import java.time.Instant;

/**
 * A run in a store that is to go on, and that no live engine can continue: {@link Runs#stranded()}.
 *
 * @param id the id of the run
 * @param flow the durable name of its flow
 * @param version the label of the flow with which it was started; may be empty
 * @param status the status in which it waits
 * @param createdAt when it was started
 * @param reason why nobody goes on with it, for people
 * @since 0.1
 */
public record StrandedRun(String id, String flow, String version, RunStatus status, Instant createdAt, String reason) {}
