package io.flowright.benchmarks;

import io.flowright.benchmarks.peers.Contender;
import io.flowright.benchmarks.peers.Peer;
import io.flowright.benchmarks.shapes.Value;
import io.flowright.benchmarks.shapes.Work;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The three shapes, one run after the other. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the methods with @Setup first
public class ShapesBenchmark {

    @Param
    Contender contender = Contender.DIRECT_CALLS;

    /** The work of each task. */
    @Param({"0", "20"})
    int workMicros;

    private final Value seed = new Value(1);
    private Peer peer;

    /** Lets the peer run every shape, so that no shape is measured with a profile of its own only. */
    @Setup
    public void open() {
        peer = contender.open(new Work(TimeUnit.MICROSECONDS.toNanos(workMicros)));
        int runs = workMicros == 0 ? 30_000 : 300;
        for (int run = 0; run < runs; run++) {
            chain();
            fan();
            layers();
        }
    }

    @TearDown
    public void close() {
        peer.close();
    }

    @Benchmark
    public Value chain() {
        return peer.chain(seed);
    }

    @Benchmark
    public Value fan() {
        return peer.fan(seed);
    }

    @Benchmark
    public int layers() {
        return peer.layers(seed);
    }
}
