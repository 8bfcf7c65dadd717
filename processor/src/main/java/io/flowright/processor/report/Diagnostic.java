package io.flowright.processor.report;

import io.flowright.processor.model.Site;
import java.util.Arrays;
import java.util.List;

/**
 * A mistake of the user, found but not yet printed.
 *
 * @param message what kind of mistake
 * @param site where it stands
 * @param arguments what the message names, as text
 */
public record Diagnostic(Message message, Site site, List<String> arguments) {

    public static Diagnostic of(Message message, Site site, Object... arguments) {
        return new Diagnostic(
                message, site, Arrays.stream(arguments).map(String::valueOf).toList());
    }

    /** The text as it is printed. */
    public String text() {
        Object[] values = arguments.toArray();
        String text = "[flowright:" + message.id() + "] " + message.text().formatted(values);
        return message.remedy().isEmpty()
                ? text
                : text + "\n" + message.remedy().formatted(values);
    }
}
