package io.flowright.processor.check;

import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** Names that cannot be generated or stored. */
final class Names implements Rule {

    /** Words of identifier characters, the first of which starts with a letter, between single dots and dashes. */
    private static final Pattern DURABLE = Pattern.compile("\\p{L}[\\p{L}\\p{Nd}_]*([.-][\\p{L}\\p{Nd}_]+)*");

    private static final Set<String> OBJECT_METHODS =
            Set.of("getClass", "hashCode", "equals", "toString", "notify", "notifyAll", "wait", "clone", "finalize");

    @Override
    public void check(Wiring wiring, Problems problems) {
        if (!DURABLE.matcher(wiring.flow().name()).matches()) {
            problems.add(
                    Message.BAD_FLOW_NAME, wiring.flow().site(), wiring.flow().name());
        }
        for (InputModel input : wiring.flow().inputs()) {
            checkKey(input.name(), input.sites().get(0), problems);
        }
        for (TaskModel task : wiring.tasks()) {
            if (!SourceVersion.isIdentifier(task.name())
                    && !DURABLE.matcher(task.name()).matches()) {
                problems.add(Message.BAD_TASK_NAME, task.site(), task.name());
            }
            for (KeyModel key : task.keys()) {
                checkKey(key.name(), key.site(), problems);
            }
        }
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
        return OBJECT_METHODS.contains(key) ? Optional.of(Message.KEY_IS_OBJECT_METHOD) : Optional.empty();
    }
}
