package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how often a task starts. An attempt waits for its turn, and holds no thread meanwhile on a parallel engine.
 *
 * <pre>{@code
 * @Provides
 * @RateLimit(name = "bank", permits = 100, per = "1m", maxWait = "10s")
 * Payment payment(@Requires Order order) throws IOException {
 *     return bank.charge(order.total());
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface RateLimit {

    /**
     * The name; limiters of one name are one in an engine, and have equal settings. Empty, the default: one for this task of this
     * flow.
     */
    String name() default "";

    /**
     * How many attempts may start in each {@link #per()}; at least 1. Periods follow each other without a gap, so around the border of
     * two of them up to twice as many may start in a short time.
     */
    int permits();

    /**
     * The period: {@code "250ms"}, {@code "30s"}, {@code "5m"}, {@code "2h"}, {@code "7d"} or ISO-8601; above 0. A second by default.
     */
    String per() default "1s";

    /**
     * How long an attempt waits for its turn before it ends with {@code TaskRejectedException}, a duration like {@link #per()}. An
     * hour by default.
     */
    String maxWait() default "1h";
}
