package io.flowright.examples.testrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.flowright.examples.testrun.TestHistory.Verdict;
import io.flowright.examples.testrun.TestRunTasks.Report;
import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.Run;
import io.flowright.runtime.TaskTimeoutException;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.commons.codec.binary.HexTest;
import org.apache.commons.codec.digest.DigestUtilsTest;
import org.apache.commons.codec.digest.XXHash32Test;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow with real tests in JVMs of their own. The numbers were counted once in the report of a plain console launcher. */
class ChildJvmTest {

    private static final Duration TEST_LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private TestRunTasks tasks;

    @BeforeEach
    void setUp() {
        tasks = new TestRunTasks(new ChildJvm(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-D" + FailsFirst.DIRECTORY + "=" + directory)));
    }

    @Test
    void nine_real_failures_stay_failed_and_only_ours_is_flaky() throws Exception {
        TestRunFlow.Result result = TestRunFlow.create(tasks)
                .run(
                        selectors(XXHash32Test.class, DigestUtilsTest.class, HexTest.class, FailsFirst.class),
                        2,
                        directory);

        Report report = result.report();
        assertThat(report.tests()).hasSize(6 + 36 + 236 + 1);
        assertThat(failedIn(report, XXHash32Test.class)).hasSize(6);
        assertThat(failedIn(report, DigestUtilsTest.class)).hasSize(3);
        assertThat(report.count(Verdict.FAILED)).isEqualTo(9);
        assertThat(report.tests())
                .filteredOn(test -> test.verdict() == Verdict.FLAKY)
                .extracting(test -> test.first().className())
                .containsExactly(FailsFirst.class.getName());
        assertThat(report.red()).isTrue();
        ReportSchema.validate(report.file());
        assertThat(Files.readString(report.file()).split("<rerunError ")).hasSize(1 + 9 * 2);
        assertThat(Files.readString(report.file()).split("<flakyFailure ")).hasSize(1 + 1);
        assertThat(ClassTimes.read(directory)).hasSize(4);
    }

    @Test
    void a_test_that_hangs_costs_its_shard_and_nothing_else() throws Exception {
        VirtualClock clock = FlowClock.virtual();
        CapturingListener events = new CapturingListener();
        try (Engine engine =
                Engine.builder().parallelism(2).clock(clock).listener(events).build()) {
            Run<TestRunFlow.Result> run =
                    TestRunFlow.create(tasks, engine).start(selectors(Hangs.class, HexTest.class), 2, directory);
            Path file = directory.resolve("hanging-process");
            await().atMost(TEST_LIMIT).until(() -> Files.exists(file) && shardSucceeded(events));

            clock.advance(Duration.ofMinutes(5));

            TestRunFlow.Result result = run.result(TEST_LIMIT);
            assertThat(result.executions()).hasSize(236).noneMatch(Execution::failed);
            assertThat(result.lost()).singleElement().satisfies(lost -> {
                assertThat(lost.className()).isEqualTo(Hangs.class.getName());
                assertThat(lost.type()).isEqualTo(TaskTimeoutException.class.getName());
            });
            assertThat(result.report().red()).isTrue();
            long process = Long.parseLong(Files.readString(file));
            await().atMost(TEST_LIMIT).until(() -> ProcessHandle.of(process).isEmpty());
        }
    }

    @Test
    void a_jvm_that_is_killed_is_followed_by_another_and_no_test_counts_twice() {
        TestRunFlow.Result result = TestRunFlow.create(tasks).run(selectors(KillsItsJvmOnce.class), 2, directory);

        assertThat(result.report().tests()).hasSize(2).allMatch(test -> test.verdict() == Verdict.PASSED);
        assertThat(directory.resolve("shard-1-attempt-1/output.txt")).exists();
        assertThat(directory.resolve("shard-1-attempt-2/TEST-junit-jupiter.xml"))
                .exists();
    }

    @Test
    void the_report_of_an_earlier_run_is_not_that_of_a_jvm_that_did_not_start() throws Exception {
        Files.createFile(directory.resolve("TEST-junit-jupiter.xml"));
        TestJvm jvm = new ChildJvm(List.of("-cp", "nowhere"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> jvm.run(selectors(HexTest.class), directory))
                .withMessage("the test JVM ended with status 1, see " + directory.resolve("output.txt"));
    }

    @Test
    void all_67_test_classes_of_commons_codec_are_found() {
        List<String> classes = TestClasses.find(List.of("package:org.apache.commons.codec"));

        assertThat(classes)
                .hasSize(67)
                .doesNotHaveDuplicates()
                .isSorted()
                .allMatch(name -> name.startsWith("org.apache.commons.codec."));
    }

    private static List<String> selectors(Class<?>... classes) {
        return List.of(classes).stream().map(type -> "class:" + type.getName()).toList();
    }

    private static List<TestHistory> failedIn(Report report, Class<?> type) {
        return report.tests().stream()
                .filter(test -> test.verdict() == Verdict.FAILED)
                .filter(test -> test.first().className().equals(type.getName()))
                .toList();
    }

    private static boolean shardSucceeded(CapturingListener events) {
        return events.events(FlowEvent.TaskSucceeded.class).stream()
                .anyMatch(event -> event.task().equals(TestRunFlow.Tasks.RUN_SHARD) && event.element() != null);
    }
}
