package io.flowright.benchmarks;

import io.flowright.benchmarks.shapes.ElementsFlow;
import io.flowright.benchmarks.shapes.ElementsTasks;
import io.flowright.benchmarks.shapes.Value;
import io.flowright.benchmarks.shapes.Work;
import io.flowright.runtime.Engine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A no-op task for each of many elements, beside a loop that makes a {@code CompletableFuture} for each, on two threads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the methods with @Setup first
public class FanOutBenchmark {

    @Param("10000")
    int tasks;

    private List<Value> elements;
    private ElementsTasks methods;
    private ExecutorService pool;
    private Engine engine;
    private ElementsFlow flow;

    @Setup
    public void open() {
        elements = IntStream.range(0, tasks).mapToObj(Value::new).toList();
        methods = new ElementsTasks(new Work(0));
        pool = Executors.newFixedThreadPool(2);
        engine = Engine.builder().parallelism(2).build();
        flow = ElementsFlow.create(methods, engine);
    }

    @TearDown
    public void close() {
        pool.shutdown();
        engine.close();
    }

    @Benchmark
    public List<Value> elementsByFlowright() {
        return flow.run(elements).done();
    }

    @Benchmark
    public List<Value> elementsByHand() {
        List<CompletableFuture<Value>> futures = elements.stream()
                .map(element -> CompletableFuture.supplyAsync(() -> methods.done(element), pool))
                .toList();
        return futures.stream().map(CompletableFuture::join).toList();
    }
}
