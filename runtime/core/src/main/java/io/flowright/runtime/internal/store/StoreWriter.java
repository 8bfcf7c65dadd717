package io.flowright.runtime.internal.store;

import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the runs of one engine have to record, in the order in which they say so, never two batches at a time. Whoever comes
 * while nothing is being written writes at once, on its own thread; what comes meanwhile is the next batch, which the writer's thread
 * writes. So nobody waits for a batch to fill, an idle engine has no hop between threads, and a busy one groups its commits (group
 * commit: DeWitt et al., Implementation techniques for main memory database systems, 1984).
 *
 * <p>Thread-safe.
 */
public final class StoreWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoreWriter.class);

    /** More in one statement makes it no cheaper, and others wait longer. */
    private static final int MOST_AT_ONCE = 256;

    private static final long FIRST_PAUSE = 100_000_000L;
    private static final long LONGEST_PAUSE = 30_000_000_000L;

    private final RunStore store;
    private final Ownership ownership;
    private final Queue<PendingWrite> queue = new ConcurrentLinkedQueue<>();

    /** Whether somebody writes, or the thread is on its way. */
    private final AtomicBoolean writing = new AtomicBoolean();

    private final Thread thread;

    /** The thread has been given the right to write. Written before it is woken. */
    private volatile boolean called;

    /** What cannot be written at once is given up. */
    private volatile boolean impatient;

    private volatile boolean closed;

    /** A batch that has met an unavailable store; with the right to write it goes to the thread. */
    private List<PendingWrite> left = List.of();

    /** A run while it belongs to the engine. */
    private record Owned(String run, long epoch) {}

    public StoreWriter(RunStore store, Ownership ownership) {
        this.store = store;
        this.ownership = ownership;
        thread = new Thread(this::work, "flowright-store-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Writes, now or soon.
     *
     * @param here whether the calling thread may be the one that writes
     * @return whether the write is over, so that the caller goes on with it; else {@link PendingWrite#written} will be called
     */
    public boolean submit(PendingWrite write, boolean here) {
        queue.add(write);
        if (!writing.compareAndSet(false, true)) {
            return false;
        }
        if (closed) {
            // The thread may have ended.
            writeAll(next());
            handOver();
            return false;
        }
        if (!here) {
            call();
            return false;
        }
        boolean over = false;
        List<PendingWrite> batch = next();
        if (attempt(batch) == null) {
            for (PendingWrite each : batch) {
                if (each.equals(write)) {
                    over = true;
                } else {
                    tell(each);
                }
            }
            handOver();
        } else {
            // The thread tries again; the caller has better things to do, if only to be interrupted.
            left = batch;
            call();
        }
        return over;
    }

    private void call() {
        called = true;
        LockSupport.unpark(thread);
    }

    /** Gives up the right to write, unless there is more. */
    private void handOver() {
        if (!closed && !queue.isEmpty()) {
            call();
            return;
        }
        writing.set(false);
        while (!queue.isEmpty() && writing.compareAndSet(false, true)) {
            if (!closed) {
                call();
                return;
            }
            writeAll(next());
            writing.set(false);
        }
        if (closed) {
            LockSupport.unpark(thread);
        }
    }

    private void work() {
        while (!closed || writing.get()) {
            if (!called) {
                LockSupport.park(this);
                continue;
            }
            called = false;
            List<PendingWrite> batch = left.isEmpty() ? next() : left;
            left = List.of();
            writeAll(batch);
            handOver();
        }
    }

    private void writeAll(List<PendingWrite> first) {
        List<PendingWrite> batch = first;
        while (!batch.isEmpty()) {
            persist(batch);
            batch = next();
        }
    }

    private List<PendingWrite> next() {
        List<PendingWrite> batch = new ArrayList<>();
        PendingWrite each;
        while (batch.size() < MOST_AT_ONCE && (each = queue.poll()) != null) {
            batch.add(each);
        }
        return batch;
    }

    /** On the writer's thread: writes as soon as the store can, or until the engine's lease is over. */
    private void persist(List<PendingWrite> batch) {
        long pause = FIRST_PAUSE;
        StoreUnavailableException unavailable;
        while ((unavailable = attempt(batch)) != null) {
            log.warn("The store cannot be written to; {} writes wait: {}", batch.size(), unavailable.toString());
            if (ownership.isOver() || impatient) {
                for (PendingWrite each : batch) {
                    each.end(null, unavailable);
                }
                break;
            }
            sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
        batch.forEach(StoreWriter::tell);
    }

    private void sleep(long nanos) {
        long end = System.nanoTime() + nanos;
        long rest;
        while ((rest = end - System.nanoTime()) > 0 && !impatient && !ownership.isOver()) {
            LockSupport.parkNanos(this, Math.min(rest, FIRST_PAUSE));
        }
    }

    private static void tell(PendingWrite write) {
        try {
            write.written();
        } catch (Throwable t) {
            log.error("What follows a write has failed", t);
        }
    }

    /** Writes once; returns why it is to be tried again, or null: all of the batch are over. */
    private @Nullable StoreUnavailableException attempt(List<PendingWrite> batch) {
        try {
            List<RunWrite.Outcome> outcomes =
                    store.write(batch.stream().map(PendingWrite::write).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).end(outcomes.get(i), null);
            }
            return null;
        } catch (StoreUnavailableException e) {
            return e;
        } catch (RuntimeException e) {
            if (batch.size() > 1) {
                return attemptEach(batch);
            }
            batch.get(0).end(null, e);
            return null;
        } catch (Error e) {
            // Whoever waits is to hear of it.
            RuntimeException failure = new IllegalStateException("the store failed", e);
            batch.forEach(each -> each.end(null, failure));
            return null;
        }
    }

    /**
     * Something in the batch can never be written. After it nothing of the same run may be. Who begins a run waits for that: what comes
     * after it is of another run, which has the id.
     */
    private @Nullable StoreUnavailableException attemptEach(List<PendingWrite> batch) {
        Map<Owned, RuntimeException> broken = new HashMap<>();
        for (PendingWrite each : batch) {
            Owned run = new Owned(each.write().run(), each.write().epoch());
            RuntimeException before = broken.get(run);
            if (before != null) {
                each.end(null, before);
                continue;
            }
            StoreUnavailableException unavailable = attempt(List.of(each));
            if (unavailable != null) {
                // All once more: to write again does no harm.
                return unavailable;
            }
            if (each.failure() != null && each.write().begin() == null) {
                broken.put(run, each.failure());
            }
        }
        return null;
    }

    /** From now on nothing waits for a store that is unavailable. */
    public void giveUp() {
        impatient = true;
        LockSupport.unpark(thread);
    }

    /** Writes what has been submitted, then ends. While the store is unavailable, that is given up. */
    @Override
    public void close() {
        impatient = true;
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
