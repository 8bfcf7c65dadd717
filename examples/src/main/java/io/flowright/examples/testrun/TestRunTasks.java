package io.flowright.examples.testrun;

import static java.util.stream.Collectors.groupingBy;

import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.ForEach.OnElementFailure;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import io.flowright.annotations.Task;
import io.flowright.annotations.Timeout;
import io.flowright.annotations.When;
import io.flowright.examples.testrun.TestHistory.Verdict;
import io.flowright.runtime.Outcome;
import io.flowright.runtime.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs tests in several JVMs at a time and tells the flaky ones from those that really fail.
 *
 * @param jvm where they run
 */
@Flow
public record TestRunTasks(TestJvm jvm) {

    private static final int RERUNS = 2;
    private static final double RERUN_CAP = 0.05;

    /** What ran, and as errors the test classes of shards that brought no report. */
    public record Collected(List<Execution> executions, List<Execution> lost) {}

    /** What became of each test, and the file with the details. */
    public record Report(Path file, List<TestHistory> tests) {

        long count(Verdict verdict) {
            return tests.stream().filter(test -> test.verdict() == verdict).count();
        }

        boolean red() {
            return count(Verdict.FAILED) > 0;
        }
    }

    @Provides("classes")
    List<String> discover(@Input List<String> selectors) {
        return TestClasses.find(selectors);
    }

    @Provides
    List<Shard> shards(@Requires List<String> classes, @Input int workers, @Input Path directory) throws IOException {
        return Shard.plan(classes, ClassTimes.read(directory), workers);
    }

    @Provides("parts")
    @Retry(maxAttempts = 2, on = IOException.class, timeouts = false)
    @Timeout("5m")
    Path runShard(
            @ForEach(value = "shards", onFailure = OnElementFailure.COLLECT) Shard shard,
            @Input Path directory,
            TaskContext task)
            throws IOException, InterruptedException {
        List<String> selectors = shard.classes().stream().map("class:"::concat).toList();
        return jvm.run(selectors, directory.resolve("shard-" + shard.number() + "-attempt-" + task.attempt()));
    }

    @Provides({"executions", "lost"})
    Collected collect(@Requires List<Shard> shards, @Requires List<Outcome<Path>> parts) throws IOException {
        Collected collected = new Collected(new ArrayList<>(), new ArrayList<>());
        for (Outcome<Path> part : parts) {
            if (part instanceof Outcome.Success<Path> success) {
                collected.executions.addAll(JUnitXml.read(success.value()));
            } else if (part instanceof Outcome.Failure<Path> failure) {
                List<String> classes = shards.get(part.element()).classes();
                classes.forEach(name -> collected.lost.add(Execution.lost(name, failure.info())));
            }
        }
        return collected;
    }

    @Task
    void recordTimes(@Requires List<Execution> executions, @Input Path directory) throws IOException {
        ClassTimes.update(directory, executions);
    }

    /** When many fail, they are not flaky: something is broken, and reruns would only hide it. */
    @Provides
    boolean fewFailed(@Requires List<Execution> executions) {
        long failed = executions.stream().filter(Execution::failed).count();
        return failed > 0 && failed <= RERUN_CAP * executions.size();
    }

    /** Optional: without reruns, what failed remains failed. */
    @Provides("reruns")
    @Task(optional = true)
    @When("fewFailed")
    @Timeout("2m")
    List<Execution> rerunFlaky(@Requires List<Execution> executions, @Input Path directory)
            throws IOException, InterruptedException {
        List<Execution> reruns = new ArrayList<>();
        List<Execution> failed = executions.stream().filter(Execution::failed).toList();
        for (int rerun = 1; rerun <= RERUNS && !failed.isEmpty(); rerun++) {
            List<String> selectors =
                    failed.stream().map(test -> "uid:" + test.id()).toList();
            List<Execution> again = JUnitXml.read(jvm.run(selectors, directory.resolve("rerun-" + rerun)));
            reruns.addAll(again);
            failed = again.stream().filter(Execution::failed).toList();
        }
        return reruns;
    }

    @Provides
    Report report(
            @Requires List<Execution> executions,
            @Requires List<Execution> lost,
            @Requires Optional<List<Execution>> reruns,
            @Input Path directory)
            throws IOException {
        Map<String, List<Execution>> again = reruns.orElse(List.of()).stream().collect(groupingBy(Execution::id));
        List<TestHistory> tests = Stream.concat(executions.stream(), lost.stream())
                .map(first -> new TestHistory(first, again.getOrDefault(first.id(), List.of())))
                .toList();
        Path file = directory.resolve("TEST-all.xml");
        JUnitXml.write(tests, file);
        return new Report(file, tests);
    }
}
