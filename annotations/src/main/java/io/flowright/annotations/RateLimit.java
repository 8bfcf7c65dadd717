package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Limits how often a task starts. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface RateLimit {

    /** The name; limiters of one name are one in an engine. Empty: flow and task. */
    String name() default "";

    /** How many starts are permitted in each {@link #per()}. */
    int permits();

    /** The period. */
    String per() default "1s";

    /** How long an attempt waits for its turn before it is rejected. */
    String maxWait() default "1h";
}
