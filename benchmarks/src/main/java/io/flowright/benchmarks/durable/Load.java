package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.durable.peers.Peer;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Callers on threads of their own, each of which runs one workflow after the other. */
final class Load implements AutoCloseable {

    private final Peer peer;
    private final Shape shape;
    private final int callers;
    private final ExecutorService threads;
    private final AtomicLong ids = new AtomicLong();

    Load(Peer peer, Shape shape, int callers) {
        this.peer = peer;
        this.shape = shape;
        this.callers = callers;
        threads = Executors.newFixedThreadPool(callers);
    }

    /** What came of it. */
    static final class Result {

        private final long[] nanos;
        private final double seconds;

        private Result(long[] nanos, double seconds) {
            this.nanos = nanos;
            this.seconds = seconds;
        }

        int runs() {
            return nanos.length;
        }

        double rate() {
            return nanos.length / seconds;
        }

        /** In milliseconds; so much of them all was not slower. */
        double percentile(double share) {
            return Load.percentile(nanos, share);
        }
    }

    /** In milliseconds; so much of what is given, in nanoseconds and sorted, was not slower. */
    static double percentile(long[] nanos, double share) {
        return nanos[(int) Math.min(nanos.length - 1L, (long) (nanos.length * share))] / 1e6;
    }

    /** Each caller ends with the run that is under way then. */
    Result during(Duration time) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        return whilst(() -> System.nanoTime() - begin < time.toNanos());
    }

    /** As long as something is so; it is looked at after each run. */
    Result whilst(BooleanSupplier goesOn) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        long[] nanos = collect(() -> {
            List<Long> took = new ArrayList<>();
            while (goesOn.getAsBoolean()) {
                once(took);
            }
            return took;
        });
        return new Result(nanos, (System.nanoTime() - begin) / 1e9);
    }

    /** So many runs in all. */
    void times(int runs) throws InterruptedException, ExecutionException {
        AtomicLong left = new AtomicLong(runs);
        collect(() -> {
            List<Long> took = new ArrayList<>();
            while (left.getAndDecrement() > 0) {
                once(took);
            }
            return took;
        });
    }

    private void once(List<Long> took) throws Exception {
        long begin = System.nanoTime();
        int counted = peer.run(shape, ids.incrementAndGet()).tasks();
        long end = System.nanoTime();
        if (counted != shape.counted()) {
            throw new IllegalStateException(shape + " counted " + counted + " instead of " + shape.counted());
        }
        took.add(end - begin);
    }

    /** What a caller does. */
    @FunctionalInterface
    private interface Caller {
        List<Long> call() throws Exception;
    }

    private long[] collect(Caller caller) throws InterruptedException, ExecutionException {
        List<Future<List<Long>>> called = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            called.add(threads.submit(caller::call));
        }
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> future : called) {
            all.addAll(future.get());
        }
        long[] nanos = all.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(nanos);
        return nanos;
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
