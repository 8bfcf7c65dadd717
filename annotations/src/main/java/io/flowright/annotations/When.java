package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Guards a task: it runs only when a key has a certain value, else it is skipped, and with it whatever needs a value of its own.
 *
 * <pre>{@code
 * enum Speed { SLOW, FAST, EXPRESS }
 *
 * @Provides
 * Speed speed(@Requires Order order) {
 *     return order.total() > 1_000 ? Speed.EXPRESS : Speed.SLOW;
 * }
 *
 * @Provides("carrier")
 * @When(value = "speed", is = "EXPRESS")
 * String courier() {
 *     return "courier";
 * }
 *
 * @Provides("carrier")
 * @When(value = "speed", is = {"SLOW", "FAST"})
 * String post() {
 *     return "post";
 * }
 * }</pre>
 *
 * <p>Two tasks may provide one key, as here, when no two of them can ever run together. The compiler proves it; and where the
 * alternatives cover every case, as here, it knows that the key is always there. A key that may be absent is taken as an
 * {@link java.util.Optional}, or by a task that is skipped without it, and its accessor in the result is an {@code Optional}.
 *
 * <p>Several guards on one method must all hold. A key that is absent itself, because its task was skipped, satisfies no guard,
 * neither this nor {@link Unless}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@Repeatable(When.All.class)
public @interface When {

    /** The name of a key or an input: a boolean, or an enum. */
    String value();

    /**
     * The enum constants with which the task runs, one at least. For a boolean it stays empty, the default: the task runs with
     * {@code true}.
     */
    String[] is() default {};

    /** Several guards, which must all hold. */
    @Documented
    @Retention(RetentionPolicy.CLASS)
    @Target(ElementType.METHOD)
    @interface All {

        /** The guards. */
        When[] value();
    }
}
