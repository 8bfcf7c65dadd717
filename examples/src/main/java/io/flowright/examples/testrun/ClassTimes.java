package io.flowright.examples.testrun;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingDouble;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The file that says how many seconds each test class took when it last ran. */
final class ClassTimes {

    private ClassTimes() {}

    /** The seconds by class; none if there is no such file yet. */
    static Map<String, Double> read(Path directory) throws IOException {
        Path file = file(directory);
        Map<String, Double> seconds = new TreeMap<>();
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            properties
                    .stringPropertyNames()
                    .forEach(name -> seconds.put(name, Double.valueOf(properties.getProperty(name))));
        }
        return seconds;
    }

    /** Adds new times; classes that did not run keep theirs. */
    static void update(Path directory, List<Execution> executions) throws IOException {
        Map<String, Double> seconds = read(directory);
        seconds.putAll(
                executions.stream().collect(groupingBy(Execution::className, summingDouble(Execution::seconds))));
        Properties properties = new Properties();
        seconds.forEach((name, time) -> properties.setProperty(name, time.toString()));
        try (Writer writer = Files.newBufferedWriter(file(directory))) {
            properties.store(writer, "seconds by test class");
        }
    }

    private static Path file(Path directory) {
        return directory.resolve("seconds.properties");
    }
}
