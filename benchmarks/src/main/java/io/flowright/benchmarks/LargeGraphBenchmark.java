package io.flowright.benchmarks;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A run of a {@link SyntheticGraph}, compiled when the benchmark starts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the methods with @Setup first
public class LargeGraphBenchmark {

    @Param({"1000", "10000"})
    int tasks;

    private Path classes = Path.of("");
    private URLClassLoader loader;
    private IntUnaryOperator run;

    @Setup
    public void compile() throws IOException, ReflectiveOperationException, InterruptedException {
        SyntheticGraph graph = new SyntheticGraph(tasks);
        classes = Files.createTempDirectory("large-graph");
        Javac.flowright(graph).with(graph.flowRun(), graph.flowRunSource()).into(classes);
        loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        run = loader.loadClass(graph.flowRun())
                .asSubclass(IntUnaryOperator.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    @TearDown
    public void delete() throws IOException {
        loader.close();
        TemporaryFiles.delete(classes);
    }

    @Benchmark
    public int large() {
        return run.applyAsInt(1);
    }
}
