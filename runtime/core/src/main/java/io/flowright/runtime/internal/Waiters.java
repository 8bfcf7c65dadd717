package io.flowright.runtime.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Who waits for the end of one run without working on it: threads, and futures. */
final class Waiters<R> {

    private final FlowRun<R> run;
    private final ReentrantLock lock;

    // All below: under the lock.
    /** Null: no thread has waited yet. */
    private @Nullable Condition settled;

    private List<CompletableFuture<R>> futures = List.of();

    /** @param lock the run's */
    Waiters(FlowRun<R> run, ReentrantLock lock) {
        this.run = run;
        this.lock = lock;
    }

    /** Waits until the run is no longer active; false: interrupted, the flag is set, or the time was up. */
    boolean await(long until) {
        lock.lock();
        try {
            Condition signal = signal();
            while (run.isActive()) {
                if (until == Long.MAX_VALUE) {
                    signal.await();
                } else if (signal.awaitNanos(until - System.nanoTime()) <= 0) {
                    return !run.isActive();
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    void awaitUninterruptibly() {
        lock.lock();
        try {
            Condition signal = signal();
            while (run.isActive()) {
                signal.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private Condition signal() {
        if (settled == null) {
            settled = lock.newCondition();
        }
        return settled;
    }

    /** Under the lock: the run is no longer active. */
    void wake() {
        if (settled != null) {
            settled.signalAll();
        }
    }

    /** A promise of the outcome; a paused run keeps its promises. */
    CompletableFuture<R> future() {
        CompletableFuture<R> future = new CompletableFuture<>();
        lock.lock();
        try {
            if (run.isUndecided()) {
                if (futures.isEmpty()) {
                    futures = new ArrayList<>(1);
                }
                futures.add(future);
                return future;
            }
        } finally {
            lock.unlock();
        }
        complete(future);
        return future;
    }

    /** Under the lock: whether anybody still wants to know how it ends. */
    boolean anyPromised() {
        return futures.stream().anyMatch(future -> !future.isDone());
    }

    /** The run has ended: keeps all promises. Not under the lock: what follows a future is code of the user's. */
    void complete() {
        List<CompletableFuture<R>> waiting;
        lock.lock();
        try {
            waiting = futures;
            futures = List.of();
        } finally {
            lock.unlock();
        }
        waiting.forEach(this::complete);
    }

    /** The promise of a run that goes on elsewhere is kept by that: whoever settles this one must not wait for it. */
    private void complete(CompletableFuture<R> future) {
        try {
            StoredRun<R> elsewhere = run.moved();
            if (elsewhere == null) {
                future.complete(run.outcome());
            } else {
                follow(future, elsewhere.future());
            }
        } catch (Throwable t) {
            future.completeExceptionally(t);
        }
    }

    private void follow(CompletableFuture<R> future, CompletableFuture<R> other) {
        CompletionStage<R> kept = other;
        kept.whenComplete((result, failure) -> {
            if (failure == null) {
                future.complete(result);
            } else {
                future.completeExceptionally(failure);
            }
        });
        // Who wants it no longer lets the other go too.
        CompletionStage<R> wanted = future;
        wanted.whenComplete((result, failure) -> other.cancel(false));
    }
}
