package io.flowright.runtime;

import io.flowright.runtime.internal.Durations;
import java.time.Duration;

/**
 * An attempt of a task was refused by an open {@code @CircuitBreaker}. The task's method was not called.
 *
 * @since 0.1
 */
public class CircuitOpenException extends FlowException {

    private final String task;
    private final String breaker;
    private final Duration remaining;

    /** For the runtime. */
    public CircuitOpenException(String task, String breaker, Duration remaining) {
        super("task " + task + " was not called: the circuit breaker " + breaker + " is " + state(remaining));
        this.task = task;
        this.breaker = breaker;
        this.remaining = remaining;
    }

    private static String state(Duration remaining) {
        return remaining.isZero()
                ? "half-open and busy with other calls"
                : "open for another " + Durations.text(remaining);
    }

    /** The name of the task. */
    public String task() {
        return task;
    }

    /** The name of the circuit breaker. */
    public String breaker() {
        return breaker;
    }

    /** After what time the breaker lets calls through again; zero if it is half-open, that is, lets a few through at this moment. */
    public Duration remaining() {
        return remaining;
    }
}
