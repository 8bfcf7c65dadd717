package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the key or keys that the result of the method becomes. Implies {@link Task}. Other tasks take a key with {@link Requires}, and
 * the result of the flow has an accessor for each.
 *
 * <pre>{@code
 * record Prices(long subtotal, long tax) {}
 *
 * @Provides("order")
 * Order load(@Input long orderId) {
 *     return warehouse.find(orderId);
 * }
 *
 * @Provides({"subtotal", "tax"})
 * Prices price(@Requires Order order) {
 *     return new Prices(order.total(), order.total() / 5);
 * }
 * }</pre>
 *
 * <p>On a {@code void} method the key has no value: it only says that the task has run, for {@link Requires} on a method. The value may
 * not be null unless the method bears any annotation called {@code Nullable}; then its consumers' parameters must, too.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Provides {

    /**
     * The names, Java identifiers that are unique in the flow. Empty, the default: the method name. Several: the components of
     * those names of the record that the method returns become keys.
     */
    String[] value() default {};

    /**
     * Whether the value is kept until the end of the run and has an accessor in the result; true by default. False lets it go
     * after its last consumer, for the large intermediate values of a pipeline; the result then has no accessor for it.
     */
    boolean keep() default true;

    /**
     * What an engine with a store records: the value, by default. {@link Recorded#HASH} is for values that the store is not to have, and
     * needs {@code @Task(pure = true)}. Without a store it changes nothing.
     */
    Recorded record() default Recorded.VALUE;
}
