package io.flowright.runtime;

/**
 * A run was to start under an id that another run has: one of another flow, or one with other inputs.
 *
 * @since 0.1
 */
public class RunConflictException extends FlowException {

    private final String runId;

    /** For the runtime. */
    public RunConflictException(String runId) {
        super("there is a run " + runId + " already, of another flow or with other inputs");
        this.runId = runId;
    }

    /** The id of the run. */
    public String runId() {
        return runId;
    }
}
