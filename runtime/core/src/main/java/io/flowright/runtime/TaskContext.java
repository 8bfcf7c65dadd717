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

    /** The index of the element, from 0, for which the task runs; -1 where it does not run for each ({@code @ForEach}). */
    int element();

    /**
     * A key for the outside system, at most 64 characters: equal over attempts, resumptions and takeovers, and, with
     * {@code @Idempotent}, over runs that share the values of the key template.
     */
    String idempotencyKey();

    /**
     * How often the run has had an owner, for outside systems that can tell writers apart: one that has seen a higher number refuses a
     * lower one, so that a process which was taken for dead, and is not, does no harm. In an engine's memory it is 0.
     *
     * <p>See Martin Kleppmann, How to do distributed locking (2016).
     */
    long fencingToken();

    /** Where this task reports how far it is. */
    Progress progress();

    /** A context for unit tests of a task method: first attempt, an idempotency key of its own, progress ignored. */
    static TaskContext forTest() {
        return forTest(-1);
    }

    /** As {@link #forTest()}, for a task that runs for each element: for the element with this index. */
    static TaskContext forTest(int element) {
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
            public int element() {
                return element;
            }

            @Override
            public String idempotencyKey() {
                return key;
            }

            @Override
            public long fencingToken() {
                return 0;
            }

            @Override
            public Progress progress() {
                return Progress.forTest();
            }
        };
    }
}
