package io.flowright.processor.check;

import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Who provides and who requires what in a flow. Tasks are numbered in declared order. */
final class Wiring {

    /** A key, and the task that provides it. */
    record Provision(int task, KeyModel key) {}

    /**
     * A task's requirement of a key.
     *
     * @param task the task that requires it
     * @param key which
     * @param taken how it takes the value; null: it only runs after it
     */
    record Use(int task, KeyUse key, @Nullable Taken taken) {}

    /** The type that a value must fit, and whether it may be null. */
    record Taken(TypeMirror type, boolean nullable) {}

    private final FlowModel flow;
    private final Map<String, InputModel> inputs = new LinkedHashMap<>();
    private final Map<String, List<Provision>> provisions = new LinkedHashMap<>();
    private final List<Use> uses = new ArrayList<>();
    private final Set<String> used = new HashSet<>();

    Wiring(FlowModel flow) {
        this.flow = flow;
        flow.inputs().forEach(input -> inputs.put(input.name(), input));
        for (int task = 0; task < flow.tasks().size(); task++) {
            TaskModel model = flow.tasks().get(task);
            for (KeyModel key : model.keys()) {
                provisions
                        .computeIfAbsent(key.name(), name -> new ArrayList<>(1))
                        .add(new Provision(task, key));
            }
            addUses(task, model);
        }
        uses.forEach(use -> used.add(use.key().name()));
    }

    private void addUses(int task, TaskModel model) {
        for (ParameterModel parameter : model.parameters()) {
            if (parameter instanceof ParameterModel.Key key) {
                uses.add(new Use(task, key.key(), new Taken(key.type(), key.nullable())));
            } else if (parameter instanceof ParameterModel.Keys keys) {
                Taken taken = new Taken(keys.element(), keys.nullableElements());
                keys.keys().forEach(key -> uses.add(new Use(task, key, taken)));
            }
        }
        model.after().forEach(key -> uses.add(new Use(task, key, null)));
    }

    FlowModel flow() {
        return flow;
    }

    List<TaskModel> tasks() {
        return flow.tasks();
    }

    TaskModel task(int task) {
        return flow.tasks().get(task);
    }

    /** The inputs by name, in order. */
    Map<String, InputModel> inputs() {
        return inputs;
    }

    /** Where an input is declared, as people refer to it: a method, or the input record. */
    String declarationOf(InputModel input) {
        return flow.inputRecord() == null
                        && input.sites().get(0).element().getEnclosingElement() instanceof ExecutableElement method
                ? TypeNames.ofMethod(method)
                : inputOwner();
    }

    /** The input record, else the flow class. */
    String inputOwner() {
        TypeElement record = flow.inputRecord();
        return (record == null ? flow.type() : record).getSimpleName().toString();
    }

    /** The keys that tasks provide, in declared order, each with all its providers. */
    Map<String, List<Provision>> provisions() {
        return provisions;
    }

    /** The provider of the key; null where there is none, or where it is not clear which. */
    @Nullable
    Provision provider(String key) {
        List<Provision> providers = provisions.getOrDefault(key, List.of());
        return providers.size() == 1 && !inputs.containsKey(key) ? providers.get(0) : null;
    }

    /** All requirements of keys, by consumer in declared order. */
    List<Use> uses() {
        return uses;
    }

    boolean isUsed(String key) {
        return used.contains(key);
    }
}
