package io.flowright.runtime;

import io.flowright.runtime.internal.Durations;
import java.time.Duration;

/**
 * An attempt of a task did not get its turn at a {@code @RateLimit} or {@code @Bulkhead} within the time that it may
 * wait. The task's method was not called.
 *
 * @since 0.1
 */
public class TaskRejectedException extends FlowException {

    private final String task;
    private final String policy;
    private final Duration maxWait;

    /** For the runtime. */
    public TaskRejectedException(String task, String policy, Duration maxWait) {
        super("task " + task + " did not get its turn at " + policy + " within " + Durations.text(maxWait));
        this.task = task;
        this.policy = policy;
        this.maxWait = maxWait;
    }

    /** The name of the task. */
    public String task() {
        return task;
    }

    /** The name of the rate limiter or bulkhead. */
    public String policy() {
        return policy;
    }

    /** How long an attempt may wait there. */
    public Duration maxWait() {
        return maxWait;
    }
}
