package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a failed task again, after a pause.
 *
 * <pre>{@code
 * @Provides
 * @Retry(maxAttempts = 5, delay = "200ms", backoff = 2, jitter = 0.1, on = IOException.class)
 * @Idempotent("{order.id}")
 * Payment payment(@Requires Order order, TaskContext task) throws IOException {
 *     return bank.charge(order.total(), task.idempotencyKey());
 * }
 * }</pre>
 *
 * <p>This one pauses 200, 400, 800 and 1,600 ms, each 10 % more or less. A pause holds no thread on a parallel engine. An
 * {@link Error} is retried only if {@link #on()} names it. A {@code BusinessFailure} is never retried.
 *
 * <p>A retry may repeat the effect of an attempt that failed after it: unless the task is {@link Idempotent} or takes a
 * {@code TaskContext}, the compiler warns with {@code retry-without-idempotency}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Retry {

    /** How often the task runs at most, the first time included; at least 1. 3 by default. */
    int maxAttempts() default 3;

    /**
     * The pause before the second attempt: {@code "250ms"}, {@code "30s"}, {@code "5m"}, {@code "2h"}, {@code "7d"} or ISO-8601. None
     * by default.
     */
    String delay() default "0ms";

    /** The factor by which each further pause grows; at least 1, which is the default: all pauses are equal. */
    double backoff() default 1;

    /** The longest pause, a duration like {@link #delay()}; it counts where {@link #backoff()} is above 1. An hour by default. */
    String maxDelay() default "1h";

    /** The share, 0 to 1, by which a pause varies at random in both directions. 0 by default. */
    double jitter() default 0;

    /** The time since the first attempt after which no further one starts, a duration. Empty, the default: no limit. */
    String maxDuration() default "";

    /** The failures after which the task runs again. Every {@link Exception} by default. */
    Class<? extends Throwable>[] on() default {Exception.class};

    /** The failures after which it does not, whatever {@link #on()} says. None by default. */
    Class<? extends Throwable>[] abortOn() default {};

    /** Whether an attempt that timed out is followed by another, whatever {@link #on()} says. True by default. */
    boolean timeouts() default true;
}
