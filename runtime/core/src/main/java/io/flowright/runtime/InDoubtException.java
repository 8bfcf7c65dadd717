package io.flowright.runtime;

/**
 * A task that is to run at most once was found started and not ended: its process died meanwhile, and nobody knows how far it came.
 * {@link Run#resume()} runs it again; {@link Run#resume(String, Object)} takes a result instead.
 *
 * @since 0.1
 */
public class InDoubtException extends FlowException {

    private final String task;

    /** For the runtime. */
    public InDoubtException(String task) {
        super("in-doubt: task '" + task
                + "' was started before its process died, and may or may not have done its work");
        this.task = task;
    }

    /** The durable name of the task. */
    public String task() {
        return task;
    }
}
