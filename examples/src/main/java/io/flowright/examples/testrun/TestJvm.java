package io.flowright.examples.testrun;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where tests run. */
public interface TestJvm {

    /**
     * Runs tests to their end.
     *
     * @param selectors which ones, as JUnit's console launcher takes them: {@code class:shop.OrderTest}, {@code uid:[engine:…]}
     * @param directory where the reports go; it is made when missing
     * @return the JUnit XML of this execution, whether tests failed or not
     * @throws IOException if there is none, because the JVM did not start or died
     */
    Path run(List<String> selectors, Path directory) throws IOException, InterruptedException;
}
