package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Runs a failed task again. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Retry {

    /** How often the task runs at most, the first time included; at least 1. */
    int maxAttempts() default 3;

    /** The pause before the second attempt. */
    String delay() default "0ms";

    /** The factor by which each further pause grows; 1: all pauses are equal. */
    double backoff() default 1;

    /** The longest pause; it counts where {@link #backoff()} is above 1. */
    String maxDelay() default "1h";

    /** The share, 0 to 1, by which a pause varies at random in both directions. */
    double jitter() default 0;

    /** The time after which no further attempt starts; empty: none. */
    String maxDuration() default "";

    /** The failures after which the task runs again. */
    Class<? extends Throwable>[] on() default {Exception.class};

    /** The failures after which it does not, whatever {@link #on()} says. */
    Class<? extends Throwable>[] abortOn() default {};

    /** Whether an attempt that timed out is followed by another, whatever {@link #on()} says. */
    boolean timeouts() default true;
}
