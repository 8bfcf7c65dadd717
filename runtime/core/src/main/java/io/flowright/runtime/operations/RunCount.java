package io.flowright.runtime.operations;

import io.flowright.runtime.RunStatus;

/**
 * How many runs of a flow have a status.
 *
 * @param flow the durable name of the flow
 * @param status the status
 * @param runs how many there are, at least one
 * @since 0.1
 */
public record RunCount(String flow, RunStatus status, long runs) {}
