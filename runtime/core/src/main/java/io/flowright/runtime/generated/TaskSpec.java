package io.flowright.runtime.generated;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One task of a {@link FlowGraph}, as checked at compile time.
 *
 * @param name its durable name
 * @param method the method behind it, for people: {@code OrderTasks.charge}
 * @param requires the keys and inputs that it takes or waits for, each once
 * @param provides the keys that it gives, in the order of their numbers
 * @param released those of {@code provides} whose values are let go after their last consumer
 * @param group the path of the group that it belongs to; empty: to none
 * @param priority among ready tasks the higher one starts first
 * @param guards by what it is guarded, for people
 * @param conditional whether it may be skipped, so that {@link FlowFrame#runs} is to be asked
 * @param optional whether the run goes on when it fails
 * @param kind how the frame runs it
 * @param nullable whether its result may be null
 * @param timeout the limit of one attempt; null: none
 * @param retry null: one attempt
 * @param breaker null: none
 * @param rateLimit null: none
 * @param bulkhead null: none
 * @param fallback whether the frame has a fallback for it
 * @param fanOut how it runs for each element; {@code kind} is that of each element then; null: it runs once
 * @param remember how long an idempotent result is remembered; null: the task is not idempotent
 * @param pure whether it is run again instead of recorded
 * @param hashed whether the hash of what it gives is recorded; only of a pure task that runs once
 * @param once whether its start is recorded first, and one that is found started and not ended is not run again by itself
 */
public record TaskSpec(
        String name,
        String method,
        List<String> requires,
        List<String> provides,
        List<String> released,
        String group,
        int priority,
        List<Guard> guards,
        boolean conditional,
        boolean optional,
        Kind kind,
        boolean nullable,
        @Nullable Duration timeout,
        @Nullable RetrySpec retry,
        @Nullable CircuitBreakerSpec breaker,
        @Nullable RateLimitSpec rateLimit,
        @Nullable BulkheadSpec bulkhead,
        boolean fallback,
        @Nullable FanOutSpec fanOut,
        @Nullable Duration remember,
        boolean pure,
        boolean hashed,
        boolean once) {

    /**
     * A guard.
     *
     * @param key what it looks at
     * @param values with which values it lets the task run: {@code RESTART or ROLLBACK}, {@code false}
     */
    public record Guard(String key, String values) {}

    /** How a frame runs a task. */
    public enum Kind {
        /** {@link FlowFrame#run}: calls the method and stores its result in a typed field, nothing between. */
        DIRECT,
        /** {@link FlowFrame#call} and {@link FlowFrame#put}: the engine holds the result in between. */
        MANAGED,
        /** As MANAGED; the method returns a {@link java.util.concurrent.CompletionStage} of the result. */
        STAGE
    }
}
