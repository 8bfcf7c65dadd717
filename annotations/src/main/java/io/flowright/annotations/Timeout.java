package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits the time of one attempt of a task. An attempt that takes longer is interrupted and fails with {@code TaskTimeoutException}, which
 * {@link Retry} follows with another attempt unless it says {@code timeouts = false}.
 *
 * <p>An interrupt is a request. A method that does not heed it keeps its thread and delays the run until it returns, for at most 30 s
 * ({@code Engine.builder().abandonAfter}); what it returns then is dropped. If that is the thread that called {@code run}, {@code run} itself
 * returns no earlier: {@code Engine.builder().callerRuns(false)} keeps tasks off it. A {@code CompletionStage} is cancelled instead.
 *
 * <pre>{@code
 * @Provides
 * @Timeout("30s")
 * Payment payment(@Requires Order order) throws IOException {
 *     return bank.charge(order.total());
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Timeout {

    /**
     * The limit: {@code "250ms"}, {@code "30s"}, {@code "5m"}, {@code "2h"}, {@code "7d"} or ISO-8601, {@code "PT1M30S"}; above 0.
     */
    String value();
}
