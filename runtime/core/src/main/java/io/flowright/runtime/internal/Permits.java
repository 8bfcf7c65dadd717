package io.flowright.runtime.internal;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * How many runs may be active at once. Who waits for a permit is served by priority, then in order, and can lose interest meanwhile, which a
 * {@link java.util.concurrent.Semaphore} does not know.
 */
final class Permits {

    private final ReentrantLock lock = new ReentrantLock();

    // Under the lock.
    private final PriorityQueue<Turn> queue = new PriorityQueue<>(
            Comparator.comparingInt(Turn::priority).reversed().thenComparingLong(Turn::number));
    private long turns;

    /** Negative: more have been taken than there are. */
    private int free;

    /** Somebody who waits. */
    private record Turn(int priority, long number, Condition call) {}

    Permits(int permits) {
        free = permits;
    }

    /** How many are free, and nobody waits for them; negative: so many have been taken beyond those that there are. */
    int free() {
        lock.lock();
        try {
            return queue.isEmpty() ? free : Math.min(free, 0);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a permit if one is free and nobody waits for it. */
    boolean tryAcquire() {
        lock.lock();
        try {
            if (free <= 0 || !queue.isEmpty()) {
                return false;
            }
            free--;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a permit whether or not one is free: others get theirs the later. */
    void take() {
        lock.lock();
        try {
            free--;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a permit.
     *
     * @param priority whoever has a higher one comes first
     * @param wanted whether it is still wanted; looked at again after {@link #reconsider}
     * @return whether a permit was taken; false: it is no longer wanted
     */
    boolean acquire(int priority, BooleanSupplier wanted) throws InterruptedException {
        lock.lock();
        try {
            Turn turn = new Turn(priority, turns++, lock.newCondition());
            queue.add(turn);
            try {
                while (wanted.getAsBoolean()) {
                    if (free > 0 && turn.equals(queue.peek())) {
                        free--;
                        return true;
                    }
                    turn.call().await();
                }
                return false;
            } finally {
                queue.remove(turn);
                callFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            free++;
            callFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Somebody may no longer want what they wait for. */
    void reconsider() {
        lock.lock();
        try {
            queue.forEach(turn -> turn.call().signal());
        } finally {
            lock.unlock();
        }
    }

    private void callFirst() {
        Turn first = queue.peek();
        if (free > 0 && first != null) {
            first.call().signal();
        }
    }
}
