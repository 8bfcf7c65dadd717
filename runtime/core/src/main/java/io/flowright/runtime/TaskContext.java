package io.flowright.runtime;

import java.util.UUID;

/**
 * What a task can know about its own attempt. A parameter of this type is injected, no annotation needed. Valid during
 * the attempt.
 */
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
     * A key for the outside system, at most 64 characters: equal over attempts, resumptions and takeovers, and, with
     * {@code @Idempotent}, over runs that share the values of the key template.
     */
    String idempotencyKey();

    /** Where this task reports how far it is. */
    Progress progress();

    /** A context for unit tests of a task method: first attempt, an idempotency key of its own, progress ignored. */
    static TaskContext forTest() {
        String key = UUID.randomUUID().toString();
        return new TaskContext() {
            @Override
            public String flow() {
                return "test";
            }

            @Override
            public String task() {
                return "test";
            }

            @Override
            public String runId() {
                return "test";
            }

            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public String idempotencyKey() {
                return key;
            }

            @Override
            public Progress progress() {
                return Progress.forTest();
            }
        };
    }
}
