package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs a task once for equal values of its key. The first completed execution is remembered; a second one gets the remembered result
 * and does not run, in whatever run of the flow; one that comes meanwhile waits for the first.
 *
 * <pre>{@code
 * @Provides
 * @Idempotent("{order.id}-{currency}")
 * Payment payment(@Requires Order order, @Input String currency, TaskContext task) throws IOException {
 *     return bank.charge(order.total(), task.idempotencyKey());
 * }
 * }</pre>
 *
 * <p>The values of the key are told apart whatever they contain: {@code "x-y"} and {@code "z"} are not {@code "x"} and {@code "y-z"}. Keys of
 * different tasks and flows have nothing to do with each other. The {@code idempotencyKey()} of the task's context is made of the same
 * values, for the system that is called.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Idempotent {

    /**
     * A template over the keys and inputs that the task takes, with at least one placeholder. A placeholder is a name and perhaps
     * properties: record components, getters or other methods without parameters. It ends in a primitive or its box, {@code String},
     * an enum, {@code UUID}, {@code BigDecimal}, {@code BigInteger} or a {@code java.time} value.
     */
    String value();

    /**
     * How long the result is remembered: {@code "250ms"}, {@code "30s"}, {@code "5m"}, {@code "2h"}, {@code "7d"} or ISO-8601; above 0.
     * Seven days by default. An engine's memory forgets earlier, whatever stands here: it holds 10,000 results, each for 1 h at most,
     * unless {@code Engine.builder().idempotencyMemory} says otherwise; {@code idempotencyStore} puts something else in its place.
     */
    String ttl() default "7d";
}
