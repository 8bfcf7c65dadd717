package io.flowright.examples.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page {@code docs/patterns.md} shows the code that the other tests run. */
class PatternsPageTest {

    private static final Path PAGE = Path.of("../docs/patterns.md");
    private static final Path EXAMPLES = Path.of("src/main/java/io/flowright/examples/patterns");

    private static final Pattern EXAMPLE =
            Pattern.compile("\\[`(\\w+\\.java)`]\\((\\S+)\\)\n\n```java\n(.+?)\n```\n", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|", Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern ANCHOR = Pattern.compile("\\]\\(#(\\S+?)\\)");

    /** Code of the page, and the file that the line above says it is from. */
    record Example(String name, Path file, String code) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Example> examples() throws IOException {
        return matches(EXAMPLE)
                .map(match -> new Example(match.group(1), PAGE.resolveSibling(match.group(2)), match.group(3)));
    }

    private static Stream<MatchResult> matches(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE)).results();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void code_of_the_page_stands_in_the_file_that_it_names(Example example) throws IOException {
        assertThat(example.file()).hasFileName(example.name());
        assertThat(Files.readString(example.file())).contains("\n" + example.code() + "\n");
    }

    @Test
    void all_code_of_the_page_names_its_file() throws IOException {
        assertThat(matches(Pattern.compile("```java")).count())
                .isEqualTo(examples().count());
    }

    @Test
    void every_example_is_on_the_page_once() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Tasks.java"))
                    .toList();

            assertThat(examples().map(Example::name)).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void each_of_the_43_patterns_has_its_row() throws IOException {
        assertThat(matches(ROW).map(row -> Integer.valueOf(row.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 43).boxed().toList());
    }

    @Test
    void links_within_the_page_lead_to_its_headings() throws IOException {
        List<String> anchors =
                matches(HEADING).map(heading -> anchor(heading.group(1))).toList();

        assertThat(matches(ANCHOR).map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(anchors).contains(link));
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }
}
