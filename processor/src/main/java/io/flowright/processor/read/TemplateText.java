package io.flowright.processor.read;

import io.flowright.processor.report.Message;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * A key template, split into text and placeholders: {@code "{order.id}-{currency}"}.
 *
 * @param pieces in the order of the template
 * @param mistake what is wrong with it; null: nothing
 */
record TemplateText(List<Piece> pieces, @Nullable Message mistake) {

    /** A piece of a template. */
    sealed interface Piece {

        /** Text that stands for itself. */
        record Literal(String text) implements Piece {}

        /** A path: what the task receives, then properties. */
        record Path(List<String> names) implements Piece {}
    }

    static TemplateText parse(String template) {
        List<Piece> pieces = new ArrayList<>();
        int position = 0;
        while (position < template.length()) {
            int open = template.indexOf('{', position);
            int text = open < 0 ? template.length() : open;
            if (template.substring(position, text).indexOf('}') >= 0) {
                return wrong(Message.TEMPLATE_CLOSED_TWICE);
            }
            if (text > position) {
                pieces.add(new Piece.Literal(template.substring(position, text)));
            }
            if (open < 0) {
                break;
            }
            int close = template.indexOf('}', open);
            if (close < 0) {
                return wrong(Message.TEMPLATE_NOT_CLOSED);
            }
            List<String> names = List.of(template.substring(open + 1, close).split("\\.", -1));
            for (String name : names) {
                if (!SourceVersion.isIdentifier(name)) {
                    return wrong(Message.TEMPLATE_WITHOUT_NAMES);
                }
            }
            pieces.add(new Piece.Path(names));
            position = close + 1;
        }
        if (pieces.stream().noneMatch(Piece.Path.class::isInstance)) {
            return wrong(Message.TEMPLATE_CONSTANT);
        }
        return new TemplateText(List.copyOf(pieces), null);
    }

    private static TemplateText wrong(Message mistake) {
        return new TemplateText(List.of(), mistake);
    }
}
