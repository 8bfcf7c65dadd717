package io.flowright.runtime.internal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast something gets on, and how long the rest will take: from exponential moving averages of the work of the last samples and of
 * the time that it took. Both begin at 0, which makes them too small at first, by the same factor: in their quotient, the rate, that bias
 * cancels out (Kingma and Ba, Adam, 2015, section 3, divide by the factor instead). So a constant rate is known from the first sample on,
 * and samples need not be equally far apart. Guarded by whoever has it.
 */
final class Pace {

    /** How much of an average the next sample leaves: it forgets half in between six and seven. */
    private static final double KEPT = 0.9;

    /** What follows sooner is part of the same sample; else the average would be one of the last few microseconds. */
    static final long SAMPLE = TimeUnit.SECONDS.toNanos(1);

    /** Whoever has longer to wait need not know how long. */
    private static final double LONGEST = TimeUnit.DAYS.toNanos(100 * 365);

    private long at;
    private long done;
    private double work;
    private double time;

    /** @param done what was done at this reading of the clock */
    Pace(long nanos, long done) {
        at = nanos;
        this.done = done;
    }

    /** So much is done at this reading of the clock. */
    void reached(long nanos, long nowDone) {
        if (nanos - at < SAMPLE) {
            return;
        }
        work = KEPT * work + (1 - KEPT) * (nowDone - done);
        time = KEPT * time + (1 - KEPT) * (nanos - at);
        at = nanos;
        done = nowDone;
    }

    /** How long so much more will take; null: nobody can tell. */
    @Nullable
    Duration remaining(long left) {
        if (left == 0) {
            return Duration.ZERO;
        }
        double nanos = work > 0 ? left * (time / work) : Double.POSITIVE_INFINITY;
        return nanos < LONGEST ? Duration.ofNanos((long) nanos) : null;
    }
}
