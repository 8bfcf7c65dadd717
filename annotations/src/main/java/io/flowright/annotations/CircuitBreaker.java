package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Stops calling what keeps failing. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface CircuitBreaker {

    /** The name; breakers of one name are one in an engine. Empty: flow and task. */
    String name() default "";

    /** How many failures open the breaker. */
    int failures() default 5;

    /** Among how many of the last attempts the failures are counted; 0: as many as {@link #failures()}, that is, failures in a row. */
    int of() default 0;

    /** How long an open breaker refuses every call. */
    String delay() default "1m";

    /** How many successes in the half-open state close the breaker. */
    int successes() default 1;

    /** What counts as a failure. */
    Class<? extends Throwable>[] on() default {Exception.class};

    /** What counts as neither failure nor success, whatever {@link #on()} says. */
    Class<? extends Throwable>[] ignore() default {};
}
