package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a class a flow: its task methods, checked as one graph, become a generated flow class. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Flow {

    /** The flow's durable name; empty: the class name without "Tasks", in kebab case. */
    String name() default "";

    /** A label for people, stored with each run. */
    String version() default "";

    /** A record whose components are the inputs of the flow, in that order; {@code void.class}: none. */
    Class<?> input() default void.class;

    /** Further classes whose tasks belong to this flow; each becomes a parameter of {@code create}. */
    Class<?>[] include() default {};
}
