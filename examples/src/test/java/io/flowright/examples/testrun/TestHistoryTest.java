package io.flowright.examples.testrun;

import static io.flowright.examples.testrun.Executions.error;
import static io.flowright.examples.testrun.Executions.failure;
import static io.flowright.examples.testrun.Executions.passed;
import static io.flowright.examples.testrun.Executions.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.examples.testrun.TestHistory.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestHistoryTest {

    @Test
    void what_does_not_fail_is_judged_by_its_only_execution() {
        assertThat(verdict(passed("t"))).isEqualTo(Verdict.PASSED);
        assertThat(verdict(skipped("t"))).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void what_fails_and_later_passes_is_flaky() {
        assertThat(verdict(failure("t"), passed("t"))).isEqualTo(Verdict.FLAKY);
        assertThat(verdict(error("t"), failure("t"), passed("t"))).isEqualTo(Verdict.FLAKY);
    }

    @Test
    void what_never_passes_has_failed() {
        assertThat(verdict(failure("t"))).isEqualTo(Verdict.FAILED);
        assertThat(verdict(error("t"), error("t"), failure("t"))).isEqualTo(Verdict.FAILED);
        assertThat(verdict(failure("t"), skipped("t"))).isEqualTo(Verdict.FAILED);
    }

    private static Verdict verdict(Execution first, Execution... reruns) {
        return new TestHistory(first, List.of(reruns)).verdict();
    }
}
