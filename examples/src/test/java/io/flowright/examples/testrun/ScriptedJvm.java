package io.flowright.examples.testrun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Runs no test: it writes reports with the executions that it was given, one list after the other, and dies when none is left. */
final class ScriptedJvm implements TestJvm {

    private final Deque<List<Execution>> script = new ArrayDeque<>();
    private final List<List<String>> calls = new ArrayList<>();

    @SafeVarargs
    ScriptedJvm(List<Execution>... script) {
        for (List<Execution> executions : script) {
            this.script.add(executions);
        }
    }

    @Override
    public synchronized Path run(List<String> selectors, Path directory) throws IOException {
        calls.add(selectors);
        if (script.isEmpty()) {
            throw new IOException("the JVM died");
        }
        Path report = Files.createDirectories(directory).resolve("TEST-scripted.xml");
        write(script.remove(), report);
        return report;
    }

    /** The selectors of each call so far. */
    synchronized List<List<String>> calls() {
        return List.copyOf(calls);
    }

    static void write(List<Execution> executions, Path report) throws IOException {
        JUnitXml.write(
                executions.stream()
                        .map(test -> new TestHistory(test, List.of()))
                        .toList(),
                report);
    }
}
