package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import io.flowright.processor.report.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page {@code docs/errors.md} says what is true. */
class ErrorsPageTest {

    private static final Path PAGE = Path.of("../docs/errors.md");
    private static final Pattern PARAGRAPH = Pattern.compile(
            "### (\\S+)\n\n(.+?)\n\nWrong:\n\n```java\n(.+?)\n```\n\nRight:\n\n```java\n(.+?)\n```\n", Pattern.DOTALL);

    /** What follows in an example is compiled before, as the example says. */
    private static final Pattern IN_A_JAR = Pattern.compile("// in a jar .*\n");

    @TempDir
    Path directory;

    /** A paragraph of the page. */
    record Paragraph(String id, String wrong, String right) {

        @Override
        public String toString() {
            return id;
        }
    }

    static Stream<Arguments> paragraphs() throws IOException {
        return read().stream()
                .flatMap(paragraph ->
                        Arrays.stream(Compiler.values()).map(compiler -> Arguments.of(paragraph, compiler)));
    }

    private static List<Paragraph> read() throws IOException {
        List<Paragraph> paragraphs = new ArrayList<>();
        Matcher matcher = PARAGRAPH.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            paragraphs.add(new Paragraph(matcher.group(1), matcher.group(3), matcher.group(4)));
        }
        return paragraphs;
    }

    @Test
    void everyIdHasAParagraphAndEveryParagraphAnId() throws IOException {
        List<String> ids = Arrays.stream(Message.values())
                .filter(message -> message != Message.INTERNAL_ERROR)
                .map(Message::id)
                .distinct()
                .toList();

        assertThat(read()).extracting(Paragraph::id).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void warningsStandBelowErrors() throws IOException {
        String warnings = Files.readString(PAGE).split("\n## Warnings\n")[1];

        for (Message message : Message.values()) {
            if (message != Message.INTERNAL_ERROR) {
                assertThat(warnings.contains("### " + message.id() + "\n"))
                        .as(message.id())
                        .isEqualTo(message.isWarning());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("paragraphs")
    void theWrongExampleGivesThatIdAlone(Paragraph paragraph, Compiler compiler) {
        assertThat(compile(paragraph.wrong(), compiler).ids()).containsExactly(paragraph.id());
    }

    @ParameterizedTest
    @MethodSource("paragraphs")
    void theRightExampleGivesNone(Paragraph paragraph, Compiler compiler) {
        Compilation compilation = compile(paragraph.right(), compiler);

        assertThat(compilation.ours()).isEmpty();
        assertThat(compilation.success()).isTrue();
    }

    private Compilation compile(String example, Compiler compiler) {
        String[] parts = IN_A_JAR.split(example);
        List<Path> jars = parts.length == 1 ? List.of() : List.of(compileWithoutNames(parts[1], compiler));
        List<Processor> processors = List.of(new FlowrightProcessor());
        return compiler.compile(
                directory.resolve("main"), List.of(source(parts[0])), jars, processors, "-Aflowright.exhaustive");
    }

    private Path compileWithoutNames(String text, Compiler compiler) {
        List<Source> sources = List.of(source(text));
        return compiler.compile(directory.resolve("jar"), sources, List.of(), List.of(), "-g:none", "-proc:none")
                .classes();
    }

    private static Source source(String text) {
        return new Source("Example.java", "import io.flowright.annotations.*;\n" + text);
    }
}
