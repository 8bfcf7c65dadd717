package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a value in place of a failure, once {@link Retry} has given up.
 *
 * <pre>{@code
 * @Provides
 * @Retry(delay = "1s")
 * @Fallback("knownRate")
 * @Idempotent("{currency}")
 * double rate(@Input String currency) throws IOException {
 *     return bank.rate(currency);
 * }
 *
 * double knownRate(String currency, Exception reason) {
 *     return 1.1;
 * }
 * }</pre>
 *
 * <p>A fallback that takes a narrower exception answers failures of that type only; others pass. An {@link Error} is not answered
 * unless {@link Retry#on} names it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Fallback {

    /**
     * The name of a method of the same class, not private, which returns the same type and takes the task's parameters or fewer, in
     * their order, then optionally the exception: a {@link Throwable} or any subtype.
     */
    String value();
}
