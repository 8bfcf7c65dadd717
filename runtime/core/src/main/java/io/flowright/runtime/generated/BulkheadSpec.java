package io.flowright.runtime.generated;

import java.time.Duration;

/**
 * What {@code @Bulkhead} says.
 *
 * @param name bulkheads of one name are one in an engine
 * @param max how many attempts run at once
 * @param maxWait how long an attempt waits for its turn
 */
public record BulkheadSpec(String name, int max, Duration maxWait) {}
