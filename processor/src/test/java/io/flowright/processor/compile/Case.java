package io.flowright.processor.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sources, and what the processor is expected to print about them. In a file, each part starts with a line {@code == path}; the
 * last part is {@code == expected}.
 */
public final class Case {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final String EXPECTED = "expected";

    private final Path file;
    private final List<Source> sources = new ArrayList<>();
    private String expected = "";

    private Case(Path file) throws IOException {
        this.file = file;
        for (String part : ("\n" + Files.readString(file)).split("\n== ")) {
            int end = part.indexOf('\n');
            if (end > 0) {
                add(part.substring(0, end), part.substring(end + 1) + "\n");
            }
        }
    }

    private void add(String path, String text) {
        if (path.equals(EXPECTED)) {
            expected = text.stripTrailing();
        } else {
            sources.add(new Source(path, text));
        }
    }

    /** The cases of a folder, by name. */
    public static Stream<Case> all(String folder) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
            for (Path file : files.sorted().toList()) {
                cases.add(new Case(file));
            }
        }
        return cases.stream();
    }

    public List<Source> sources() {
        return sources;
    }

    /** Compares what was printed; with {@code -Dflowright.update=true} expects it from now on. */
    public void check(Compilation compilation) throws IOException {
        String printed = compilation.ours().stream()
                .map(found -> "%s %s:%d %s"
                        .formatted(
                                found.kind().name().toLowerCase(Locale.ROOT), found.file(), found.line(), found.text()))
                .collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("flowright.update") && !printed.equals(expected)) {
            String text = Files.readString(file);
            Files.writeString(
                    file, text.substring(0, text.indexOf("== " + EXPECTED)) + "== expected\n" + printed + "\n");
            expected = printed;
        }
        assertThat(printed).isEqualTo(expected);
    }

    @Override
    public String toString() {
        return file.getFileName().toString().replace(".txt", "");
    }
}
