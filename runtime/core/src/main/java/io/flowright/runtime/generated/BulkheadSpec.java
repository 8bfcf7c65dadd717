package io.flowright.runtime.generated;

import io.flowright.runtime.internal.Durations;
import java.time.Duration;

/**
 * What {@code @Bulkhead} says.
 *
 * @param name bulkheads of one name are one in an engine
 * @param max how many attempts run at once
 * @param maxWait how long an attempt waits for its turn
 */
public record BulkheadSpec(String name, int max, Duration maxWait) {

    /** The settings, for people; the name is not one of them. */
    @Override
    public String toString() {
        return "max=" + max + ", maxWait=" + Durations.text(maxWait);
    }
}
