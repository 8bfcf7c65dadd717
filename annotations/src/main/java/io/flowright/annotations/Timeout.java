package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Limits the time of one attempt of a task. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Timeout {

    /** The limit, as {@code "250ms"}, {@code "30s"}, {@code "5m"}, {@code "2h"}, {@code "7d"} or ISO-8601. */
    String value();
}
