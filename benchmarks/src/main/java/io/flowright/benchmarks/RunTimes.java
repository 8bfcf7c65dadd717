package io.flowright.benchmarks;

import io.flowright.benchmarks.peers.Contender;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks, a fork of each a round. */
final class RunTimes {

    private static final String NOP = "org.slf4j.nop.NOPServiceProvider";
    private static final String LOGBACK = "ch.qos.logback.classic.spi.LogbackServiceProvider";

    private final Effort effort;
    private final Scores scores;

    RunTimes(Effort effort, Scores scores) {
        this.effort = effort;
        this.scores = scores;
    }

    /** One round. */
    void measure() throws RunnerException {
        run("no-op", shapes(ShapesBenchmark.class, Contender.SEQUENTIAL, 0).addProfiler(GCProfiler.class), NOP);
        run(
                "no-op, Logback",
                shapes(ShapesBenchmark.class, List.of(Contender.FLOWRIGHT), 0).addProfiler(GCProfiler.class),
                LOGBACK);
        run("no-op", shapes(ShapesBenchmark.class, Contender.TWO_THREADS, 0), NOP);
        run("20 us", shapes(ShapesBenchmark.class, Contender.TWO_THREADS, 20), NOP);
        run("paused", shapes(PausedShapesBenchmark.class, Contender.TWO_THREADS, 0), NOP);
        run("large", untilCompiled(options(LargeGraphBenchmark.class)), NOP);
        run("fan-out", options(FanOutBenchmark.class), NOP);
    }

    private ChainedOptionsBuilder shapes(
            Class<? extends ShapesBenchmark> benchmark, List<Contender> contenders, int workMicros) {
        return options(benchmark)
                .param("contender", names(contenders))
                .param("workMicros", Integer.toString(workMicros));
    }

    private ChainedOptionsBuilder options(Class<?> benchmark) {
        TimeValue time = TimeValue.milliseconds(effort.millis());
        return new OptionsBuilder()
                .include("\\." + benchmark.getSimpleName() + "\\.")
                .forks(1)
                .warmupIterations(effort.iterations())
                .warmupTime(time)
                .measurementIterations(effort.iterations())
                .measurementTime(time)
                .verbosity(VerboseMode.SILENT);
    }

    /** However short the rest is: half of ten thousand methods that the JVM has not compiled yet say nothing of the other half. */
    private static ChainedOptionsBuilder untilCompiled(ChainedOptionsBuilder options) {
        return options.warmupIterations(30).warmupTime(TimeValue.seconds(1));
    }

    private void run(String situation, ChainedOptionsBuilder options, String slf4jProvider) throws RunnerException {
        System.out.println("  " + situation);
        List<String> jvm =
                new ArrayList<>(List.of("-Dslf4j.provider=" + slf4jProvider, "-Dslf4j.internal.verbosity=ERROR"));
        if (Runtime.version().feature() >= 24) {
            // JMH 1.37 and Guava still use it, and each fork would warn.
            jvm.add("--sun-misc-unsafe-memory-access=allow");
        }
        for (RunResult result :
                new Runner(options.jvmArgs(jvm.toArray(String[]::new)).build()).run()) {
            String name = name(situation, result.getParams());
            scores.add(name, result.getPrimaryResult().getStatistics().getPercentile(50));
            Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
            if (bytes != null) {
                scores.add(name + " bytes", bytes.getScore());
            }
        }
    }

    private static String name(String situation, BenchmarkParams params) {
        String what = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
        String who = params.getParam(params.getParamsKeys().contains("contender") ? "contender" : "tasks");
        return situation + " " + what + " " + who;
    }

    private static String[] names(List<Contender> contenders) {
        return contenders.stream().map(Enum::name).toArray(String[]::new);
    }
}
