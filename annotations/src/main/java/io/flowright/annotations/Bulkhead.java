package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Limits how many attempts of a task run at once. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Bulkhead {

    /** The name; bulkheads of one name are one in an engine. Empty: flow and task. */
    String name() default "";

    /** How many run at once. */
    int max();

    /** How long an attempt waits for its turn before it is rejected. */
    String maxWait() default "1h";
}
