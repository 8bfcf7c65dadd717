package io.flowright.runtime;

/**
 * Nobody can wait for a run here any longer: its engine was closed. The run is safe in its store; the next engine that creates the
 * flow goes on with it, in this process or another.
 *
 * @since 0.1
 */
public class RunDetachedException extends FlowException {

    private final String runId;

    /** For the runtime. */
    public RunDetachedException(String runId) {
        super("run " + runId + " does not go on here, because its engine was closed; another goes on with it");
        this.runId = runId;
    }

    /** The id of the run. */
    public String runId() {
        return runId;
    }
}
