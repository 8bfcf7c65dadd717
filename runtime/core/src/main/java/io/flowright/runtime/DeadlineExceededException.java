package io.flowright.runtime;

import io.flowright.runtime.internal.Durations;
import java.time.Duration;

/**
 * A run was not done at its deadline, {@code RunOptions.deadline}.
 *
 * @since 0.1
 */
public class DeadlineExceededException extends FlowException {

    private final String runId;
    private final Duration deadline;

    /** For the runtime. */
    public DeadlineExceededException(String runId, Duration deadline) {
        super("run " + runId + " was not done within " + Durations.text(deadline));
        this.runId = runId;
        this.deadline = deadline;
    }

    /** The id of the run. */
    public String runId() {
        return runId;
    }

    /** How long the run may take. */
    public Duration deadline() {
        return deadline;
    }
}
