package io.flowright.runtime.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that an engine makes for itself. */
public final class EngineThreads {

    private static final Logger log = LoggerFactory.getLogger(EngineThreads.class);

    private static final AtomicInteger ENGINES = new AtomicInteger();

    /** Made when a timer first goes off. */
    private static final class Timers {
        static final ExecutorService THREADS =
                virtualByDefault() ? virtualThreads() : platformThreads("flowright-timer-");
    }

    private EngineThreads() {}

    /**
     * Whether the default engine uses virtual threads: from Java 24 on, where {@code synchronized} no longer pins them (JEP
     * 491).
     */
    public static boolean virtualByDefault() {
        return Runtime.version().feature() >= 24;
    }

    /** An executor without a bound of its own; {@link HelperPool} bounds it. */
    static ExecutorService create(boolean virtual) {
        return virtual ? virtualThreads() : platformThreads("flowright-" + ENGINES.incrementAndGet() + "-");
    }

    /**
     * Runs what a timer set off and user code may prolong (a listener, a completed future, a stage that is cancelled), so
     * that the clock's thread is free for the next. Neither an engine's own threads nor a user's executor will do: all of
     * them may be busy with what the timer is to end.
     */
    static void runForTimer(Runnable action) {
        Runnable logged = () -> {
            try {
                action.run();
            } catch (Throwable t) {
                log.error("What a timer set off has failed", t);
            }
        };
        try {
            Timers.THREADS.execute(logged);
        } catch (Throwable t) {
            // The JVM has no thread left. Late is better than never.
            logged.run();
        }
    }

    private static ExecutorService platformThreads(String name) {
        AtomicInteger threads = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), action -> {
            Thread thread = new Thread(action, name + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The method is looked up because the library is compiled for Java 17, which does not have it. */
    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invokeExact();
        } catch (Throwable t) {
            throw new IllegalStateException("This JVM has no virtual threads", t);
        }
    }
}
