package io.flowright.processor.compile;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a compiler.
 *
 * @param success whether it found no error
 * @param classes the folder of class files
 * @param generated the folder of generated sources
 * @param found everything it printed
 */
public record Compilation(boolean success, Path classes, Path generated, List<Found> found) {

    private static final Pattern ID = Pattern.compile("\\[flowright:([a-z-]+)]");

    /** What the processor printed. */
    public List<Found> ours() {
        return found.stream().filter(each -> !each.id().isEmpty()).toList();
    }

    /** What the compiler itself printed about the sources, bar notes. */
    public List<Found> others() {
        return found.stream()
                .filter(each -> each.id().isEmpty())
                .filter(each -> each.kind() != Diagnostic.Kind.NOTE)
                .toList();
    }

    /** The ids that the processor printed, in order. */
    public List<String> ids() {
        return ours().stream().map(Found::id).toList();
    }

    /**
     * A diagnostic.
     *
     * @param id ours; empty: it is the compiler's own
     * @param file the simple name; empty: none
     * @param line from 1; below 1: none
     */
    public record Found(Diagnostic.Kind kind, String id, String file, long line, long column, String text) {

        static Found of(Diagnostic<? extends JavaFileObject> diagnostic) {
            String text = diagnostic.getMessage(Locale.ROOT);
            Matcher id = ID.matcher(text);
            boolean ours = id.find();
            return new Found(
                    diagnostic.getKind(),
                    ours ? id.group(1) : "",
                    name(diagnostic.getSource()),
                    diagnostic.getLineNumber(),
                    diagnostic.getColumnNumber(),
                    ours ? text.substring(id.start()).replaceAll("\n +", "\n") : text);
        }

        private static String name(@Nullable JavaFileObject file) {
            return file == null ? "" : Path.of(file.toUri()).getFileName().toString();
        }
    }
}
