package io.flowright.runtime.internal;

import io.flowright.runtime.EngineRejectedException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The threads that help runs. A run that has more ready tasks than threads asks for help; at most one helper at a time is
 * on its way, and it sends for the next when it has found work and sees more. So waking costs at most one executor call a
 * burst, however wide the burst: the throttle of D. Vyukov's Go scheduler ("Scalable Go Scheduler Design", 2012).
 *
 * <p>No request is lost: a request is queued before the flags are looked at, and a helper clears its flag (or leaves) before
 * it looks at the queue a last time; the flags and the queue are sequentially consistent, so one of the two sees the other.
 */
final class HelperPool {

    private final Executor executor;
    private final int max;
    private final BooleanSupplier works;
    private final Queue<FlowRun<?>> requests = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean searching = new AtomicBoolean();
    private final AtomicInteger active = new AtomicInteger();

    /** Requests of runs that ended before a helper came; swept when they are many. */
    private final AtomicInteger stale = new AtomicInteger();

    /**
     * @param works whether the calling thread runs a task of this engine
     */
    HelperPool(Executor executor, int max, BooleanSupplier works) {
        this.executor = executor;
        this.max = max;
        this.works = works;
    }

    int max() {
        return max;
    }

    /** Asks for a helper for {@code run}, which has noted that it asked. */
    void request(FlowRun<?> run) {
        requests.add(run);
        summon();
    }

    /** A thread that is no helper leaves a run; on a direct executor requests may be waiting for it. */
    void leaving() {
        if (!requests.isEmpty()) {
            summon();
        }
    }

    /** A run ended with its request unanswered. */
    void forget() {
        // While all helpers are busy nobody takes requests out; ended runs must not pile up meanwhile.
        if (stale.incrementAndGet() >= 1_000) {
            stale.set(0);
            requests.removeIf(run -> run.crew().forgets());
        }
    }

    private void summon() {
        if (searching.get() || active.get() >= max || !searching.compareAndSet(false, true)) {
            return;
        }
        active.incrementAndGet();
        try {
            executor.execute(new Summons(Thread.currentThread()));
        } catch (Throwable e) {
            // Not only a RejectedExecutionException: a JVM that has no thread left throws an OutOfMemoryError.
            active.decrementAndGet();
            searching.set(false);
            reject(e);
        }
    }

    private void reject(Throwable cause) {
        FlowRun<?> run;
        while ((run = requests.poll()) != null) {
            run.rejected(new EngineRejectedException("The executor of the engine refused to run tasks", cause));
        }
    }

    /** The helper that was on its way has found work (or given up); the next may be sent for. */
    void found() {
        searching.set(false);
        if (!requests.isEmpty()) {
            summon();
        }
    }

    /** A helper is stuck in user code for good, or waits for what may need a thread itself; another thread may take its place. */
    void replace() {
        active.decrementAndGet();
        if (!requests.isEmpty()) {
            summon();
        }
    }

    /** A helper that has waited, and has been replaced, goes on: until one of them has nothing to do there is one too many. */
    void goesOn() {
        active.incrementAndGet();
    }

    private void help() {
        boolean first = true;
        while (true) {
            FlowRun<?> run = requests.poll();
            if (run == null) {
                if (first) {
                    searching.set(false);
                }
                active.decrementAndGet();
                if (requests.isEmpty() || active.get() >= max || !searching.compareAndSet(false, true)) {
                    return;
                }
                active.incrementAndGet();
                first = true;
                continue;
            }
            Crew.Assistance assistance = assist(run, first);
            if (assistance == Crew.Assistance.ABANDONED) {
                // This thread has been replaced, so it no longer counts.
                return;
            }
            if (assistance == Crew.Assistance.GIVEN) {
                first = false;
            }
        }
    }

    private Crew.Assistance assist(FlowRun<?> run, boolean first) {
        boolean over = false;
        try {
            Crew.Assistance assistance = run.crew().assist(first);
            over = true;
            return assistance;
        } finally {
            if (!over) {
                // The thread dies of an Error, as when the memory is used up; others are to take its place.
                if (first) {
                    searching.set(false);
                }
                replace();
            }
        }
    }

    /** One call of the executor. */
    private final class Summons implements Runnable {

        private final Thread summoner;

        Summons(Thread summoner) {
            this.summoner = summoner;
        }

        @Override
        public void run() {
            if (Thread.currentThread().equals(summoner) && works.getAsBoolean()) {
                // A direct executor, called from within a task of this engine. Recursion would deepen the stack with
                // every task; the thread looks at the queue when it is done with the task.
                active.decrementAndGet();
                searching.set(false);
                return;
            }
            help();
        }
    }
}
