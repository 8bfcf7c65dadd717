package io.flowright.jdbc;

import io.flowright.runtime.spi.RunAdministration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to be told when there may be something to do, and a thread that finds out, which is there as long as anybody does. */
final class Watchers implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Watchers.class);

    private static final long END_MILLIS = 2_000;

    /** How it is found out that there may be something to do. */
    @FunctionalInterface
    interface Lookout {
        /** Tells now and then, until the thread is interrupted. */
        void watch(Runnable tell) throws InterruptedException;
    }

    private final Lookout lookout;
    private final Set<Watcher> watchers = new CopyOnWriteArraySet<>();

    // Guarded by this.
    private @Nullable Thread thread;
    private boolean closed;

    Watchers(Lookout lookout) {
        this.lookout = lookout;
    }

    RunAdministration.Watch add(Runnable wake) {
        Watcher watcher = new Watcher(wake);
        synchronized (this) {
            if (closed) {
                throw new StoreException("Watching failed: the store is closed");
            }
            watchers.add(watcher);
            if (thread == null) {
                thread = start();
            }
        }
        return watcher;
    }

    private Thread start() {
        Thread started = new Thread(this::run, "flowright-watch");
        started.setDaemon(true);
        started.start();
        return started;
    }

    private void run() {
        try {
            lookout.watch(this::tell);
        } catch (InterruptedException end) {
            // Nobody watches any more.
        } catch (RuntimeException | Error failure) {
            LOGGER.error(
                    "Nobody is told any more that there are commands for runs; engines still ask now and then",
                    failure);
        }
    }

    /** Nothing is locked meanwhile. */
    private void tell() {
        for (Watcher watcher : watchers) {
            try {
                watcher.wake.run();
            } catch (RuntimeException failure) {
                LOGGER.warn("Who wanted to be told of commands for runs failed", failure);
            }
        }
    }

    private void remove(Watcher watcher) {
        if (watchers.remove(watcher)) {
            end(false);
        }
    }

    private void end(boolean forGood) {
        Thread ended;
        synchronized (this) {
            closed |= forGood;
            if (thread == null || (!closed && !watchers.isEmpty())) {
                return;
            }
            ended = Objects.requireNonNull(thread);
            thread = null;
        }
        ended.interrupt();
        if (!ended.equals(Thread.currentThread())) {
            join(ended);
        }
    }

    /** So that nobody is told after the end, nor a connection open. But who is told may be waiting for us. */
    private static void join(Thread ended) {
        try {
            TimeUnit.MILLISECONDS.timedJoin(ended, END_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        watchers.clear();
        end(true);
    }

    /** One of them; each is its own, though two may wake the same. */
    private final class Watcher implements RunAdministration.Watch {

        private final Runnable wake;

        Watcher(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public void close() {
            remove(this);
        }
    }
}
