package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stops calling what keeps failing. After some failures the breaker opens: for a while every attempt ends at once with
 * {@code CircuitOpenException}. Then it is half open: the next attempts decide whether it closes or opens again.
 *
 * <pre>{@code
 * @Provides
 * @CircuitBreaker(name = "bank", failures = 3, of = 10, delay = "30s", on = IOException.class)
 * Payment payment(@Requires Order order) throws IOException {
 *     return bank.charge(order.total());
 * }
 * }</pre>
 *
 * <p>A {@link Retry} after an open breaker waits at least for the rest of its delay. An attempt that {@link RateLimit} or
 * {@link Bulkhead} rejected does not count.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface CircuitBreaker {

    /**
     * The name; breakers of one name are one in an engine, and have equal settings. Empty, the default: one for this task of this
     * flow.
     */
    String name() default "";

    /** How many failures open the breaker; at least 1. 5 by default. */
    int failures() default 5;

    /**
     * Among how many of the last attempts the failures are counted; not below {@link #failures()}. 0, the default: as many as
     * {@link #failures()}, that is, failures in a row.
     */
    int of() default 0;

    /**
     * How long an open breaker refuses every attempt: {@code "250ms"}, {@code "30s"}, {@code "5m"}, {@code "2h"}, {@code "7d"} or
     * ISO-8601. A minute by default.
     */
    String delay() default "1m";

    /** How many successes close a half-open breaker; at least 1, which is the default. */
    int successes() default 1;

    /** What counts as a failure. Every {@link Exception} by default. */
    Class<? extends Throwable>[] on() default {Exception.class};

    /** What counts as neither failure nor success, whatever {@link #on()} says. None by default. */
    Class<? extends Throwable>[] ignore() default {};
}
