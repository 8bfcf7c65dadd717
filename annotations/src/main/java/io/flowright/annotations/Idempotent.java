package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Runs a task once for equal values of its key. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Idempotent {

    /** A template over what the task receives, as {@code "{order.id}-{currency}"}. */
    String value();

    /** How long the result is remembered. */
    String ttl() default "7d";
}
