package io.flowright.runtime.internal;

import dev.failsafe.RateLimiter;
import io.flowright.runtime.generated.RateLimitSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A rate limiter, by Failsafe. Time is cut into periods of equal length; as many attempts as there are permits start in
 * each of them, at once if they are there at once. It follows the real clock: what it protects does so too.
 */
final class Limiter {

    private final RateLimitSpec spec;

    // Guarded by this.
    private RateLimiter<Object> limiter;
    private long lastStart;

    Limiter(RateLimitSpec spec) {
        this.spec = spec;
        limiter = create();
        lastStart = System.nanoTime();
    }

    private RateLimiter<Object> create() {
        // Failsafe takes no period of more nanoseconds than a long holds.
        return RateLimiter.burstyBuilder(spec.permits(), Duration.ofNanos(Nanos.of(spec.per())))
                .build();
    }

    /**
     * Takes the next permit.
     *
     * @return how long to wait until it holds, zero if it holds now; null, and no permit is taken, if that is longer than
     *     {@code maxWait}
     */
    synchronized @Nullable Duration reserve(Duration maxWait) {
        long now = System.nanoTime();
        restartAfterRest(now);
        Duration wait = limiter.tryReservePermits(1, maxWait);
        if (wait.isNegative()) {
            return null;
        }
        lastStart = now + wait.toNanos();
        return wait;
    }

    /**
     * A limiter that was in debt, with attempts waiting for periods to come, later adds the permits of all periods since,
     * however many they are, instead of those of one (Failsafe 3.3.2, {@code BurstyRateLimiterStats}): after an idle night
     * it would let a whole night's permits start at once. So after a period in which nothing started it is replaced. That
     * is always soon enough: permits are in excess only from the second period after the last one that was promised.
     */
    private void restartAfterRest(long now) {
        if (now - lastStart >= Nanos.of(spec.per())) {
            limiter = create();
        }
    }
}
