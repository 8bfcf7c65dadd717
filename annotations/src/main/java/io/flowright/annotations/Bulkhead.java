package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits how many attempts of a task run at once. Further ones wait for their turn, and hold no thread meanwhile on a parallel engine.
 *
 * <pre>{@code
 * @Provides
 * @Bulkhead(name = "bank", max = 4, maxWait = "10s")
 * Payment payment(@Requires Order order) throws IOException {
 *     return bank.charge(order.total());
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Bulkhead {

    /**
     * The name; bulkheads of one name are one in an engine, and have equal settings. Empty, the default: one for this task of this
     * flow.
     */
    String name() default "";

    /** How many attempts run at once; at least 1. */
    int max();

    /**
     * How long an attempt waits for its turn before it ends with {@code TaskRejectedException}: {@code "250ms"}, {@code "30s"},
     * {@code "5m"}, {@code "2h"}, {@code "7d"} or ISO-8601. An hour by default.
     */
    String maxWait() default "1h";
}
