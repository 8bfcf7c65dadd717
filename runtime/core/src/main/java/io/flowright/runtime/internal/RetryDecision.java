package io.flowright.runtime.internal;

import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.flowright.runtime.BusinessFailure;
import io.flowright.runtime.CircuitOpenException;
import io.flowright.runtime.TaskRejectedException;
import io.flowright.runtime.TaskTimeoutException;
import io.flowright.runtime.generated.RetrySpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether and when one task of one run is tried again. Failsafe counts the attempts and computes the delays. */
final class RetryDecision {

    private final RetrySpec spec;
    private final Execution<Object> execution;

    RetryDecision(RetrySpec spec) {
        this(spec, 0);
    }

    /** @param counted how many attempts have failed before */
    RetryDecision(RetrySpec spec, int counted) {
        this.spec = spec;
        execution = Execution.of(policy());
        for (int attempt = 0; attempt < counted; attempt++) {
            execution.recordException(new Earlier());
        }
    }

    /** Stands for failures that were found worth another attempt in a process that is gone. */
    private static final class Earlier extends RuntimeException {

        private Earlier() {
            super(null, null, false, false);
        }
    }

    private RetryPolicy<Object> policy() {
        RetryPolicyBuilder<Object> policy = RetryPolicy.builder()
                .withMaxAttempts(spec.maxAttempts())
                .withJitter(spec.jitter())
                .handleIf(this::isRetried);
        // Failsafe has no zero delay, no factor of one and no longest delay below the first.
        if (spec.delay().isZero()) {
            return policy.build();
        }
        if (spec.backoff() <= 1) {
            return policy.withDelay(spec.delay()).build();
        }
        if (spec.delay().compareTo(spec.maxDelay()) >= 0) {
            return policy.withDelay(spec.maxDelay()).build();
        }
        return policy.withBackoff(spec.delay(), spec.maxDelay(), spec.backoff()).build();
    }

    /**
     * Takes note of a failed attempt.
     *
     * @param elapsed the time since the first attempt began, by the engine's clock
     * @return how long to wait before the next attempt; null if there is none
     */
    @Nullable
    Duration next(Throwable failure, Duration elapsed) {
        execution.recordException(failure);
        if (execution.isComplete()) {
            return null;
        }
        Duration delay = execution.getDelay();
        if (failure instanceof CircuitOpenException open && open.remaining().compareTo(delay) > 0) {
            delay = open.remaining();
        }
        // Failsafe would shorten the delay, so that the last attempt starts at the last moment, and by its own clock.
        Duration limit = spec.maxDuration();
        return limit != null && elapsed.plus(delay).compareTo(limit) > 0 ? null : delay;
    }

    private boolean isRetried(Throwable failure) {
        if (failure instanceof Earlier) {
            return true;
        }
        if (failure instanceof BusinessFailure || spec.abortOn().stream().anyMatch(type -> type.isInstance(failure))) {
            return false;
        }
        if (failure instanceof TaskTimeoutException) {
            return spec.timeouts();
        }
        if (failure instanceof TaskRejectedException || failure instanceof CircuitOpenException) {
            return true;
        }
        // By default Exception: so an Error is retried only where it is named.
        return spec.on().stream().anyMatch(type -> type.isInstance(failure));
    }
}
