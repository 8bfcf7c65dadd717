package io.flowright.runtime.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** {@link FlowClock#system()}. */
final class SystemClock implements FlowClock {

    static final SystemClock INSTANCE = new SystemClock();

    /** Made by the first action that is scheduled: a process whose flows never wait has no such thread. */
    private static final class Timer {
        static final ScheduledThreadPoolExecutor THREAD = create();

        private static ScheduledThreadPoolExecutor create() {
            ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Timer::thread);
            // Most actions are limits that are not reached; they must not be held until they would have been.
            timer.setRemoveOnCancelPolicy(true);
            return timer;
        }

        private static Thread thread(Runnable loop) {
            // The thread outlives whoever needed it first, so it keeps nothing of theirs alive.
            Thread thread = new Thread(null, loop, "flowright-timer", 0, false);
            thread.setContextClassLoader(SystemClock.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        }
    }

    private SystemClock() {}

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable action) {
        // Both take any duration: what is too long for the one is its longest, with which the other does not overflow.
        long nanos = TimeUnit.NANOSECONDS.convert(delay);
        Future<?> future = Timer.THREAD.schedule(new LoggedAction(action), nanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }
}
