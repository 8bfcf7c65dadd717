package io.flowright.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the task once for each element of a key: of an {@link Iterable}, an array, or the values of a {@link java.util.Map}. What the
 * executions return becomes one list, in the order of the elements, whichever ended first.
 *
 * <pre>{@code
 * @Provides("length")
 * long length(@ForEach("files") Path file) throws IOException {
 *     return Files.size(file);
 * }
 *
 * @Provides
 * long total(@Input List<Path> files, @Requires("length") List<Long> lengths) {
 *     return lengths.stream().mapToLong(Long::longValue).sum();
 * }
 * }</pre>
 *
 * <p>Each element has its own attempts, timeouts, progress and idempotency key, and elements run side by side; breakers, limiters
 * and bulkheads are those of the task. A task that returns an {@link java.util.Optional} leaves absent results out of the list. No
 * elements make an empty list. An element that is null fails the task, unless the parameter is {@code @Nullable}. A task has one such
 * parameter at most; its other parameters are the same for every element. It provides one key; a task that returns {@code void} may
 * have a key that only says that it has run for all elements.
 *
 * <p>The elements are read once, when the task is ready. A run that is resumed runs those whose results are missing. Which element
 * it is, {@code TaskContext.element()} says; an {@link Idempotent} key names it by the parameter: {@code "{shard.id}"}.
 *
 * <p>On a parameter of a {@linkplain Compensates compensation} it takes an element that is to be undone. It names what the task runs
 * for, and may set {@link #maxConcurrency} alone, which by default is the task's.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface ForEach {

    /** The name of the key or input that has the elements. */
    String value();

    /**
     * How many elements run at a time at most; one whose stage is pending or that waits for its next attempt counts. 0, the default:
     * as many as the engine has threads for. On a sequential engine they run one after the other.
     */
    int maxConcurrency() default 0;

    /** What a failed element means. {@link OnElementFailure#FAIL_FAST} by default. */
    OnElementFailure onFailure() default OnElementFailure.FAIL_FAST;

    /**
     * How many elements must succeed. 0, the default: all of them. With a quorum of k the list holds exactly the k elements that
     * succeeded first, in the order of the elements; what still runs then is interrupted, and the task ends when that has ended.
     * Failures are tolerated as long as k can still be reached; else, and with fewer than k elements, the task fails with a
     * {@code QuorumNotReachedException}. Not together with {@link OnElementFailure#COLLECT}.
     */
    int quorum() default 0;

    /** What a failed element means for the others. */
    enum OnElementFailure {
        /** The task fails with the first failure; elements that run are interrupted, the others do not start. */
        FAIL_FAST,
        /** The others go on. The list holds an {@code Outcome} for each element: its value, or its failure. */
        COLLECT
    }
}
