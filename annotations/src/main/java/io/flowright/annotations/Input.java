package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes an input of the flow: a value that the caller passes to {@code run}.
 *
 * <pre>{@code
 * @Provides
 * Order order(@Input long orderId, @Input("currency") String code) {
 *     return warehouse.find(orderId).in(code);
 * }
 * }</pre>
 *
 * <p>The same input may appear on many parameters, always with the same type; others may take it with {@link Requires}. Inputs are
 * ordered by first appearance. When two of them could be swapped unnoticed, because a value of one fits the other ({@code int} and
 * {@code long}, {@code String} and {@code Object}), or there are more than 12, {@code run} takes them from a builder only.
 *
 * <p>Where {@link Flow#input} names a record, its components are the inputs, in their order, and {@code run} takes the record. {@code @Input}
 * then names a component, with its type; it declares nothing.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface Input {

    /** The name of the input, a Java identifier. Empty, the default: the parameter's name. */
    String value() default "";
}
