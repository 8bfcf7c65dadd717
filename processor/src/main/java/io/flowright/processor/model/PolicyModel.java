package io.flowright.processor.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** What surrounds a task. Each part is null where the annotation is absent. */
public record PolicyModel(
        @Nullable Retry retry,
        @Nullable Timeout timeout,
        @Nullable CircuitBreaker breaker,
        @Nullable RateLimit rateLimit,
        @Nullable Bulkhead bulkhead,
        @Nullable Fallback fallback,
        @Nullable Idempotent idempotent) {

    public static final PolicyModel NONE = new PolicyModel(null, null, null, null, null, null, null);

    public boolean any() {
        return !equals(NONE);
    }

    /** Every type of failure that a policy names. */
    public List<ExceptionUse> exceptions() {
        List<ExceptionUse> exceptions = new ArrayList<>();
        if (retry != null) {
            exceptions.addAll(retry.on());
            exceptions.addAll(retry.abortOn());
        }
        if (breaker != null) {
            exceptions.addAll(breaker.on());
            exceptions.addAll(breaker.ignore());
        }
        if (fallback != null && fallback.failure() != null) {
            exceptions.add(fallback.failure());
        }
        return exceptions;
    }

    /** {@code @Retry}. */
    public record Retry(
            int maxAttempts,
            Duration delay,
            double backoff,
            Duration maxDelay,
            double jitter,
            @Nullable Duration maxDuration,
            List<ExceptionUse> on,
            List<ExceptionUse> abortOn,
            boolean timeouts,
            Site site) {}

    /** {@code @Timeout}. */
    public record Timeout(Duration limit, Site site) {}

    /** {@code @CircuitBreaker}; {@code of} is at least {@code failures}. */
    public record CircuitBreaker(
            String name,
            int failures,
            int of,
            Duration delay,
            int successes,
            List<ExceptionUse> on,
            List<ExceptionUse> ignore,
            Site site) {}

    /** {@code @RateLimit}. */
    public record RateLimit(String name, int permits, Duration per, Duration maxWait, Site site) {}

    /** {@code @Bulkhead}. */
    public record Bulkhead(String name, int max, Duration maxWait, Site site) {}

    /**
     * {@code @Fallback}.
     *
     * @param method the method; null: not found, which is reported
     * @param parameters for each parameter of the fallback the index of the task's parameter; -1: the exception
     * @param failure what it takes as the exception; other failures are not answered. Null: it answers all, and takes none
     */
    public record Fallback(
            String name,
            @Nullable ExecutableElement method,
            List<Integer> parameters,
            @Nullable ExceptionUse failure,
            Site site) {}

    /** {@code @Idempotent}; no parts: the template has a mistake, which is reported. */
    public record Idempotent(String template, List<TemplatePart> parts, Duration ttl, Site site) {}

    /** A type of failure that a policy names. */
    public record ExceptionUse(TypeMirror type, Site site) {}

    /** A piece of a key template. */
    public sealed interface TemplatePart {

        /** Literal text. */
        record Text(String text) implements TemplatePart {}

        /**
         * A placeholder.
         *
         * @param parameter the index of the task's parameter that it starts from
         * @param calls the methods that lead to the value, each on the result of the one before
         */
        record Value(int parameter, List<ExecutableElement> calls) implements TemplatePart {}
    }
}
