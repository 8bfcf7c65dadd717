package io.flowright.runtime.internal;

import dev.failsafe.CircuitBreaker;
import io.flowright.runtime.BusinessFailure;
import io.flowright.runtime.CircuitOpenException;
import io.flowright.runtime.TaskRejectedException;
import io.flowright.runtime.TaskTimeoutException;
import io.flowright.runtime.generated.CircuitBreakerSpec;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A circuit breaker. Failsafe counts and decides when it opens and closes; who may pass while it is half-open is decided
 * here, because Failsafe's own permit of that state can only be given back with an outcome, and an attempt that a pause
 * or a cancellation ended has none: the breaker would never close again.
 *
 * <p>Each attempt that {@link #tryAcquire} let through ends with exactly one call of {@link #succeeded}, {@link #failed}
 * or {@link #released}. One that was let through while the breaker was closed may end while it is half-open; its outcome
 * then counts as that of a probe, since it says the same about the service as theirs.
 */
final class Breaker {

    private final CircuitBreakerSpec spec;
    private final Consumer<String> changed;

    // Guarded by this.
    private final CircuitBreaker<Object> breaker;
    private CircuitBreaker.State state;
    private int probes;

    // Changes are told in their order, but not under the lock: a listener may be slow, or use the breaker.
    private final Queue<CircuitBreaker.State> untold = new ConcurrentLinkedQueue<>();
    private final ReentrantLock telling = new ReentrantLock();

    Breaker(CircuitBreakerSpec spec, Consumer<String> changed) {
        this.spec = spec;
        this.changed = changed;
        breaker = CircuitBreaker.builder()
                .withFailureThreshold(spec.failures(), Math.max(spec.failures(), spec.of()))
                .withSuccessThreshold(spec.successes())
                .withDelay(spec.delay())
                .build();
        state = breaker.getState();
    }

    /** Whether an attempt may pass. */
    boolean tryAcquire() {
        boolean passes = pass();
        tellChanges();
        return passes;
    }

    private synchronized boolean pass() {
        if (breaker.isOpen() && breaker.getRemainingDelay().isZero()) {
            breaker.halfOpen();
            probes = 0;
            noteState();
        }
        if (breaker.isHalfOpen() && probes < spec.successes()) {
            probes++;
            return true;
        }
        return breaker.isClosed();
    }

    /** After what time it lets attempts pass again; zero if it is not open. */
    Duration remainingDelay() {
        return breaker.getRemainingDelay();
    }

    /** An attempt succeeded. */
    void succeeded() {
        record(Outcome.SUCCESS);
    }

    /** An attempt failed, which may say nothing about the service, or even that it is well. */
    void failed(Throwable failure) {
        record(outcome(failure));
    }

    /** An attempt ended without an outcome. */
    void released() {
        record(Outcome.NONE);
    }

    private Outcome outcome(Throwable failure) {
        if (isAny(spec.ignore(), failure)) {
            return Outcome.NONE;
        }
        if (failure instanceof TaskTimeoutException) {
            return Outcome.FAILURE;
        }
        if (failure instanceof TaskRejectedException || failure instanceof CircuitOpenException) {
            // Of a flow that the task ran: the service behind this breaker was not asked.
            return Outcome.NONE;
        }
        if (failure instanceof BusinessFailure) {
            boolean named = spec.on().stream()
                    .anyMatch(type -> BusinessFailure.class.isAssignableFrom(type) && type.isInstance(failure));
            return named ? Outcome.FAILURE : Outcome.NONE;
        }
        if (isAny(spec.on(), failure)) {
            return Outcome.FAILURE;
        }
        return failure instanceof Error ? Outcome.NONE : Outcome.SUCCESS;
    }

    private static boolean isAny(List<Class<? extends Throwable>> types, Throwable failure) {
        return types.stream().anyMatch(type -> type.isInstance(failure));
    }

    private void record(Outcome outcome) {
        count(outcome);
        tellChanges();
    }

    private synchronized void count(Outcome outcome) {
        if (breaker.isHalfOpen() && probes > 0) {
            probes--;
        }
        switch (outcome) {
            case SUCCESS -> breaker.recordSuccess();
            case FAILURE -> breaker.recordFailure();
            case NONE -> {}
        }
        noteState();
    }

    private void noteState() {
        if (breaker.getState() != state) {
            state = breaker.getState();
            untold.add(state);
        }
    }

    private void tellChanges() {
        // Whoever fails to get the lock leaves its change to the holder, who looks again after letting it go.
        while (!untold.isEmpty() && telling.tryLock()) {
            try {
                for (CircuitBreaker.State next = untold.poll(); next != null; next = untold.poll()) {
                    changed.accept(next.name());
                }
            } finally {
                telling.unlock();
            }
        }
    }

    /** What an attempt says about the service. */
    private enum Outcome {
        SUCCESS,
        FAILURE,
        NONE
    }
}
