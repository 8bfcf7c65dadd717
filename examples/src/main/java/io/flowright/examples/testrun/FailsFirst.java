package io.flowright.examples.testrun;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A flaky test to order: it fails when it runs for the first time and passes ever after. It counts in a file of the folder that the system
 * property {@value #DIRECTORY} names, and is skipped without it.
 */
@EnabledIfSystemProperty(named = FailsFirst.DIRECTORY, matches = ".+")
final class FailsFirst {

    static final String DIRECTORY = "flowright.examples.testrun.directory";

    @Test
    void passes_from_the_second_time_on() throws IOException {
        Path counter = Path.of(System.getProperty(DIRECTORY), "executions");
        Files.writeString(counter, "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);

        assertTrue(Files.size(counter) > 1, "this is the first execution");
    }
}
