package io.flowright.examples.testrun;

import io.flowright.examples.jvm.AnotherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.console.ConsoleLauncher;

/** Runs tests with this JVM's class path in a JVM of their own, because that can be killed when a test hangs. */
public final class ChildJvm implements TestJvm {

    private final List<String> options;

    /**
     * Children with these options.
     *
     * @param options what stands before the main class: {@code -Xmx512m}, {@code -Dshop.url=…}
     */
    public ChildJvm(List<String> options) {
        this.options = List.copyOf(options);
    }

    @Override
    public Path run(List<String> selectors, Path directory) throws IOException, InterruptedException {
        Path report = Files.createDirectories(directory).resolve("TEST-junit-jupiter.xml");
        Path output = directory.resolve("output.txt");
        // What an earlier execution left here must never pass for the report of this one.
        Files.deleteIfExists(report);
        Process process = AnotherJvm.running(ConsoleLauncher.class, options, arguments(selectors, directory))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            int status = process.waitFor();
            // 0: all tests passed; 1: some failed, or the launcher itself did.
            if (status > 1 || !Files.exists(report)) {
                throw new IOException("the test JVM ended with status " + status + ", see " + output);
            }
            return report;
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> arguments(List<String> selectors, Path directory) {
        List<String> arguments = new ArrayList<>(List.of("execute", "--disable-banner", "--details=none"));
        arguments.add("--reports-dir=" + directory);
        selectors.forEach(selector -> arguments.add("--select=" + selector));
        return arguments;
    }
}
