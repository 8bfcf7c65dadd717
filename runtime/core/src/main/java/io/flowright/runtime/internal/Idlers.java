package io.flowright.runtime.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The participants of one run that found nothing to do and wait until there is something. Whoever makes something ready looks for an
 * idler after that, and an idler looks for something ready after it can be seen: so neither misses the other.
 */
final class Idlers {

    private final FlowRun<?> run;

    /** The run's. */
    private final ReentrantLock lock;

    /** Under the lock. */
    private final Deque<Idler> waiting = new ArrayDeque<>(2);

    private volatile int count;

    private static final class Idler {
        final Thread thread = Thread.currentThread();
        volatile boolean woken;
    }

    Idlers(FlowRun<?> run, ReentrantLock lock) {
        this.run = run;
        this.lock = lock;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Sends the one that has waited longest to work; returns false if there is none. */
    boolean wakeOne() {
        Idler woken;
        lock.lock();
        try {
            woken = waiting.pollFirst();
            if (woken == null) {
                return false;
            }
            count = waiting.size();
            woken.woken = true;
        } finally {
            lock.unlock();
        }
        // Not before: the first that it does is to take the lock.
        LockSupport.unpark(woken.thread);
        return true;
    }

    /** Under the lock: the run is no longer active, nobody has to wait for work any more. */
    void dissolve() {
        waiting.forEach(idler -> LockSupport.unpark(idler.thread));
    }

    /**
     * The calling thread waits until there may be something to do, the run is no longer active or the time is up.
     *
     * @param outer the thread's stay in the run that waits for this one; null: none does
     * @param owned whether an interrupt of that is meant for this run too, which sees to it itself
     * @return false: the thread was interrupted, and its flag is clear
     */
    boolean await(@Nullable Worker outer, boolean owned, long until) {
        Idler me = new Idler();
        lock.lock();
        try {
            waiting.add(me);
            count = waiting.size();
        } finally {
            lock.unlock();
        }
        try {
            while (!me.woken && !run.crew().hasWork() && run.isActive()) {
                if (Thread.interrupted() || (!owned && outer != null && outer.nestedInterrupted())) {
                    return false;
                }
                if (until == Long.MAX_VALUE) {
                    LockSupport.park(this);
                } else {
                    long left = until - System.nanoTime();
                    if (left <= 0) {
                        return true;
                    }
                    LockSupport.parkNanos(this, left);
                }
            }
            return true;
        } finally {
            lock.lock();
            try {
                waiting.remove(me);
                count = waiting.size();
            } finally {
                lock.unlock();
            }
        }
    }
}
