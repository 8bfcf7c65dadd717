package io.flowright.examples.testrun;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import io.flowright.examples.testrun.TestHistory.Verdict;
import io.flowright.runtime.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs the 1,705 tests of commons-codec and a flaky one of ours on two JVMs, prints which class ran where and what became of the tests, and
 * exits with 1, because nine tests of commons-codec look for their files outside of the jar.
 */
public final class TestRun {

    private TestRun() {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "flowright-testrun"));
        Path counter = Files.createTempDirectory(directory, "counter");
        // With so little memory, 5 tests that want gigabytes skip themselves.
        TestJvm jvm = new ChildJvm(List.of("-Xmx512m", "-D" + FailsFirst.DIRECTORY + "=" + counter));
        List<String> selectors = List.of("package:org.apache.commons.codec", "class:" + FailsFirst.class.getName());
        TestRunFlow.Result result;
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            result = TestRunFlow.create(new TestRunTasks(jvm), engine).run(selectors, 2, directory);
        }
        print(result);
        System.exit(result.report().red() ? 1 : 0);
    }

    private static void print(TestRunFlow.Result result) {
        Map<String, Double> seconds = result.executions().stream()
                .collect(groupingBy(Execution::className, summingDouble(Execution::seconds)));
        for (Shard shard : result.shards()) {
            for (String name : shard.classes()) {
                System.out.printf("shard %d %7.3f s  %s%n", shard.number(), seconds.getOrDefault(name, 0.0), name);
            }
        }
        TestRunTasks.Report report = result.report();
        for (TestHistory test : report.tests()) {
            if (test.first().failed()) {
                System.out.printf(
                        "%s %s.%s: %s%n",
                        test.verdict(),
                        test.first().className(),
                        test.first().name(),
                        test.first().message());
            }
        }
        for (Verdict verdict : Verdict.values()) {
            System.out.printf("%,6d %s%n", report.count(verdict), verdict);
        }
        System.out.println("The report is " + report.file());
    }
}
