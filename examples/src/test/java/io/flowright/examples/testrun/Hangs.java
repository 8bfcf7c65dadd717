package io.flowright.examples.testrun;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that does not end while anybody waits; skipped where nobody asked for it. */
@EnabledIfSystemProperty(named = FailsFirst.DIRECTORY, matches = ".+")
final class Hangs {

    @Test
    void for_ever() throws Exception {
        Path file = Path.of(System.getProperty(FailsFirst.DIRECTORY), "hanging-process");
        Path draft = Files.writeString(
                file.resolveSibling("draft"),
                String.valueOf(ProcessHandle.current().pid()));
        Files.move(draft, file);
        // Longer than the task's time limit, but no process is left for ever should the run itself die.
        new CountDownLatch(1).await(10, TimeUnit.MINUTES);
    }
}
