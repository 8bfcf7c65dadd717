package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method undo what a task did, when the run fails later: the saga of Garcia-Molina and Salem (1987).
 *
 * <pre>{@code
 * @Provides("paid")
 * Payment charge(@Requires Order order, TaskContext task) throws IOException {
 *     return bank.charge(order.total(), task.idempotencyKey());
 * }
 *
 * @Compensates("charge")
 * @Retry(delay = "1s")
 * void refund(@Requires Payment paid, FlowFailure failure, TaskContext task) throws IOException {
 *     bank.refund(paid.id(), failure.message(), task.idempotencyKey());
 * }
 * }</pre>
 *
 * <p>After a failure, once nothing runs any more, the compensations of the tasks that succeeded run in the reverse order of
 * dependency, independent ones side by side. One that fails for good does not stop the others; the run is
 * {@code COMPENSATION_FAILED} then, and resuming it runs that one again.
 *
 * <p>Parameters are keys that exist whenever the task has succeeded (its own among them, and those that it waits for; those that may
 * be absent then as {@link java.util.Optional}), inputs, a {@code TaskContext}, a {@code Progress}, and the {@code FlowFailure} that is
 * the reason. What a compensation takes is kept until the run is over. The method returns {@code void} or
 * {@code CompletionStage<Void>} and may have policies of its own, save {@link Idempotent}: a remembered result would leave what the
 * next run did as it is. Its durable name is the task's and {@code .compensation}; in a group it names the task as the group does.
 *
 * <p>A task that runs {@linkplain ForEach for each element} is undone for each element for which it has succeeded, even where the
 * task as a whole has failed; elements that never started are left out. The compensation may take the element, as the task does, and
 * what the task gave for it under the task's own key, which is one value then, not the list; an {@link java.util.Optional} where the
 * task returns one.
 *
 * <pre>{@code
 * @Provides("report")
 * Report test(@ForEach("shards") Shard shard) {
 *     return runner.test(shard);
 * }
 *
 * @Compensates("test")
 * void clean(@ForEach("shards") Shard shard, @Requires Report report) {
 *     runner.remove(shard, report.directory());
 * }
 * }</pre>
 *
 * <p>Elements are undone side by side, as many at a time as the task's {@code maxConcurrency} allows or the compensation's own, each
 * with its own attempts and idempotency key. One that fails does not stop the others, and resuming the run undoes those that are left.
 * What such a task did for its elements is kept until the run is over.
 *
 * <p>A task that was skipped or never ran is not compensated, and neither is one that took a remembered result of another run
 * ({@link Idempotent}). Once what an idempotent task did is undone, nobody takes its result any more. User code that did not heed its
 * interrupt and was given up may still be running while its task is compensated.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Compensates {

    /** The name of the task. */
    String value();

    /** Which outcomes are undone. {@link Once#SUCCEEDED} by default. */
    Once when() default Once.SUCCEEDED;

    /** How the task must have ended to be undone. */
    enum Once {
        /** It succeeded. */
        SUCCEEDED,
        /**
         * It succeeded, or it began and its outcome is not known: its last attempt failed, timed out or was interrupted, or its value
         * came from a {@link Fallback}. The task's own keys are {@link java.util.Optional} parameters then. Of a task that runs
         * {@linkplain ForEach for each element} it is asked for each of those; one that was interrupted because a quorum was reached
         * counts too.
         */
        STARTED
    }
}
