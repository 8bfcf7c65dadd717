package io.flowright.processor.check;

import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.GuardTypes;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.Message;
import io.flowright.processor.report.NearName;
import io.flowright.processor.report.Problems;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Guards on keys that cannot guard, with values that these do not have, or under which a task never runs. */
final class Guards implements Rule {

    @Override
    public void check(Wiring wiring, Problems problems) {
        boolean clean = true;
        for (TaskModel task : wiring.tasks()) {
            for (ControlModel.Guard guard : task.control().guards()) {
                clean &= check(guard, task, wiring, problems);
            }
        }
        Presence presence = wiring.presence();
        if (clean && presence != null) {
            // A class that is used in several groups: one mistake of one method.
            Map<List<Element>, List<TaskModel>> never = new LinkedHashMap<>();
            for (int task = 0; task < wiring.tasks().size(); task++) {
                if (presence.runs(task) == Decisions.NEVER && !isConsequence(task, wiring, presence)) {
                    TaskModel model = wiring.task(task);
                    never.computeIfAbsent(
                                    List.of(model.taskClass().type(), model.method()), method -> new ArrayList<>())
                            .add(model);
                }
            }
            never.values().forEach(uses -> reportNever(uses, problems));
        }
    }

    /** Whether something that the task needs is never there, which is reported where that comes from. */
    private static boolean isConsequence(int task, Wiring wiring, Presence presence) {
        return wiring.usesOf(task).stream()
                .anyMatch(use -> !use.optional() && presence.present(use.key().name()) == Decisions.NEVER);
    }

    /** @param uses of one method, in all groups in which it never runs */
    private static void reportNever(List<TaskModel> uses, Problems problems) {
        TaskModel task = uses.get(0);
        List<ControlModel.Guard> guards = task.control().guards();
        List<String> groups = uses.stream().map(use -> use.taskClass().group()).toList();
        problems.add(
                Message.NEVER_RUNS,
                guards.isEmpty() ? task.site() : guards.get(guards.size() - 1).site(),
                task.displayName(),
                groups.contains("") ? "" : " (" + String.join(", ", groups) + ")");
    }

    private static boolean check(ControlModel.Guard guard, TaskModel task, Wiring wiring, Problems problems) {
        TypeMirror type = wiring.typeOf(guard.key().name());
        if (type == null || type.getKind() == TypeKind.NONE) {
            // Nobody provides it, or it is not clear who: reported as such.
            return false;
        }
        List<String> values = GuardTypes.valuesOf(type);
        if (values.isEmpty()) {
            problems.add(
                    Message.GUARD_TYPE,
                    guard.key().site(),
                    task.displayName(),
                    guard.key().shown(),
                    TypeNames.of(type));
            return false;
        }
        if (mayBeNull(guard.key().name(), wiring)) {
            problems.add(
                    Message.GUARD_NULLABLE,
                    guard.key().site(),
                    task.displayName(),
                    guard.key().shown());
            return false;
        }
        return GuardTypes.isBoolean(type)
                ? checkBoolean(guard, task, problems)
                : checkConstants(guard, type, values, task, problems);
    }

    private static boolean mayBeNull(String key, Wiring wiring) {
        InputModel input = wiring.inputs().get(key);
        return input != null
                ? input.nullable()
                : wiring.providers(key).stream()
                        .anyMatch(provision -> provision.key().nullable()
                                && wiring.task(provision.task()).nullnessKnown());
    }

    private static boolean checkBoolean(ControlModel.Guard guard, TaskModel task, Problems problems) {
        if (guard.constants().isEmpty()) {
            return true;
        }
        problems.add(
                Message.GUARD_WITH_VALUES,
                guard.constants().get(0).site(),
                task.displayName(),
                guard.key().shown());
        return false;
    }

    private static boolean checkConstants(
            ControlModel.Guard guard, TypeMirror type, List<String> values, TaskModel task, Problems problems) {
        if (guard.constants().isEmpty()) {
            problems.add(
                    Message.GUARD_WITHOUT_VALUES,
                    guard.site(),
                    task.displayName(),
                    guard.key().shown(),
                    TypeNames.of(type));
            return false;
        }
        boolean clean = true;
        Set<String> seen = new HashSet<>();
        for (ControlModel.Constant constant : guard.constants()) {
            if (constant.name().isBlank()) {
                problems.add(
                        Message.GUARD_CONSTANT_EMPTY,
                        constant.site(),
                        task.displayName(),
                        TypeNames.of(type),
                        String.join(", ", values));
                clean = false;
            } else if (!values.contains(constant.name())) {
                problems.add(
                        Message.GUARD_CONSTANT,
                        constant.site(),
                        TypeNames.of(type),
                        constant.name(),
                        NearName.question(constant.name(), values));
                clean = false;
            } else if (!seen.add(constant.name())) {
                problems.add(Message.GUARD_CONSTANT_TWICE, constant.site(), task.displayName(), constant.name());
                clean = false;
            }
        }
        return clean;
    }
}
