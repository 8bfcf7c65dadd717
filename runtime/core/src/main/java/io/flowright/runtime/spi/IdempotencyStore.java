package io.flowright.runtime.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the results of idempotent tasks, so that for equal keys a task runs once. There is one row for each
 * {@linkplain Key key}:
 *
 * <table>
 * <caption>What a row goes through</caption>
 * <tr><th>row</th><th>claim</th><th>complete</th><th>giveUp</th><th>revoke</th></tr>
 * <tr><td>none</td><td>claimed, generation 0</td><td></td><td></td><td>none, generation 1</td></tr>
 * <tr><td>claimed</td><td>{@link Claim.Busy}</td><td>completed</td><td>none, same generation</td>
 *     <td>claimed, the generation rises for the next claim</td></tr>
 * <tr><td>completed</td><td>{@link Claim.Completed}; claimed again, same generation, once the time to live is over</td>
 *     <td></td><td></td><td>none, next generation</td></tr>
 * </table>
 *
 * <p>The generation tells the executions for one key apart: it rises with each successful compensation, so that the
 * outside system does not answer the execution after it with what it remembers of the one before.
 *
 * <p>Implementations are thread-safe. A store that outlives the process keys its rows by flow, task and a hash of
 * {@link Key#rendered()}, has the generation as a column that outlives the result, and writes a completion in the same commit as the
 * task's own record. A claim of such a store belongs to the run that made it: when the run is taken over by another
 * process, so is the claim.
 *
 * @since 0.1
 */
public interface IdempotencyStore {

    /**
     * Asks for the right to execute the task for a key.
     *
     * @param whenFreed if the answer is {@link Claim.Busy}, called once after the owner completed or gave up, on any
     *     thread, without a lock of the store being held; who still wants the key then claims again
     */
    Claim claim(Key key, Runnable whenFreed);

    /**
     * The owner of the claim remembers the result and gives up the claim.
     *
     * @param ttl how long the result is to be remembered; a store may forget it earlier where it says so
     */
    void complete(Key key, @Nullable Object value, Duration ttl);

    /** The owner of the claim gives it up without a result. */
    void giveUp(Key key);

    /** What the task did has been undone: forgets its result and raises the generation. */
    void revoke(Key key);

    /** The generation of the claim on this key; without one, that which the next claim will have. */
    long generation(Key key);

    /**
     * What an idempotent execution is known by.
     *
     * @param flow the durable name of the flow
     * @param task the durable name of the task
     * @param rendered the values of the task's template, encoded without ambiguity
     */
    record Key(String flow, String task, String rendered) {

        /** Flow and task; the values may be nobody else's business. */
        @Override
        public String toString() {
            return "Key[flow=" + flow + ", task=" + task + "]";
        }
    }

    /** The answer to a claim. */
    sealed interface Claim {

        /**
         * The caller executes the task, then completes or gives up.
         *
         * @param generation the generation of the execution
         */
        record Owned(long generation) implements Claim {}

        /**
         * The task has been executed for this key.
         *
         * @param value its result
         */
        record Completed(@Nullable Object value) implements Claim {

            /** Without the value. */
            @Override
            public String toString() {
                return "Completed";
            }
        }

        /** Another owner is executing the task for this key. */
        record Busy() implements Claim {}
    }
}
