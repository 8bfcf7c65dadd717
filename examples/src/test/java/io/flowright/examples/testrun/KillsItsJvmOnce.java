package io.flowright.examples.testrun;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that ends its JVM, as {@code kill -9} would, when it runs for the first time. Skipped where nobody asked for it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(named = FailsFirst.DIRECTORY, matches = ".+")
final class KillsItsJvmOnce {

    @Test
    @Order(1)
    void passes_each_time() {}

    @Test
    @Order(2)
    void kills_the_first_time() throws Exception {
        Path marker = Path.of(System.getProperty(FailsFirst.DIRECTORY), "killed");
        if (Files.notExists(marker)) {
            Files.createFile(marker);
            Runtime.getRuntime().halt(137);
        }
    }
}
