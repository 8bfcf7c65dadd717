package io.flowright.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of guarantees names tests that there are. */
class GuaranteesTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))\\.(\\w+)`");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        List<String> missing = new ArrayList<>();
        int named = 0;
        Matcher test = TEST.matcher(Files.readString(ROOT.resolve("docs").resolve("guarantees.md")));
        while (test.find()) {
            named++;
            if (!source(test.group(1)).contains(" " + test.group(2) + "(")) {
                missing.add(test.group());
            }
        }

        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(20);
    }

    private static String source(String type) throws IOException {
        try (Stream<Path> runtime = Files.walk(ROOT.resolve("runtime"));
                Stream<Path> examples = Files.walk(ROOT.resolve("examples"))) {
            List<Path> found = Stream.concat(runtime, examples)
                    .filter(file -> file.endsWith(type + ".java"))
                    .toList();
            assertThat(found).as(type).hasSize(1);
            return Files.readString(found.get(0));
        }
    }
}
