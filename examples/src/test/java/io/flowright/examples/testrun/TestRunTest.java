package io.flowright.examples.testrun;

import static io.flowright.examples.testrun.Executions.error;
import static io.flowright.examples.testrun.Executions.failure;
import static io.flowright.examples.testrun.Executions.passed;
import static io.flowright.examples.testrun.Executions.skipped;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flowright.examples.testrun.TestHistory.Verdict;
import io.flowright.examples.testrun.TestRunTasks.Report;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow, with reports that were written in advance. */
class TestRunTest {

    /** A class for the one shard; it does not run. */
    private static final List<String> SELECTORS = List.of("class:" + FailsFirst.class.getName());

    @TempDir
    Path directory;

    @Test
    void when_nothing_fails_nothing_runs_again() throws Exception {
        ScriptedJvm jvm = new ScriptedJvm(suite(passed("a"), skipped("b")));

        Run<TestRunFlow.Result> run = start(jvm);

        assertThat(run.result().report().red()).isFalse();
        assertThat(run.result().reruns()).isEmpty();
        assertThat(jvm.calls()).containsExactly(SELECTORS);
    }

    @Test
    void a_test_that_passes_in_a_rerun_is_flaky_and_one_that_never_does_has_failed() throws Exception {
        ScriptedJvm jvm = new ScriptedJvm(
                suite(failure("first"), failure("second"), error("real")),
                List.of(passed("first"), failure("second"), error("real")),
                List.of(passed("second"), error("real")));

        Report report = start(jvm).result().report();

        assertThat(verdicts(report))
                .containsEntry("first", Verdict.FLAKY)
                .containsEntry("second", Verdict.FLAKY)
                .containsEntry("real", Verdict.FAILED)
                .containsEntry("passes0", Verdict.PASSED);
        assertThat(report.red()).isTrue();
        assertThat(report.count(Verdict.FLAKY)).isEqualTo(2);
        assertThat(jvm.calls())
                .containsExactly(
                        SELECTORS,
                        List.of("uid:[test:first]", "uid:[test:second]", "uid:[test:real]"),
                        List.of("uid:[test:second]", "uid:[test:real]"));
        ReportSchema.validate(report.file());
    }

    @Test
    void flaky_tests_alone_do_not_make_the_run_red() throws Exception {
        ScriptedJvm jvm = new ScriptedJvm(suite(failure("t")), List.of(passed("t")));

        assertThat(start(jvm).result().report().red()).isFalse();
    }

    @Test
    void when_more_than_the_cap_fails_nothing_runs_again() throws Exception {
        List<Execution> executions = new ArrayList<>(passed(18));
        executions.add(failure("t"));
        ScriptedJvm jvm = new ScriptedJvm(executions);

        Run<TestRunFlow.Result> run = start(jvm);

        assertThat(verdicts(run.result().report())).containsEntry("t", Verdict.FAILED);
        assertThat(run.snapshot().task(TestRunFlow.Tasks.RERUN_FLAKY).status()).isEqualTo(TaskStatus.SKIPPED);
        assertThat(jvm.calls()).hasSize(1);
    }

    @Test
    void when_exactly_the_cap_fails_it_runs_again() throws Exception {
        List<Execution> executions = new ArrayList<>(passed(19));
        executions.add(failure("t"));

        Report report = start(new ScriptedJvm(executions, List.of(passed("t"))))
                .result()
                .report();

        assertThat(verdicts(report)).containsEntry("t", Verdict.FLAKY);
    }

    @Test
    void when_the_jvm_of_the_reruns_dies_what_failed_remains_failed() throws Exception {
        ScriptedJvm jvm = new ScriptedJvm(suite(failure("t")));

        Run<TestRunFlow.Result> run = start(jvm);

        assertThat(verdicts(run.result().report())).containsEntry("t", Verdict.FAILED);
        assertThat(run.snapshot().warnings()).singleElement().asString().contains("the JVM died");
    }

    @Test
    void a_malformed_report_fails_the_collection_by_name_and_once_repaired_nothing_else_runs_again() throws Exception {
        Path broken = directory.resolve("shard-1-attempt-1/TEST-scripted.xml");
        List<Execution> executions = passed(3);
        ScriptedJvm scripted = new ScriptedJvm(executions);
        Run<TestRunFlow.Result> run = start((selectors, folder) -> {
            Path report = scripted.run(selectors, folder);
            Files.writeString(report, "<testsuite><testcase name=\"sel");
            return report;
        });
        assertThatExceptionOfType(FlowFailedException.class)
                .isThrownBy(run::result)
                .havingCause()
                .isInstanceOf(IOException.class)
                .withMessageContaining(broken.toString());
        assertThat(run.snapshot().task(TestRunFlow.Tasks.COLLECT).status()).isEqualTo(TaskStatus.FAILED);

        ScriptedJvm.write(executions, broken);
        run.resume();

        assertThat(run.result().executions()).isEqualTo(executions);
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.snapshot().task(TestRunFlow.Tasks.COLLECT).attempts()).isEqualTo(2);
        assertThat(run.snapshot().task(TestRunFlow.Tasks.DISCOVER).attempts()).isEqualTo(1);
        assertThat(scripted.calls()).hasSize(1);
    }

    @Test
    void the_times_of_a_run_are_known_to_the_next_one() throws Exception {
        start(new ScriptedJvm(passed(3))).result();

        assertThat(ClassTimes.read(directory)).isEqualTo(Map.of("shop.OrderTest", 0.75));

        start(new ScriptedJvm(passed(5))).result();

        assertThat(ClassTimes.read(directory)).isEqualTo(Map.of("shop.OrderTest", 1.25));
    }

    private Run<TestRunFlow.Result> start(TestJvm jvm) {
        return TestRunFlow.create(new TestRunTasks(jvm)).start(SELECTORS, 1, directory);
    }

    /** These, and a hundred that passed, so that they are below the cap. */
    private static List<Execution> suite(Execution... executions) {
        List<Execution> all = new ArrayList<>(List.of(executions));
        all.addAll(passed(100));
        return all;
    }

    private static Map<String, Verdict> verdicts(Report report) {
        return report.tests().stream().collect(toMap(test -> test.first().name(), TestHistory::verdict));
    }
}
