package io.flowright.processor.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source file.
 *
 * @param path below the root of the sources
 */
public record Source(String path, String text) {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public |final |abstract )*(?:class|record|interface|enum|@interface) (\\w+)");

    /** A file named after its package and its first type. */
    public static Source of(String text) {
        Matcher packageName = PACKAGE.matcher(text);
        String folder = packageName.find() ? packageName.group(1).replace('.', '/') + "/" : "";
        Matcher type = TYPE.matcher(text);
        if (!type.find()) {
            throw new IllegalArgumentException("No type in:\n" + text);
        }
        return new Source(folder + type.group(1) + ".java", text);
    }

    Path write(Path root) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** The number of the line that holds a mark, from 1. */
    public int lineOf(String mark) {
        return (int) text.substring(0, text.indexOf(mark)).lines().count()
                + (text.charAt(Math.max(0, text.indexOf(mark) - 1)) == '\n' ? 1 : 0);
    }
}
