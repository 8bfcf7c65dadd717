package io.flowright.runtime;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a task with {@code @ForEach(onFailure = COLLECT)} ended for one element.
 *
 * <pre>{@code
 * for (Outcome<Report> outcome : outcomes) {
 *     if (outcome instanceof Outcome.Failure<Report> failure) {
 *         log.warn("shard {} failed: {}", failure.element(), failure.info());
 *     }
 * }
 * }</pre>
 *
 * @param <R> what the task returns
 * @since 0.1
 */
public sealed interface Outcome<R extends @Nullable Object> {

    /** The index of the element among those that the task ran for, from 0. */
    int element();

    /**
     * The task succeeded.
     *
     * @param element the index of the element
     * @param value what the task returned
     */
    record Success<R extends @Nullable Object>(int element, R value) implements Outcome<R> {

        /** Names the element; the value may be a secret. */
        @Override
        public String toString() {
            return "Success[element=" + element + "]";
        }
    }

    /** The task failed for good, after all its attempts. */
    final class Failure<R extends @Nullable Object> implements Outcome<R> {

        private final int element;
        private final @Nullable Throwable exception;
        private @Nullable FailureInfo info;

        private Failure(int element, @Nullable Throwable exception, @Nullable FailureInfo info) {
            this.element = element;
            this.exception = exception;
            this.info = info;
        }

        /** The failure of one element. */
        public static <R extends @Nullable Object> Failure<R> of(int element, Throwable exception) {
            return new Failure<>(element, exception, null);
        }

        /** The failure of one element, of which only the record is left. */
        public static <R extends @Nullable Object> Failure<R> of(int element, FailureInfo info) {
            return new Failure<>(element, null, info);
        }

        @Override
        public int element() {
            return element;
        }

        /** The failure as data. */
        public FailureInfo info() {
            // Made when asked for: the text of a hundred thousand stack traces is large. Two threads make equal ones.
            FailureInfo known = info;
            if (known == null) {
                known = FailureInfo.of(Objects.requireNonNull(exception));
                info = known;
            }
            return known;
        }

        /** The failure itself; null where only its record is left. */
        public @Nullable Throwable exception() {
            return exception;
        }

        @Override
        public String toString() {
            return "Failure[element=" + element + ", " + (exception == null ? info : exception) + "]";
        }
    }
}
