package io.flowright.processor.check;

import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.GuardTypes;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.lang.model.type.TypeMirror;

/**
 * Under which values of the guarding keys each task runs and each key is present.
 *
 * <p>What is only known at run time is a variable: the value of each key that guards, whether a task that returns an
 * {@code Optional} returns a value, and whether an optional task succeeds. That a guarding key may be absent itself needs no value
 * of its own: it is present under the condition under which its tasks run, which every guard on it includes.
 */
final class Presence {

    private final Wiring wiring;
    private final Decisions decisions = new Decisions();

    /** For each task the condition under which it runs. */
    private final int[] runs;

    /** For each key the condition under which it is present. */
    private final Map<String, Integer> present = new HashMap<>();

    /** What each variable means, by its number. */
    private final List<Meaning> meanings = new ArrayList<>();

    private final Map<String, Integer> guardVariables = new HashMap<>();

    /** A variable: its name, and the names of its values. */
    private record Meaning(String name, List<String> values) {}

    /**
     * Finds the conditions.
     *
     * @param order the numbers of all tasks, each after all that it needs
     */
    Presence(Wiring wiring, List<Integer> order) {
        this.wiring = wiring;
        runs = new int[wiring.tasks().size()];
        wiring.inputs().keySet().forEach(input -> present.put(input, Decisions.ALWAYS));
        for (int task : order) {
            runs[task] = conditionOf(task);
            addKeys(task);
        }
    }

    private int conditionOf(int task) {
        int condition = Decisions.ALWAYS;
        for (Wiring.Use use : wiring.usesOf(task)) {
            if (!use.optional()) {
                condition = decisions.and(present(use.key().name()), condition);
            }
        }
        for (ControlModel.Guard guard : wiring.task(task).control().guards()) {
            condition = decisions.and(satisfied(guard), condition);
        }
        return condition;
    }

    /** That the value of the guard's key is one with which the task runs. A guard with a mistake always holds. */
    private int satisfied(ControlModel.Guard guard) {
        List<String> values = valuesOf(guard.key().name());
        if (values.isEmpty()) {
            return Decisions.ALWAYS;
        }
        List<String> named = guard.constants().isEmpty()
                ? List.of(String.valueOf(true))
                : guard.constants().stream().map(ControlModel.Constant::name).toList();
        boolean[] satisfying = new boolean[values.size()];
        for (int value = 0; value < satisfying.length; value++) {
            satisfying[value] = named.contains(values.get(value)) != guard.negated();
        }
        return decisions.has(variable(guard.key().name(), values), satisfying);
    }

    private List<String> valuesOf(String key) {
        TypeMirror type = wiring.typeOf(key);
        return type == null ? List.of() : GuardTypes.valuesOf(type);
    }

    private int variable(String key, List<String> values) {
        return guardVariables.computeIfAbsent(key, unused -> newVariable(key, values));
    }

    private int newVariable(String name, List<String> values) {
        meanings.add(new Meaning(name, values));
        return decisions.variable(values.size());
    }

    private void addKeys(int task) {
        TaskModel model = wiring.task(task);
        int given = runs[task];
        if (model.control().optional()) {
            int fails = newVariable(model.displayName(), List.of("succeeds", "fails"));
            given = decisions.and(decisions.is(fails, 0), given);
        }
        for (KeyModel key : model.keys()) {
            int there = given;
            if (key.optional()) {
                int empty = newVariable(model.displayName(), List.of("a value", "empty"));
                there = decisions.and(decisions.is(empty, 0), given);
            }
            present.merge(key.name(), there, decisions::or);
        }
    }

    /** The condition under which the task runs. */
    int runs(int task) {
        return runs[task];
    }

    /** The condition under which the key, or input, is present. What nobody provides is taken to be there, as is reported. */
    int present(String key) {
        return present.getOrDefault(key, Decisions.ALWAYS);
    }

    boolean isAlwaysPresent(String key) {
        return present(key) == Decisions.ALWAYS;
    }

    /** Whether the key is present whenever the task runs. */
    boolean isPresentFor(int task, String key) {
        return decisions.implies(runs[task], present(key));
    }

    /** Both conditions, as one. */
    int both(int one, int other) {
        return decisions.and(one, other);
    }

    /** Either condition. */
    int either(int one, int other) {
        return decisions.or(one, other);
    }

    /** That a key that guards has this value, by its place among its values; never where it guards nothing. */
    int hasValue(String key, int value) {
        Integer variable = guardVariables.get(key);
        return variable == null ? Decisions.NEVER : decisions.is(variable, value);
    }

    /** Values under which the condition holds, for people: {@code verdict = RESTART, dryRun = false}. */
    String example(int condition) {
        Map<String, String> values = new LinkedHashMap<>();
        new TreeMap<>(decisions.example(condition))
                .forEach((variable, value) -> values.put(
                        meanings.get(variable).name(),
                        meanings.get(variable).values().get(value)));
        List<String> texts = new ArrayList<>();
        values.forEach((name, value) -> texts.add(name + " = " + value));
        return String.join(", ", texts);
    }
}
