package io.flowright.crash.chaos;

import io.flowright.runtime.spi.FlowClock;
import java.time.Duration;
import java.time.Instant;

/** The computer's time, but that its time of day is not to be relied upon. */
final class JumpingClock implements FlowClock {

    private final FlowClock clock = FlowClock.system();
    private volatile Duration ahead = Duration.ZERO;

    /** The time of day is this much ahead of the computer's from now on. */
    void jump(Duration newAhead) {
        ahead = newAhead;
    }

    @Override
    public Instant now() {
        return clock.now().plus(ahead);
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable action) {
        return clock.schedule(delay, action);
    }
}
