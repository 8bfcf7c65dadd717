package io.flowright.runtime;

/**
 * Someone waits for the result of a run that is paused. Resume the run first.
 *
 * @since 0.1
 */
public class RunPausedException extends FlowException {

    private final String runId;

    /** For the runtime. */
    public RunPausedException(String runId) {
        super("run " + runId + " is paused; it has no result before it is resumed");
        this.runId = runId;
    }

    /** The id of the run. */
    public String runId() {
        return runId;
    }
}
