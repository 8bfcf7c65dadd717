package io.flowright.runtime;

/** What a task can know about its own attempt. Inject it by a parameter of this type. */
public interface TaskContext {

    /** The durable name of the flow. */
    String flow();

    /** The durable name of the task. */
    String task();

    /** The id of the run. */
    String runId();

    /** The number of this attempt; the first is 1. */
    int attempt();

    /**
     * A key for the outside system: equal over attempts, resumptions and takeovers, and, with {@code @Idempotent}, over runs
     * that share its values.
     */
    String idempotencyKey();

    /** Where this task reports how far it is. */
    Progress progress();

    /** A context for unit tests of a task method. */
    static TaskContext forTest() {
        throw new UnsupportedOperationException();
    }
}
