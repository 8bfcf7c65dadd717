package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a method a task. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Task {

    /** The durable name; empty: the method name. */
    String name() default "";

    /** Among tasks that are ready together, those with a higher priority start first. */
    int priority() default 0;
}
