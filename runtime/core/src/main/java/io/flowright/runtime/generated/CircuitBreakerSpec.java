package io.flowright.runtime.generated;

import io.flowright.runtime.internal.Durations;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code @CircuitBreaker} says. Immutable; each method returns a changed copy.
 *
 * @param name breakers of one name are one in an engine
 * @param failures how many failures open it
 * @param of among how many attempts they are counted
 * @param delay how long it stays open
 * @param successes how many successes close it again
 * @param on what counts as a failure
 * @param ignore what counts as nothing
 */
public record CircuitBreakerSpec(
        String name,
        int failures,
        int of,
        Duration delay,
        int successes,
        List<Class<? extends Throwable>> on,
        List<Class<? extends Throwable>> ignore) {

    /** A breaker with the defaults of {@code @CircuitBreaker} that opens after so many failures in a row. */
    public static CircuitBreakerSpec failures(String name, int failures) {
        return new CircuitBreakerSpec(
                name, failures, failures, Duration.ofMinutes(1), 1, List.of(Exception.class), List.of());
    }

    /** The same, but the failures are counted among this many last calls. */
    public CircuitBreakerSpec of(int value) {
        return new CircuitBreakerSpec(name, failures, value, delay, successes, on, ignore);
    }

    /** The same, open for this long. */
    public CircuitBreakerSpec delay(Duration value) {
        return new CircuitBreakerSpec(name, failures, of, value, successes, on, ignore);
    }

    /** The same, closed again by this many successes. */
    public CircuitBreakerSpec successes(int value) {
        return new CircuitBreakerSpec(name, failures, of, delay, value, on, ignore);
    }

    /** The same, counting these failures alone. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final CircuitBreakerSpec on(Class<? extends Throwable>... values) {
        return new CircuitBreakerSpec(name, failures, of, delay, successes, List.of(values), ignore);
    }

    /** The same, not counting these failures. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final CircuitBreakerSpec ignore(Class<? extends Throwable>... values) {
        return new CircuitBreakerSpec(name, failures, of, delay, successes, on, List.of(values));
    }

    /** The settings, for people; the name is not one of them. */
    @Override
    public String toString() {
        return "failures=" + failures + ", of=" + of + ", delay=" + Durations.text(delay) + ", successes=" + successes
                + ", on=" + names(on) + ", ignore=" + names(ignore);
    }

    private static String names(List<Class<? extends Throwable>> types) {
        return types.stream().map(Class::getName).collect(Collectors.joining(", ", "[", "]"));
    }
}
