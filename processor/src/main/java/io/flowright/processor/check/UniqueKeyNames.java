package io.flowright.processor.check;

import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.Site;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A name twice in one annotation, or both as a key and as an input. */
final class UniqueKeyNames implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        for (TaskModel task : wiring.tasks()) {
            Set<String> provided = new HashSet<>();
            for (KeyModel key : task.keys()) {
                checkRepeated(key.name(), key.shown(), key.site(), provided, task, problems);
                checkInput(key, task, wiring, problems);
            }
            checkRepeated(task.after(), task, problems);
            for (ParameterModel parameter : task.parameters()) {
                if (parameter instanceof ParameterModel.Keys keys) {
                    checkRepeated(keys.keys(), task, problems);
                }
            }
        }
    }

    private static void checkRepeated(List<KeyUse> uses, TaskModel task, Problems problems) {
        Set<String> names = new HashSet<>();
        uses.forEach(use -> checkRepeated(use.name(), use.shown(), use.site(), names, task, problems));
    }

    private static void checkRepeated(
            String name, String shown, Site site, Set<String> names, TaskModel task, Problems problems) {
        if (!names.add(name)) {
            problems.add(Message.DUPLICATE_KEY, site, task.displayName(), shown);
        }
    }

    private static void checkInput(KeyModel key, TaskModel task, Wiring wiring, Problems problems) {
        InputModel input = wiring.inputs().get(key.name());
        if (input != null) {
            String declaration = wiring.declarationOf(input);
            problems.add(Message.KEY_IS_INPUT, key.site(), task.displayName(), key.shown(), declaration);
        }
    }
}
