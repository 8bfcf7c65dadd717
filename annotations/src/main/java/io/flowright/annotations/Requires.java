package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Takes the value of a key, or waits for it. On a parameter, the value is passed; on a method, the task runs after the keys exist and
 * takes nothing from them.
 *
 * <pre>{@code
 * @Provides
 * Receipt receipt(@Requires Order order, @Requires("payment") Payment paid) {
 *     return new Receipt(order.id() + " paid with " + paid.id());
 * }
 *
 * @Task
 * void total(@Requires({"subtotal", "tax"}) List<Long> amounts) {
 *     System.out.println(amounts.stream().mapToLong(Long::longValue).sum());
 * }
 *
 * @Task
 * @Requires("receipt")
 * void cleanUp() {
 *     System.out.println("done");
 * }
 * }</pre>
 *
 * <p>The type of the parameter must fit what the provider returns: boxing, primitive widening, or a supertype with its generics. An input
 * of the flow is a key as well.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.PARAMETER})
public @interface Requires {

    /**
     * The names of the keys. On a parameter, empty (the default) means the parameter's name, and several names make a
     * {@code List<T>}, in the order of the names, or a {@code Map<String, T>} by name. On a method at least one name is needed.
     */
    String[] value() default {};
}
