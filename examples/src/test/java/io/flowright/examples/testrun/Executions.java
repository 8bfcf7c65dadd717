package io.flowright.examples.testrun;

import io.flowright.examples.testrun.Execution.Status;
import java.util.List;
import java.util.stream.IntStream;

/** Executions as a test wants them. */
final class Executions {

    private Executions() {}

    static Execution passed(String name) {
        return execution(name, Status.PASSED, "", "", "");
    }

    static Execution skipped(String name) {
        return execution(name, Status.SKIPPED, "", "", "not on this machine");
    }

    /** Ended by an assertion. */
    static Execution failure(String name) {
        return execution(name, Status.FAILURE, "org.opentest4j.AssertionFailedError", "1 < 2 & \"3\"", "at " + name);
    }

    /** Ended by another exception. */
    static Execution error(String name) {
        return execution(name, Status.ERROR, "java.io.IOException", "disk full", "at " + name);
    }

    /** So many tests that passed: for one that fails, 20 of them are what the cap on reruns wants. */
    static List<Execution> passed(int count) {
        return IntStream.range(0, count).mapToObj(i -> passed("passes" + i)).toList();
    }

    private static Execution execution(String name, Status status, String type, String message, String text) {
        return new Execution("[test:" + name + "]", "shop.OrderTest", name, 0.25, status, type, message, text);
    }
}
