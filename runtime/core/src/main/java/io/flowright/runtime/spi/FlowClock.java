package io.flowright.runtime.spi;

import java.time.Duration;
import java.time.Instant;

/** The time that an engine lives by. */
public interface FlowClock {

    /** The time of day, for records that people read. */
    Instant now();

    /** A monotonic reading in nanoseconds, for durations. */
    long nanos();

    /** Runs {@code action} after {@code delay}, on a thread of the clock; the action must be short. */
    Scheduled schedule(Duration delay, Runnable action);

    /** An action that is to come. */
    interface Scheduled {
        /** Sees to it that the action does not start from now on; it may be running. */
        void cancel();
    }
}
