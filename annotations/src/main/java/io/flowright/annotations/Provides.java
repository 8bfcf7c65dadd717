package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the key or keys that the result of the method becomes. Implies {@link Task}. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Provides {

    /** The names; empty: the method name. Several: the components of the returned record. */
    String[] value() default {};

    /** Whether the value is kept until the end of the run and has an accessor. */
    boolean keep() default true;
}
