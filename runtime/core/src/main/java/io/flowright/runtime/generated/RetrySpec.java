package io.flowright.runtime.generated;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @Retry} says. Immutable; each method returns a changed copy.
 *
 * @param maxAttempts how often the task runs at most
 * @param delay the first pause
 * @param backoff the growth of the pauses; 1: none
 * @param maxDelay the longest pause where they grow
 * @param jitter the share of random variation, 0 to 1
 * @param maxDuration the time after which no attempt starts; null: none
 * @param on failures that are retried
 * @param abortOn failures that are not
 * @param timeouts whether timed-out attempts are retried
 */
public record RetrySpec(
        int maxAttempts,
        Duration delay,
        double backoff,
        Duration maxDelay,
        double jitter,
        @Nullable Duration maxDuration,
        List<Class<? extends Throwable>> on,
        List<Class<? extends Throwable>> abortOn,
        boolean timeouts) {

    /** The defaults of {@code @Retry} with this many attempts. */
    public static RetrySpec attempts(int maxAttempts) {
        return new RetrySpec(
                maxAttempts, Duration.ZERO, 1, Duration.ofHours(1), 0, null, List.of(Exception.class), List.of(), true);
    }

    /** The same with this pause after the first attempt. */
    public RetrySpec delay(Duration value) {
        return new RetrySpec(maxAttempts, value, backoff, maxDelay, jitter, maxDuration, on, abortOn, timeouts);
    }

    /** The same with pauses that grow by this factor. */
    public RetrySpec backoff(double value) {
        return new RetrySpec(maxAttempts, delay, value, maxDelay, jitter, maxDuration, on, abortOn, timeouts);
    }

    /** The same with pauses that grow no longer than this. */
    public RetrySpec maxDelay(Duration value) {
        return new RetrySpec(maxAttempts, delay, backoff, value, jitter, maxDuration, on, abortOn, timeouts);
    }

    /** The same with pauses that vary by this share, 0 to 1. */
    public RetrySpec jitter(double value) {
        return new RetrySpec(maxAttempts, delay, backoff, maxDelay, value, maxDuration, on, abortOn, timeouts);
    }

    /** The same with no attempt that starts later than this after the first. */
    public RetrySpec maxDuration(Duration value) {
        return new RetrySpec(maxAttempts, delay, backoff, maxDelay, jitter, value, on, abortOn, timeouts);
    }

    /** The same for these failures alone. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final RetrySpec on(Class<? extends Throwable>... values) {
        return new RetrySpec(
                maxAttempts, delay, backoff, maxDelay, jitter, maxDuration, List.of(values), abortOn, timeouts);
    }

    /** The same, but not for these failures. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final RetrySpec abortOn(Class<? extends Throwable>... values) {
        return new RetrySpec(maxAttempts, delay, backoff, maxDelay, jitter, maxDuration, on, List.of(values), timeouts);
    }

    /** The same, but not for timeouts. */
    public RetrySpec withoutTimeouts() {
        return new RetrySpec(maxAttempts, delay, backoff, maxDelay, jitter, maxDuration, on, abortOn, false);
    }
}
