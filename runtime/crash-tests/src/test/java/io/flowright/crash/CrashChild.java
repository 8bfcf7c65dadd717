package io.flowright.crash;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.spi.RunStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that dies, or goes on with what another has left: starts or joins each run on an engine of its own, and prints what comes
 * of it.
 */
final class CrashChild {

    /** Of an engine that is not to die: longer than any delay of a machine that is busy. */
    static final Duration LONG_LEASE = Duration.ofSeconds(30);

    private CrashChild() {}

    /** A run of a flow in a store, with the log of its effects; as an argument it is one text. */
    record Job(FlowKind flow, String run, Path effects, String store) {

        static Job parse(String text) {
            String[] fields = text.split("\\|", 4);
            return new Job(FlowKind.valueOf(fields[0]), fields[1], Path.of(fields[2]), fields[3]);
        }

        @Override
        public String toString() {
            return flow + "|" + run + "|" + effects + "|" + store;
        }
    }

    /** The first argument is the point to die at, or empty; the others are jobs. */
    public static void main(String[] arguments) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            Job job = Job.parse(arguments[i]);
            threads.add(new Thread(() -> work(job, arguments[0])));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The store of a job, which ends the process at the point, if there is one. */
    static RunStore store(Job job, String point) {
        // Elements end together more often than not if a commit takes its time: that makes batches.
        Duration pause = Duration.ofMillis(job.flow() == FlowKind.FAN_OUT ? 30 : 0);
        return new CrashingStore(
                StoreKind.open(job.store()),
                point.isEmpty() ? null : CrashPoint.parse(point),
                pause,
                moments -> System.out.println("told\t" + job.run() + "\t" + String.join("\t", moments)));
    }

    private static void work(Job job, String point) {
        try (RunStore store = store(job, point);
                EffectLog effects = EffectLog.open(job.effects());
                Engine engine = Engine.builder()
                        .store(store)
                        .lease(
                                point.isEmpty()
                                        ? LONG_LEASE
                                        : StoreKind.of(job.store()).lease())
                        .parallelism(4)
                        .owner("process " + ProcessHandle.current().pid())
                        .build()) {
            Opened flow = job.flow().on(engine, effects);
            Run<?> run = flow.start(job.run());
            String outcome = flow.outcome(run);
            System.out.println("outcome\t" + job.run() + "\t" + run.status() + "\t" + outcome);
        }
    }
}
