package io.flowright.runtime;

/**
 * A run was recorded with another graph of its flow than this engine has: its records would be taken for what they are not. An engine
 * that creates the flow as it was can read it and go on with it.
 *
 * @since 0.1
 */
public class FlowChangedException extends FlowException {

    private final String runId;

    /** For the runtime. */
    public FlowChangedException(String runId, String flow, String recorded, String here) {
        super("run " + runId + " was started when flow " + flow + " had another graph: its fingerprint was " + recorded
                + ", here it is " + here);
        this.runId = runId;
    }

    /** The id of the run. */
    public String runId() {
        return runId;
    }
}
