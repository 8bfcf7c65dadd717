package io.flowright.processor.generate;

import com.palantir.javapoet.JavaFile;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;

/** Writes a source file as a person would lay it out; JavaPoet gives each comment three lines and each field a blank one. */
final class TidySource {

    private static final int LINE_LENGTH = 120;
    private static final String OPEN = "/**";
    private static final String CLOSE = " */";

    private TidySource() {}

    static void write(JavaFile file, Filer filer) throws IOException {
        String name = file.packageName().isEmpty()
                ? file.typeSpec().name()
                : file.packageName() + "." + file.typeSpec().name();
        Element[] origins = file.typeSpec().originatingElements().toArray(Element[]::new);
        try (Writer writer = filer.createSourceFile(name, origins).openWriter()) {
            writer.write(tidy(file.toString()));
        }
    }

    static String tidy(String source) {
        List<String> lines = source.lines().toList();
        StringBuilder tidy = new StringBuilder(source.length());
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (isShortComment(lines, i)) {
                tidy.append(line).append(lines.get(i + 1).strip().substring(1)).append(CLOSE);
                i += 2;
            } else if (line.endsWith("{")
                    && i + 1 < lines.size()
                    && lines.get(i + 1).strip().equals("}")) {
                tidy.append(line).append('}');
                i++;
            } else if (isBetweenFields(lines, i)) {
                continue;
            } else {
                tidy.append(line);
            }
            tidy.append('\n');
        }
        return tidy.toString();
    }

    private static boolean isShortComment(List<String> lines, int i) {
        return lines.get(i).endsWith(OPEN)
                && lines.get(i + 2).endsWith(CLOSE)
                && lines.get(i).length() + lines.get(i + 1).strip().length() + CLOSE.length() <= LINE_LENGTH;
    }

    /** Only members have blank lines between them, and only fields without a comment end and begin in one line. */
    private static boolean isBetweenFields(List<String> lines, int i) {
        return lines.get(i).isEmpty()
                && i > 0
                && i + 1 < lines.size()
                && lines.get(i - 1).endsWith(";")
                && lines.get(i + 1).startsWith(" ")
                && lines.get(i + 1).endsWith(";");
    }
}
