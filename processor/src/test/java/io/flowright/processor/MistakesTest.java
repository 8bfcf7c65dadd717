package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Case;
import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is printed about each mistake: file, line, id, text and how often. The cases stand in {@code mistakes}; running with
 * {@code -Dflowright.update=true} rewrites what they expect.
 */
class MistakesTest {

    @TempDir
    Path directory;

    static Stream<Case> cases() throws IOException {
        return Case.all("mistakes");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void javacPrintsWhatIsExpected(Case mistake) throws IOException {
        mistake.check(Compiler.JAVAC.compile(directory, mistake.sources()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ecjPrintsTheSame(Case mistake) throws IOException {
        mistake.check(Compiler.ECJ.compile(directory, mistake.sources()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderOfTheSourcesDoesNotMatter(Case mistake) throws IOException {
        List<Source> reversed = new ArrayList<>(mistake.sources());
        Collections.reverse(reversed);
        mistake.check(Compiler.JAVAC.compile(directory, reversed));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothingElseIsPrinted(Case mistake) {
        Compilation compilation = Compiler.JAVAC.compile(directory, mistake.sources());

        assertThat(compilation.ours()).isNotEmpty();
        assertThat(compilation.others()).isEmpty();
    }
}
