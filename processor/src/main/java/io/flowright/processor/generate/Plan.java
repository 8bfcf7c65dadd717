package io.flowright.processor.generate;

import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskClass;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.lang.model.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** What all writers of one flow share: its tasks by number, where its values are, and every name. */
final class Plan {

    private final FlowModel flow;
    private final List<TaskModel> tasks;
    private final List<TaskModel> methods = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final IdentityHashMap<TaskModel, CompensationModel> compensations = new IdentityHashMap<>();
    private final FlowNames names;
    private final MethodLinks links;
    private final Layout layout;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Set<String> conditional;

    /** For each key that may be absent the field that says whether it is there. */
    private final Map<String, String> presences = new LinkedHashMap<>();

    private final Map<TaskClass, String> instances = new HashMap<>();
    private final FrameNames frameNames;

    Plan(CheckedFlow checked, FlowNames names, FrameNames frameNames, MethodLinks links) {
        this.flow = checked.flow();
        this.tasks = checked.order();
        this.conditional = checked.conditionalTasks();
        this.names = names;
        this.links = links;
        this.frameNames = frameNames;
        for (TaskModel task : tasks) {
            numbers.put(task.name(), numbers.size());
        }
        methods.addAll(tasks);
        for (CompensationModel compensation : flow.compensations()) {
            methods.add(compensation.task());
            compensations.put(compensation.task(), compensation);
        }
        this.layout = new Layout(methods.size());
        for (TaskClass taskClass : flow.taskClasses()) {
            if (taskClass.instance()) {
                instances.put(taskClass, frameNames.field(taskClass.parameter()));
            }
        }
        addInputs();
        checked.optionalKeys().forEach(key -> presences.put(key, frameNames.field("has", key)));
        addKeys(lastUses());
    }

    /** For each key and input the number of the last task or compensation that takes its value or is guarded by it. */
    private Map<String, Integer> lastUses() {
        Map<String, Integer> uses = new HashMap<>();
        for (int task = 0; task < methods.size(); task++) {
            for (ParameterModel parameter : methods.get(task).parameters()) {
                if (isOfUndoneElement(methods.get(task), parameter)) {
                    continue;
                }
                for (String taken : Uses.of(parameter)) {
                    uses.put(taken, task);
                }
            }
            for (ControlModel.Guard guard : methods.get(task).control().guards()) {
                uses.put(guard.key().name(), task);
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
                            null,
                            Slot.INPUT,
                            input.nullable(),
                            true,
                            Slot.UNUSED,
                            false));
        }
    }

    /** Alternatives of one key share its place. */
    private void addKeys(Map<String, Integer> lastUses) {
        for (int i = 0; i < tasks.size(); i++) {
            for (KeyModel key : tasks.get(i).keys()) {
                if (key.type().getKind() != TypeKind.VOID) {
                    int task = i;
                    slots.compute(
                            key.name(),
                            (name, known) -> known == null ? slot(key, task, lastUses) : alternative(known, key));
                }
            }
        }
    }

    private Slot slot(KeyModel key, int task, Map<String, Integer> lastUses) {
        int lastUse = lastUses.getOrDefault(key.name(), Slot.UNUSED);
        return new Slot(
                key.name(),
                key.type(),
                frameNames.field(key.name()),
                presences.get(key.name()),
                task,
                key.nullable(),
                key.keep(),
                lastUse,
                lastUse >= tasks.size());
    }

    private static Slot alternative(Slot known, KeyModel key) {
        return new Slot(
                known.name(),
                known.type(),
                known.field(),
                known.presence(),
                known.task(),
                known.mayBeNull() || key.nullable(),
                known.keep() || key.keep(),
                known.lastUse(),
                known.undoes());
    }

    FlowModel flow() {
        return flow;
    }

    /** The tasks; a task's index is its number. */
    List<TaskModel> tasks() {
        return tasks;
    }

    /** The tasks, then the compensations, which are numbered after them. */
    List<TaskModel> methods() {
        return methods;
    }

    /** The compensation that the method is; null: it is a task. */
    @Nullable
    CompensationModel compensation(TaskModel method) {
        return compensations.get(method);
    }

    /** The task that the compensation undoes one element at a time; null: the method is none, or undoes a task that runs once. */
    @Nullable
    TaskModel undoneForEach(TaskModel method) {
        CompensationModel compensation = compensation(method);
        TaskModel undone = compensation == null ? null : tasks.get(number(compensation.of()));
        return undone == null || undone.control().forEach() == null ? null : undone;
    }

    /** Whether a compensation takes an element that it undoes, or what its task gave for that: then the engine has it. */
    boolean isOfUndoneElement(TaskModel method, ParameterModel parameter) {
        TaskModel undone = undoneForEach(method);
        return undone != null
                && (parameter instanceof ParameterModel.Element
                        || parameter instanceof ParameterModel.Key key
                                && undone.keys().stream()
                                        .anyMatch(own ->
                                                own.name().equals(key.key().name())));
    }

    /** The number of the task with this name. */
    int number(String task) {
        return Objects.requireNonNull(numbers.get(task), task);
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

    /** The field that says whether a key is there; null: it always is. */
    @Nullable
    String presence(String key) {
        return presences.get(key);
    }

    /** The fields that say whether keys are there, each with the number of the first task that may provide its key. */
    Map<String, Integer> presenceFields() {
        Map<String, Integer> fields = new LinkedHashMap<>();
        for (int task = 0; task < tasks.size(); task++) {
            for (KeyModel key : tasks.get(task).keys()) {
                String field = presences.get(key.name());
                if (field != null) {
                    fields.putIfAbsent(field, task);
                }
            }
        }
        return fields;
    }

    /** Whether the task may be skipped. */
    boolean isConditional(TaskModel task) {
        return conditional.contains(task.name());
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
        return tasks.stream().noneMatch(task -> task.managed() || task.control().forEach() != null);
    }
}
