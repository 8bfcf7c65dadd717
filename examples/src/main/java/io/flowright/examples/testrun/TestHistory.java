package io.flowright.examples.testrun;

import io.flowright.examples.testrun.Execution.Status;
import java.util.List;

/** A test: its first execution, and its reruns if that failed. */
public record TestHistory(Execution first, List<Execution> reruns) {

    /** What all executions together say about the test. */
    public enum Verdict {
        PASSED,
        SKIPPED,
        /** Failed, and passed in a rerun. */
        FLAKY,
        /** Failed, and never passed. */
        FAILED
    }

    Verdict verdict() {
        if (!first.failed()) {
            return first.status() == Status.SKIPPED ? Verdict.SKIPPED : Verdict.PASSED;
        }
        boolean passed = reruns.stream().anyMatch(rerun -> rerun.status() == Status.PASSED);
        return passed ? Verdict.FLAKY : Verdict.FAILED;
    }
}
