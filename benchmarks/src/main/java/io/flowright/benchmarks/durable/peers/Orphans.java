package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.OrphanFlow;
import io.flowright.benchmarks.durable.shapes.OrphanTasks;
import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.RunStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Runs whose process dies in their second of three tasks, and another process that goes on with them. */
public final class Orphans {

    /** A little more than the lease that an engine has by default. */
    private static final Duration LEASE = Duration.ofSeconds(11);

    private static final long POLL_MILLIS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Contender contender;
    private final Place place;

    /** For a contender that {@link Contender#recovers() recovers}. */
    public Orphans(Contender contender, Site site) throws Exception {
        this.contender = contender;
        this.place = contender.place(site);
    }

    /** Starts as many runs, of which none ends; returns once all are on record. The process is to be killed then. */
    public void leave(int runs) throws Exception {
        if (contender == Contender.DBOS) {
            CountDownLatch never = new CountDownLatch(1);
            // It is never closed: the process dies.
            DbosPeer peer = new DbosPeer(place, order -> {
                await(never);
                return order;
            });
            for (int id = 0; id < runs; id++) {
                // The row of the workflow is on record when this returns.
                peer.startOrphan(id);
            }
            return;
        }
        AtomicInteger waiting = new AtomicInteger();
        // It is never closed: the process dies.
        Engine engine = Engine.builder().store(store()).build();
        OrphanFlow flow = OrphanFlow.create(
                new OrphanTasks(order -> {
                    waiting.incrementAndGet();
                    return new CompletableFuture<>();
                }),
                engine);
        for (int id = 0; id < runs; id++) {
            flow.start(id);
        }
        until(runs, waiting::get);
    }

    /** Makes sure that nobody takes the runs for those of a living process. */
    public void expire() throws InterruptedException {
        Thread.sleep(LEASE.toMillis());
    }

    /** Goes on with the runs as a new process would; how long it took until all were done. */
    public Duration recover(int runs) throws Exception {
        long begin = System.nanoTime();
        if (contender == Contender.DBOS) {
            DbosPeer peer = new DbosPeer(place);
            try {
                until(runs, () -> number("SELECT count(*) FROM dbos.workflow_status WHERE status = 'SUCCESS'"));
                return Duration.ofNanos(System.nanoTime() - begin);
            } finally {
                peer.close();
            }
        }
        AtomicInteger succeeded = new AtomicInteger();
        try (RunStore store = store();
                Engine engine = Engine.builder()
                        .store(store)
                        .listener(event -> succeeded.addAndGet(isSuccess(event) ? 1 : 0))
                        .build()) {
            OrphanFlow.create(new OrphanTasks(CompletableFuture::completedFuture), engine);
            until(runs, succeeded::get);
            return Duration.ofNanos(System.nanoTime() - begin);
        }
    }

    private RunStore store() throws Exception {
        return store(contender, place);
    }

    /** The store of Flowright's that a contender uses. */
    public static RunStore store(Contender contender, Place place) throws Exception {
        return FlowrightPeer.store(contender, place);
    }

    private static boolean isSuccess(FlowEvent event) {
        return event instanceof FlowEvent.RunFinished finished && finished.status() == RunStatus.SUCCEEDED;
    }

    private int number(String query) {
        try {
            return (int) place.number(query);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void until(int wanted, IntSupplier reached) throws InterruptedException {
        long begin = System.nanoTime();
        int now = reached.getAsInt();
        while (now < wanted) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new IllegalStateException("only " + now + " of " + wanted + " within " + LIMIT);
            }
            Thread.sleep(POLL_MILLIS);
            now = reached.getAsInt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
