package io.flowright.runtime.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * The time that an engine lives by: its records, its waiting and the durations that it measures. Implementations are
 * thread-safe.
 */
public interface FlowClock {

    /** The computer's own time. Its actions share one daemon thread of the process, {@code flowright-timer}. */
    static FlowClock system() {
        return SystemClock.INSTANCE;
    }

    /** A new clock that stands still until {@link VirtualClock#advance} moves it, for tests. */
    static VirtualClock virtual() {
        return new VirtualClock();
    }

    /** The time of day, for records that people read. */
    Instant now();

    /** A monotonic reading in nanoseconds, for durations. */
    long nanos();

    /**
     * Runs {@code action} after {@code delay}, on a thread of the clock; the action must be short (engines schedule none
     * that are not: what may take time they hand over to another thread). A delay of zero or less is over at once. What the action throws is logged and harms no other action.
     */
    Scheduled schedule(Duration delay, Runnable action);

    /** An action that is to come. */
    interface Scheduled {
        /** Sees to it that the action does not start from now on; it may be running. */
        void cancel();
    }
}
