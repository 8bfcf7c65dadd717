package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a flow: its task methods, checked as one graph while the class compiles, become a generated flow class in the same
 * package. {@code OrderTasks} and {@code Order} become {@code OrderFlow}; {@code OrderTasks} nested in {@code Shop} becomes
 * {@code Shop_OrderFlow}.
 *
 * <pre>{@code
 * @Flow
 * class OrderTasks {
 *     private final Warehouse warehouse;
 *
 *     OrderTasks(Warehouse warehouse) {
 *         this.warehouse = warehouse;
 *     }
 *
 *     @Provides
 *     Order order(@Input long orderId) {
 *         return warehouse.find(orderId);
 *     }
 *
 *     @Task
 *     void print(@Requires Order order) {
 *         System.out.println(order);
 *     }
 * }
 * }</pre>
 *
 * <p>is run with {@code OrderFlow.create(new OrderTasks(warehouse)).run(42)}.
 *
 * <p>The class is a class or record at the top level or static, without type parameters. Inherited task methods belong to it; a
 * method that overrides one repeats its annotations. How instances come into being is the user's own business: no task class needs a
 * constructor of a certain form.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Flow {

    /**
     * The flow's durable name. It starts with a letter and holds letters, digits, underscores, single dots and dashes. Empty, the
     * default: the class name without {@code Tasks}, in kebab case: {@code order-import} for {@code OrderImportTasks}.
     */
    String name() default "";

    /** A label for people, stored with each run. Empty by default; it changes nothing. */
    String version() default "";

    /**
     * A record whose components are the inputs of the flow, in that order, whether or not a task takes them. {@code void.class},
     * the default: the inputs are what parameters declare with {@link Input}.
     */
    Class<?> input() default void.class;

    /**
     * Further classes whose tasks belong to this flow, after its own; each that has instance methods becomes a parameter of
     * {@code create}. What they include as flows of their own is included too. None by default. The same class more than once, or
     * under other names: {@link Include}.
     */
    Class<?>[] include() default {};

    /**
     * What becomes of a run when a task has failed for good. By default what succeeded is undone if the flow has any
     * {@linkplain Compensates compensation}; else the run holds, to be resumed.
     */
    OnFailure onFailure() default OnFailure.DEFAULT;

    /**
     * Whether runs of this flow are meant to be recorded, by an engine with a store. Then every input and every key that is recorded must
     * be of a type that can be written and read again; a stream, a lock or a connection is an error at compile time, wherever in the type
     * it hides. False by default: nobody looks, and an engine with a store finds out when it writes.
     */
    boolean durable() default false;
}
