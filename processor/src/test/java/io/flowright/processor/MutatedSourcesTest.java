package io.flowright.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.processor.compile.Case;
import io.flowright.processor.compile.Compilation;
import io.flowright.processor.compile.Compiler;
import io.flowright.processor.compile.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sources that were spoilt by chance. Whatever is left of them, the processor ends in order; and if it is Java, then either the processor
 * says what is wrong, or what it generates compiles without a warning.
 *
 * <p>{@code -Dflowright.fuzz.seeds=1-400} tries others, {@value #CASES} sources for each seed. {@link BrokenGraphsTest} is where a
 * graph is known to be broken, and must not pass.
 */
class MutatedSourcesTest {

    private static final Path GOLDENS = Path.of("src/test/resources/goldens");
    private static final int CASES = 25;

    @TempDir
    Path directory;

    static LongStream seeds() {
        String[] range = System.getProperty("flowright.fuzz.seeds", "1-6").split("-", 2);
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]));
    }

    /** The sources of all goldens and of all mistakes; those of one compilation together. */
    private static List<List<Source>> originals() throws IOException {
        List<List<Source>> all = new ArrayList<>(Case.all("mistakes")
                .map(Case::sources)
                .filter(sources -> !sources.isEmpty())
                .toList());
        try (Stream<Path> folders = Files.list(GOLDENS)) {
            for (Path folder : folders.sorted().toList()) {
                all.add(golden(folder));
            }
        }
        return all;
    }

    private static List<Source> golden(Path folder) throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                String path = folder.relativize(file).toString();
                if (!path.startsWith("expected")) {
                    sources.add(new Source(path, Files.readString(file)));
                }
            }
        }
        return sources;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aSpoiltSourceIsUnderstoodOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        List<List<Source>> originals = originals();
        for (int i = 0; i < CASES; i++) {
            List<Source> sources = new ArrayList<>(originals.get(random.nextInt(originals.size())));
            int spoilt = random.nextInt(sources.size());
            sources.set(spoilt, MutatedSource.of(sources.get(spoilt), random));
            check(sources, sources.get(spoilt).text(), directory.resolve(seed + "-" + i));
        }
    }

    private static void check(List<Source> sources, String text, Path folder) throws IOException {
        Compilation compilation = Compiler.JAVAC.compile(folder.resolve("flow"), sources, "-Xlint:all,-auxiliaryclass");

        assertThat(compilation.ids()).as(text).doesNotContain("internal-error");
        boolean refused = compilation.others().stream().anyMatch(found -> found.kind() == Diagnostic.Kind.ERROR);
        if (compilation.success() || (refused && isJava(sources, folder.resolve("plain")))) {
            Set<String> generated = generated(compilation);
            assertThat(compilation.others())
                    .as(text)
                    .allMatch(found -> found.kind() != Diagnostic.Kind.ERROR && !generated.contains(found.file()));
        }
    }

    private static Set<String> generated(Compilation compilation) throws IOException {
        try (Stream<Path> files = Files.walk(compilation.generated())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static boolean isJava(List<Source> sources, Path folder) {
        return Compiler.JAVAC
                .compile(folder, sources, List.of(), List.of(), "-proc:none")
                .success();
    }
}
