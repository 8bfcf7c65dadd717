package io.flowright.processor.generate;

import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.model.TaskModel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** What all writers of one flow share: its tasks by number, where its values are, and every name. */
final class Plan {

    private final FlowModel flow;
    private final List<TaskModel> tasks;
    private final FlowNames names;
    private final MethodLinks links;
    private final Layout layout;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<TaskClass, String> instances = new HashMap<>();
    private final FrameNames frameNames;

    Plan(CheckedFlow checked, FlowNames names, FrameNames frameNames, MethodLinks links) {
        this.flow = checked.flow();
        this.tasks = checked.order();
        this.names = names;
        this.links = links;
        this.frameNames = frameNames;
        this.layout = new Layout(tasks.size());
        for (TaskClass taskClass : flow.taskClasses()) {
            if (taskClass.instance()) {
                instances.put(taskClass, frameNames.field(taskClass.parameter()));
            }
        }
        addInputs();
        addKeys(lastUses());
    }

    /** For each key and input the number of the last task that takes its value. */
    private Map<String, Integer> lastUses() {
        Map<String, Integer> uses = new HashMap<>();
        for (int task = 0; task < tasks.size(); task++) {
            for (ParameterModel parameter : tasks.get(task).parameters()) {
                for (String taken : Uses.of(parameter)) {
                    uses.put(taken, task);
                }
            }
        }
        return uses;
    }

    private void addInputs() {
        for (InputModel input : flow.inputs()) {
            slots.put(
                    input.name(),
                    new Slot(
                            input.name(),
                            input.type(),
                            frameNames.field(input.name()),
                            Slot.INPUT,
                            input.nullable(),
                            true,
                            Slot.UNUSED));
        }
    }

    private void addKeys(Map<String, Integer> lastUses) {
        for (int i = 0; i < tasks.size(); i++) {
            TaskModel task = tasks.get(i);
            for (KeyModel key : task.keys()) {
                if (key.type().getKind() == TypeKind.VOID) {
                    continue;
                }
                slots.put(
                        key.name(),
                        new Slot(
                                key.name(),
                                key.type(),
                                frameNames.field(key.name()),
                                i,
                                key.nullable(),
                                key.keep(),
                                lastUses.getOrDefault(key.name(), Slot.UNUSED)));
            }
        }
    }

    FlowModel flow() {
        return flow;
    }

    /** The tasks; a task's index is its number. */
    List<TaskModel> tasks() {
        return tasks;
    }

    FlowNames names() {
        return names;
    }

    MethodLinks links() {
        return links;
    }

    Layout layout() {
        return layout;
    }

    FrameNames frameNames() {
        return frameNames;
    }

    /** The place of a value: of an input, or of a key that has one. */
    Slot slot(String name) {
        return Objects.requireNonNull(slots.get(name), name);
    }

    /** The place of a key's value; null for a key that only orders tasks. */
    @Nullable
    Slot slotIfAny(String name) {
        return slots.get(name);
    }

    Iterable<Slot> slots() {
        return slots.values();
    }

    /** The field, of the flow and of the frame, that holds the instance whose methods are tasks. */
    String instance(TaskClass taskClass) {
        return Objects.requireNonNull(instances.get(taskClass));
    }

    /** Whether there is an {@code Inputs} builder. */
    boolean hasBuilder() {
        return flow.inputRecord() == null
                && (!flow.positional() || flow.inputs().size() > 1);
    }

    /** Whether every task is direct, so that the frame can run them in a straight line. */
    boolean direct() {
        return tasks.stream().noneMatch(TaskModel::managed);
    }
}
