package io.flowright.processor.generate;

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
        return parameter instanceof ParameterModel.Input input ? List.of(input.name()) : List.of();
    }

    /** The keys and inputs that the task takes or waits for, each once. */
    static Set<String> of(TaskModel task) {
        Set<String> names = new LinkedHashSet<>();
        for (ParameterModel parameter : task.parameters()) {
            names.addAll(of(parameter));
        }
        for (KeyUse key : task.after()) {
            names.add(key.name());
        }
        return names;
    }
}
