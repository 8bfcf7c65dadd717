package io.flowright.processor.check;

import io.flowright.processor.model.AccessorName;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** Names that cannot be generated or stored. */
final class Names implements Rule {

    /** Words of identifier characters, the first of which starts with a letter, between single dots and dashes. */
    private static final Pattern DURABLE = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}_]*([.-][\\p{L}\\p{Nd}_]+)*");

    @Override
    public void check(Wiring wiring, Problems problems) {
        if (!DURABLE.matcher(wiring.flow().name()).matches()) {
            problems.add(
                    Message.BAD_FLOW_NAME, wiring.flow().site(), wiring.flow().name());
        }
        for (InputModel input : wiring.flow().inputs()) {
            // One that is a key too, is reported as such.
            if (!wiring.provisions().containsKey(input.name())) {
                checkKey(input.name(), input.sites().get(0), problems);
            }
        }
        for (TaskModel task : wiring.tasks()) {
            if (!SourceVersion.isIdentifier(task.shownName())
                    && !DURABLE.matcher(task.shownName()).matches()) {
                problems.add(Message.BAD_TASK_NAME, task.site(), task.shownName());
            }
            for (KeyModel key : task.keys()) {
                if (key.inside().indexOf(',') >= 0) {
                    problems.add(Message.SEVERAL_NAMES_IN_ONE, key.site(), key.inside(), separate(key.inside()));
                } else {
                    checkKey(key.inside(), key.site(), problems);
                }
            }
        }
    }

    /** {@code "a", "b"} for {@code a, b}. */
    static String separate(String names) {
        return Arrays.stream(names.split(","))
                .map(name -> '"' + name.strip() + '"')
                .collect(Collectors.joining(", "));
    }

    private static void checkKey(String name, Site site, Problems problems) {
        mistake(name).ifPresent(message -> problems.add(message, site, name));
    }

    private static Optional<Message> mistake(String key) {
        if (!SourceVersion.isIdentifier(key)) {
            return Optional.of(Message.KEY_NOT_IDENTIFIER);
        }
        if (SourceVersion.isKeyword(key)) {
            return Optional.of(Message.KEY_IS_KEYWORD);
        }
        return AccessorName.isMethodOfObject(key) ? Optional.of(Message.KEY_IS_OBJECT_METHOD) : Optional.empty();
    }
}
