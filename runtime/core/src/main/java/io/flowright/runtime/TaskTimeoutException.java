package io.flowright.runtime;

import io.flowright.runtime.internal.Durations;
import java.time.Duration;

/**
 * An attempt of a task took longer than its {@code @Timeout}.
 *
 * @since 0.1
 */
public class TaskTimeoutException extends FlowException {

    private final String task;
    private final Duration limit;

    /** For the runtime. */
    public TaskTimeoutException(String task, Duration limit) {
        super("task " + task + " did not end within " + Durations.text(limit));
        this.task = task;
        this.limit = limit;
    }

    /** The name of the task. */
    public String task() {
        return task;
    }

    /** How long an attempt may take. */
    public Duration limit() {
        return limit;
    }
}
