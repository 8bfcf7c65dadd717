package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Guards a task the other way round than {@link When}: it is skipped when a key has a certain value.
 *
 * <pre>{@code
 * @Task
 * @Unless("dryRun")
 * void send(@Requires Receipt receipt, @Input boolean dryRun) {
 *     mail.send(receipt);
 * }
 * }</pre>
 *
 * <p>A key that is absent satisfies no guard: the task is skipped then, too.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@Repeatable(Unless.All.class)
public @interface Unless {

    /** The name of a key or an input: a boolean, or an enum. */
    String value();

    /**
     * The enum constants with which the task is skipped, one at least. For a boolean it stays empty, the default: the task runs with
     * {@code false}.
     */
    String[] is() default {};

    /** Several guards, which must all hold. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.METHOD)
    @interface All {

        /** The guards. */
        Unless[] value();
    }
}
