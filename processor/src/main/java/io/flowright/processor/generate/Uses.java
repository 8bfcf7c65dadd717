package io.flowright.processor.generate;

import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskModel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What tasks ask for by name. */
final class Uses {

    private Uses() {}

    /** The keys and inputs whose values the parameter takes. */
    static List<String> of(ParameterModel parameter) {
        if (parameter instanceof ParameterModel.Key key) {
            return List.of(key.key().name());
        }
        if (parameter instanceof ParameterModel.Keys keys) {
            return keys.keys().stream().map(KeyUse::name).toList();
        }
        if (parameter instanceof ParameterModel.Element element) {
            return List.of(element.key().name());
        }
        return parameter instanceof ParameterModel.Input input ? List.of(input.name()) : List.of();
    }

    /** The keys and inputs that the task takes, waits for or is guarded by, each once. */
    static Set<String> of(TaskModel task) {
        return collect(task, true);
    }

    /** Those of {@link #of(TaskModel)} without which the task does not run. */
    static Set<String> needed(TaskModel task) {
        return collect(task, false);
    }

    private static Set<String> collect(TaskModel task, boolean optional) {
        Set<String> names = new LinkedHashSet<>();
        for (ParameterModel parameter : task.parameters()) {
            if (optional || !isOptional(parameter)) {
                names.addAll(of(parameter));
            }
        }
        for (KeyUse key : task.after()) {
            names.add(key.name());
        }
        for (ControlModel.Guard guard : task.control().guards()) {
            names.add(guard.key().name());
        }
        return names;
    }

    private static boolean isOptional(ParameterModel parameter) {
        return parameter instanceof ParameterModel.Key key
                ? key.optional()
                : parameter instanceof ParameterModel.Keys keys && keys.optional();
    }
}
