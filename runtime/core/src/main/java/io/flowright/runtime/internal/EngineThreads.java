package io.flowright.runtime.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that an engine makes for itself. */
public final class EngineThreads {

    private static final AtomicInteger ENGINES = new AtomicInteger();

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
        if (virtual) {
            return virtualThreads();
        }
        int engine = ENGINES.incrementAndGet();
        AtomicInteger threads = new AtomicInteger();
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), action -> {
            Thread thread = new Thread(action, "flowright-" + engine + "-" + threads.incrementAndGet());
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
