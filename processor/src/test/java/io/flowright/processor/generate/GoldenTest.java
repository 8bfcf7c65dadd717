package io.flowright.processor.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Generated classes, byte for byte. Each folder of {@code goldens} holds the sources of a case and, under
 * {@code expected}, what they become; {@code -Dflowright.goldens.update=true} rewrites the latter.
 */
class GoldenTest {

    private static final Path GOLDENS = Path.of("src/test/resources/goldens");
    private static final String EXPECTED = "expected";
    private static final String[] STRICT = {"-Xlint:all", "-Xdoclint:all,-missing", "-Werror"};

    @TempDir
    Path directory;

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDENS)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void javacGeneratesExactlyThisAndHasNothingToSayAboutIt(String name) throws IOException {
        Compilation compilation = Compiler.JAVAC.compile(directory, sources(name), STRICT);

        assertThat(compilation.found()).isEmpty();
        if (Boolean.getBoolean("flowright.goldens.update")) {
            replace(GOLDENS.resolve(name).resolve(EXPECTED), compilation.generated());
        }
        assertSameAsExpected(name, compilation);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOrderOfTheSourcesChangesNothing(String name) throws IOException {
        List<Source> sources = sources(name);
        Collections.reverse(sources);

        assertSameAsExpected(name, Compiler.JAVAC.compile(directory, sources));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eclipseGeneratesTheSame(String name) throws IOException {
        Compilation compilation = Compiler.ECJ.compile(directory, sources(name), "-warn:-warningToken");

        assertThat(compilation.found()).isEmpty();
        assertSameAsExpected(name, compilation);
    }

    private static List<Source> sources(String name) throws IOException {
        Path root = GOLDENS.resolve(name);
        List<Source> sources = new ArrayList<>();
        for (Path file : javaFiles(root)) {
            if (!root.relativize(file).startsWith(EXPECTED)) {
                sources.add(new Source(root.relativize(file).toString(), Files.readString(file)));
            }
        }
        return sources;
    }

    private static void assertSameAsExpected(String name, Compilation compilation) throws IOException {
        Path expected = GOLDENS.resolve(name).resolve(EXPECTED);
        assertThat(contents(compilation.generated())).isEqualTo(contents(expected));
    }

    private static void replace(Path expected, Path generated) throws IOException {
        if (Files.exists(expected)) {
            for (Path file : javaFiles(expected)) {
                Files.delete(file);
            }
        }
        for (Path file : javaFiles(generated)) {
            Path target = expected.resolve(generated.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }

    /** Paths and texts, for a readable difference. */
    private static String contents(Path root) throws IOException {
        StringBuilder contents = new StringBuilder();
        for (Path file : javaFiles(root)) {
            contents.append("==== ").append(root.relativize(file)).append('\n').append(Files.readString(file));
        }
        return contents.toString();
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
