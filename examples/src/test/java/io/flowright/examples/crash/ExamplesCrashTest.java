package io.flowright.examples.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.crash.StoreKind;
import io.flowright.crash.matrix.CrashMatrix;
import io.flowright.crash.matrix.Expected;
import io.flowright.crash.matrix.MatrixReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every flow of the examples, on every store, with one process and with two, may die at any moment.
 *
 * <p>A third of the moments on SQLite with one process, and a few of the others, unless told: {@code flowright.crash.examples} is {@code all}, the
 * name of an {@link Example}, also with a store and a number of processes ({@code ORDER,POSTGRES,2}), or a case as a failure names it.
 */
class ExamplesCrashTest {

    private static final String ALL = "all";

    private static final Path EXAMPLES = Path.of("io", "flowright", "examples");

    /** One of so many cases on SQLite with one process, and one of so many others. */
    private static final int OF_QUICK = 3;

    private static final int OF_OTHERS = 24;

    @TempDir
    private Path directory;

    @Test
    void any_moment_may_be_the_last() throws Exception {
        CrashMatrix matrix = new CrashMatrix(ExampleSetup.class, directory);
        String chosen = System.getProperty("flowright.crash.examples", "");
        Predicate<String> cases = cases(chosen);
        for (StoreKind kind : StoreKind.values()) {
            if (List.of(chosen.split(",")).contains(kind.name()) || !chosen.contains(",")) {
                matrix.on(kind);
            }
        }
        for (Example example : Example.values()) {
            if (cases.test(example.name())) {
                matrix.flow(example.name(), example.mortal().needs());
            }
        }

        MatrixReport report = matrix.only(cases).run();

        System.out.println(report.table());
        System.out.println(report.summary());
        assertThat(report.wrong()).isEmpty();
        report.ends().forEach((name, end) -> assertEnd(Example.valueOf(name), end));
        assertThat(report.sum().kills()).isPositive();
    }

    @Test
    void every_example_with_a_flow_takes_part() throws IOException {
        Set<Path> mortal = folders(Path.of("src", "test", "java"), "implements " + MortalExample.class.getSimpleName());

        Set<Path> examples = folders(Path.of("src", "main", "java"), "\n@Flow");

        assertThat(examples).contains(Path.of("patterns")).hasSizeGreaterThan(5);
        examples.remove(Path.of("patterns"));
        assertThat(mortal).containsExactlyInAnyOrderElementsOf(examples);
    }

    /** The folders of examples that have a source with these words. */
    private static Set<Path> folders(Path root, String words) throws IOException {
        Path examples = root.resolve(EXAMPLES);
        Set<Path> folders = new TreeSet<>();
        try (Stream<Path> files = Files.walk(examples)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains(words)) {
                    folders.add(examples.relativize(file.getParent()));
                }
            }
        }
        return folders;
    }

    private static Predicate<String> cases(String chosen) {
        if (chosen.equals(ALL)) {
            return name -> true;
        }
        String flow = chosen.split(",", 2)[0];
        if (flow.isEmpty()) {
            return name -> {
                int sample = name.contains("," + StoreKind.SQLITE + ",1,") ? OF_QUICK : OF_OTHERS;
                return !name.contains(",") || new Random(name.hashCode()).nextInt(sample) == 0;
            };
        }
        return name -> name.equals(flow) || (name + ",").startsWith(chosen + ",");
    }

    private static void assertEnd(Example example, Expected end) {
        assertThat(new MortalExample.Ending(end.status(), end.outcome(), end.traces()))
                .as(example.name())
                .isEqualTo(example.mortal().ending());
    }
}
