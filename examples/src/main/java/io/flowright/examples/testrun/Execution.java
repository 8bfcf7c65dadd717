package io.flowright.examples.testrun;

import io.flowright.runtime.FailureInfo;
import java.util.Objects;

/**
 * One execution of one test.
 *
 * @param id JUnit's unique id, which selects this test again
 * @param type the class of what it threw, else empty
 * @param message the message of what it threw, else empty
 * @param text the stack trace, or why it was skipped, else empty
 */
public record Execution(
        String id,
        String className,
        String name,
        double seconds,
        Status status,
        String type,
        String message,
        String text) {

    /** How an execution ends, in the terms of JUnit's XML: a failure is an assertion's, an error is anything else that is thrown. */
    public enum Status {
        PASSED,
        SKIPPED,
        FAILURE,
        ERROR
    }

    /** The error of a test class whose JVM brought no report. */
    static Execution lost(String className, FailureInfo failure) {
        String message = Objects.requireNonNullElse(failure.message(), "");
        return new Execution("", className, "no report", 0, Status.ERROR, failure.type(), message, failure.trace());
    }

    boolean failed() {
        return status == Status.FAILURE || status == Status.ERROR;
    }
}
