package io.flowright.runtime.generated;

import io.flowright.runtime.internal.Durations;
import java.time.Duration;

/**
 * What {@code @RateLimit} says.
 *
 * @param name limiters of one name are one in an engine
 * @param permits how many starts are permitted in each period
 * @param per the period
 * @param maxWait how long an attempt waits for its turn
 */
public record RateLimitSpec(String name, int permits, Duration per, Duration maxWait) {

    /** The settings, for people; the name is not one of them. */
    @Override
    public String toString() {
        return "permits=" + permits + ", per=" + Durations.text(per) + ", maxWait=" + Durations.text(maxWait);
    }
}
