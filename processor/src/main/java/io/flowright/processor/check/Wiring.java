package io.flowright.processor.check;

import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.FlowModel;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.KeyUse;
import io.flowright.processor.model.ParameterModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Who provides and who requires what in a flow. Tasks are numbered in declared order, and after them the compensations. */
final class Wiring {

    /** A key, and the task that provides it. */
    record Provision(int task, KeyModel key) {}

    /**
     * A requirement of a key.
     *
     * @param task the task, or compensation, that requires it
     * @param key which
     * @param taken how it takes the value; null: it only runs after it, or is guarded by it
     * @param optional whether it runs without it too
     */
    record Use(int task, KeyUse key, @Nullable Taken taken, boolean optional) {}

    /**
     * How a value is taken.
     *
     * @param type the type that it must fit; with {@code each}, that its elements must fit
     * @param nullable whether it may be null
     * @param each whether it is taken one element at a time
     */
    record Taken(TypeMirror type, boolean nullable, boolean each) {}

    private final FlowModel flow;
    private final Map<String, InputModel> inputs = new LinkedHashMap<>();
    private final Map<String, List<Provision>> provisions = new LinkedHashMap<>();
    private final List<TaskModel> methods = new ArrayList<>();
    private final List<Use> allUses = new ArrayList<>();
    private final List<Use> uses;
    private final Map<Integer, List<Use>> usesByMethod = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final boolean branches;
    private final Map<String, TaskModel> eachTasks = new HashMap<>();
    private final Dependencies dependencies;
    private final List<Integer> order;
    private final @Nullable Presence presence;

    Wiring(FlowModel flow) {
        this.flow = flow;
        branches = flow.tasks().stream()
                .anyMatch(task -> task.control().optional()
                        || !task.control().guards().isEmpty()
                        || task.keys().stream().anyMatch(KeyModel::optional));
        flow.inputs().forEach(input -> inputs.put(input.name(), input));
        for (int task = 0; task < flow.tasks().size(); task++) {
            TaskModel model = flow.tasks().get(task);
            if (model.control().forEach() != null) {
                eachTasks.putIfAbsent(model.name(), model);
            }
            for (KeyModel key : model.keys()) {
                provisions
                        .computeIfAbsent(key.name(), name -> new ArrayList<>(1))
                        .add(new Provision(task, key));
            }
            addTaken(task, model);
            addAwaited(task, model);
        }
        methods.addAll(flow.tasks());
        uses = List.copyOf(allUses);
        for (CompensationModel compensation : flow.compensations()) {
            addTaken(methods.size(), compensation.task());
            methods.add(compensation.task());
        }
        for (Use use : allUses) {
            usesByMethod
                    .computeIfAbsent(use.task(), method -> new ArrayList<>(2))
                    .add(use);
            used.add(use.key().name());
        }
        dependencies = new Dependencies(this);
        order = ExecutionOrder.of(this);
        presence = order.size() == flow.tasks().size() ? new Presence(this, order) : null;
    }

    private void addTaken(int task, TaskModel model) {
        for (ParameterModel parameter : model.parameters()) {
            if (parameter instanceof ParameterModel.Key key) {
                allUses.add(new Use(task, key.key(), new Taken(key.type(), key.nullable(), false), key.optional()));
            } else if (parameter instanceof ParameterModel.Keys keys) {
                Taken taken = new Taken(keys.element(), keys.nullableElements(), false);
                keys.keys().forEach(key -> allUses.add(new Use(task, key, taken, keys.optional())));
            } else if (parameter instanceof ParameterModel.Element element) {
                allUses.add(new Use(task, element.key(), new Taken(element.type(), false, true), false));
            }
        }
    }

    private void addAwaited(int task, TaskModel model) {
        model.after().forEach(key -> allUses.add(new Use(task, key, null, false)));
        model.control().guards().forEach(guard -> allUses.add(new Use(task, guard.key(), null, false)));
    }

    FlowModel flow() {
        return flow;
    }

    List<TaskModel> tasks() {
        return flow.tasks();
    }

    /** The tasks, then the compensations. */
    List<TaskModel> methods() {
        return methods;
    }

    /** The task, or compensation, with this number. */
    TaskModel task(int task) {
        return methods.get(task);
    }

    /** The task that asks, as people refer to it; with its group where the site is not in its class, but at a rebinding. */
    String consumer(Use use) {
        TaskModel task = task(use.task());
        return use.key().site().element() instanceof TypeElement ? task.displayNameInGroup() : task.displayName();
    }

    /** Tasks as people refer to them; their groups are only told where they differ. */
    static List<String> displayNames(List<TaskModel> tasks) {
        return tasks.stream()
                .map(ofOneGroup(tasks) ? TaskModel::displayName : TaskModel::displayNameInGroup)
                .toList();
    }

    /** Whether the tasks are all in the same group, or all in none. */
    static boolean ofOneGroup(List<TaskModel> tasks) {
        return tasks.stream().map(task -> task.taskClass().group()).distinct().count() <= 1;
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

    /**
     * The providers of the key; several only in a flow that branches, where they may be alternatives. Empty where it is not clear
     * who provides it.
     */
    List<Provision> providers(String key) {
        List<Provision> providers = provisions.getOrDefault(key, List.of());
        return inputs.containsKey(key) || (providers.size() > 1 && !branches) ? List.of() : providers;
    }

    /** Of {@link #providers} the first, whose type is that of the others; null where there is none. */
    @Nullable
    Provision provider(String key) {
        List<Provision> providers = providers(key);
        return providers.isEmpty() ? null : providers.get(0);
    }

    /** The type of a key or an input; null where nobody provides it, or it is not clear who. */
    @Nullable
    TypeMirror typeOf(String key) {
        InputModel input = inputs.get(key);
        Provision provision = provider(key);
        return input != null
                ? input.type()
                : provision == null ? null : provision.key().type();
    }

    /** The order in which one thread runs the tasks, by number; without those that wait for each other. */
    List<Integer> order() {
        return order;
    }

    /** Under which conditions tasks run and keys are present; null where tasks wait for each other. */
    @Nullable
    Presence presence() {
        return presence;
    }

    /** The task that the compensation undoes one element at a time; null: it is none, or undoes a task that runs once. */
    @Nullable
    TaskModel undoneForEach(int number) {
        int compensation = number - flow.tasks().size();
        return compensation < 0
                ? null
                : eachTasks.get(flow.compensations().get(compensation).of());
    }

    /** Whether a compensation takes what the task that it undoes gave for one element. */
    boolean takesElementResult(Use use) {
        TaskModel undone = undoneForEach(use.task());
        return undone != null
                && undone.result() == TaskModel.Result.VALUE
                && undone.keys().get(0).name().equals(use.key().name());
    }

    /** Whether a compensation takes the elements of what the task that it undoes does not run for. */
    boolean takesForeignElement(Use use) {
        Taken taken = use.taken();
        if (taken == null || !taken.each() || use.task() < flow.tasks().size()) {
            return false;
        }
        TaskModel undone = undoneForEach(use.task());
        return undone == null || !undone.runsForEach(use.key().name());
    }

    /** The type of what the use takes of a key that a task provides. */
    TypeMirror typeOf(Provision provision, Use use) {
        return takesElementResult(use)
                ? task(provision.task()).elementResult()
                : provision.key().type();
    }

    /** Whether any task may be left out, or give nothing. */
    boolean branches() {
        return branches;
    }

    /** The tasks' requirements of keys, by consumer in declared order. */
    List<Use> uses() {
        return uses;
    }

    /** The requirements of the task, or compensation, with this number. */
    List<Use> usesOf(int method) {
        return usesByMethod.getOrDefault(method, List.of());
    }

    /** Which tasks wait for which. */
    Dependencies dependencies() {
        return dependencies;
    }

    /** {@link #uses()}, then those of the compensations. */
    List<Use> allUses() {
        return allUses;
    }

    boolean isUsed(String key) {
        return used.contains(key);
    }
}
