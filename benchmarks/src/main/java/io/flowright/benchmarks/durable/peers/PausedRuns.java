package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.Order;
import io.flowright.benchmarks.durable.shapes.OrphanFlow;
import io.flowright.benchmarks.durable.shapes.OrphanTasks;
import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.RunStore;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What runs that are paused cost the engine that has paused them, when nobody holds them. To be measured in a JVM of its own. */
public final class PausedRuns {

    /** So many at a time, which are in their second of three tasks when they are paused. */
    private static final int TOGETHER = 500;

    private final Contender contender;
    private final Place place;

    private final Queue<CompletableFuture<Order>> seconds = new ConcurrentLinkedQueue<>();

    /** For one of ours. */
    public PausedRuns(Contender contender, Site site) throws Exception {
        this.contender = contender;
        this.place = contender.place(site);
    }

    /** Bytes of heap for each of so many runs. */
    public double heap(int runs) throws Exception {
        try (RunStore store = FlowrightPeer.store(contender, place);
                Engine engine = Engine.builder().store(store).build()) {
            OrphanFlow flow = OrphanFlow.create(new OrphanTasks(order -> second()), engine);
            pause(flow, 2 * TOGETHER);
            long before = used();
            pause(flow, runs);
            return (double) (used() - before) / runs;
        }
    }

    private CompletableFuture<Order> second() {
        CompletableFuture<Order> second = new CompletableFuture<>();
        seconds.add(second);
        return second;
    }

    private void pause(OrphanFlow flow, int runs) throws InterruptedException {
        for (int id = 0; id < runs; id += TOGETHER) {
            List<Run<?>> together = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                together.add(flow.start(id + i));
            }
            while (seconds.size() < TOGETHER) {
                Thread.sleep(1);
            }
            together.forEach(Run::pause);
            seconds.forEach(second -> second.complete(Order.placed(1)));
            seconds.clear();
            for (Run<?> run : together) {
                while (run.status() != RunStatus.PAUSED) {
                    Thread.sleep(1);
                }
            }
        }
    }

    private static long used() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
