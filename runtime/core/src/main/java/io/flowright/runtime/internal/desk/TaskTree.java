package io.flowright.runtime.internal.desk;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.operations.FlowOutline;
import io.flowright.runtime.operations.TaskNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the tasks of a run stand, from its records and what its engine last said of it. Of a task without a record it follows from the rest:
 * one that others came after has ended, and so has every task of a run that succeeded; a pure one by succeeding, which is not recorded,
 * whatever may have gone wrong before; any other by being skipped.
 */
final class TaskTree {

    private final RunStatus run;
    private final Map<String, RecordedTask> recorded;
    private final Map<String, TaskSnapshot> activity;

    /** Tasks after which a task came that is on record, or was known to run. */
    private final Set<String> passed = new HashSet<>();

    private final List<TaskNode> tasks = new ArrayList<>();

    TaskTree(RunStatus run, FlowOutline outline, Map<String, RecordedTask> recorded, List<TaskSnapshot> activity) {
        this.run = run;
        this.recorded = recorded;
        this.activity = new HashMap<>();
        activity.forEach(task -> this.activity.put(task.name(), task));
        for (int i = outline.tasks().size() - 1; i >= 0; i--) {
            FlowOutline.Task task = outline.tasks().get(i);
            if (passed.contains(task.name())
                    || recorded.containsKey(task.name())
                    || this.activity.containsKey(task.name())) {
                passed.addAll(task.after());
            }
        }
        outline.tasks().forEach(task -> tasks.add(node(task)));
    }

    /** Each task, in order; elements within. */
    List<TaskNode> tasks() {
        return tasks;
    }

    /** The same with the tasks of each group in one node, in the place of its first task. */
    List<TaskNode> grouped(FlowOutline outline) {
        Map<String, String> groups = new HashMap<>();
        outline.tasks().forEach(task -> groups.put(task.name(), task.group()));
        return grouped(tasks, groups, "");
    }

    private static List<TaskNode> grouped(List<TaskNode> nodes, Map<String, String> groups, String within) {
        Map<String, List<TaskNode>> parts = new LinkedHashMap<>();
        for (TaskNode node : nodes) {
            String group = childOf(within, groups.getOrDefault(node.name(), ""));
            parts.computeIfAbsent(group == null ? "task " + node.name() : "group " + group, name -> new ArrayList<>())
                    .add(node);
        }
        List<TaskNode> result = new ArrayList<>();
        parts.forEach((name, part) -> {
            if (name.startsWith("task ")) {
                result.addAll(part);
            } else {
                String group = name.substring("group ".length());
                List<TaskNode> inner = grouped(part, groups, group);
                result.add(new TaskNode(group, TaskNode.Kind.GROUP, sum(inner), List.of(), null, inner));
            }
        });
        return result;
    }

    /** The group below {@code within} on the path to {@code group}; null: there is none. */
    private static @Nullable String childOf(String within, String group) {
        if (group.equals(within)) {
            return null;
        }
        int start = within.isEmpty() ? 0 : within.length() + 1;
        int end = group.indexOf('.', start);
        return end < 0 ? group : group.substring(0, end);
    }

    private TaskNode node(FlowOutline.Task task) {
        RecordedTask known = recorded.get(task.name());
        TaskSnapshot said = activity.get(task.name());
        List<TaskNode> elements = known == null ? List.of() : elements(task, known);
        TaskStatus status = known == null ? null : known.status();
        if (status == null && !elements.isEmpty()) {
            status = ofElements(task, elements);
        }
        return new TaskNode(task.name(), TaskNode.Kind.TASK, status(task, status, said), task.after(), said, elements);
    }

    private List<TaskNode> elements(FlowOutline.Task task, RecordedTask known) {
        List<TaskNode> elements = new ArrayList<>();
        known.elements().forEach((index, element) -> {
            TaskStatus status = element.status();
            elements.add(new TaskNode(
                    "[" + index + "]",
                    TaskNode.Kind.ELEMENT,
                    settled(task, status == null ? TaskStatus.PENDING : status),
                    List.of(),
                    null,
                    List.of()));
        });
        return elements;
    }

    /** A task that runs for each element has no record as a whole. */
    private @Nullable TaskStatus ofElements(FlowOutline.Task task, List<TaskNode> elements) {
        TaskStatus sum = sum(elements);
        boolean undone = elements.stream().anyMatch(element -> isOfUndoing(element.status()));
        if (undone) {
            return sum;
        }
        return isOver(task) ? TaskStatus.SUCCEEDED : sum == TaskStatus.SUCCEEDED ? null : sum;
    }

    private static boolean isOfUndoing(TaskStatus status) {
        return status == TaskStatus.COMPENSATING
                || status == TaskStatus.COMPENSATED
                || status == TaskStatus.COMPENSATION_FAILED;
    }

    private boolean isOver(FlowOutline.Task task) {
        return run == RunStatus.SUCCEEDED || passed.contains(task.name());
    }

    private TaskStatus status(FlowOutline.Task task, @Nullable TaskStatus status, @Nullable TaskSnapshot said) {
        if (run.isActive() && said != null && (status == null || status.isActive())) {
            return said.status();
        }
        if (status != null) {
            return settled(task, status);
        }
        if (isOver(task)) {
            boolean some = recorded.containsKey(task.name());
            return task.pure() || some ? TaskStatus.SUCCEEDED : TaskStatus.SKIPPED;
        }
        return run.isDone() ? TaskStatus.CANCELLED : TaskStatus.PENDING;
    }

    /** In a run that rests nothing runs, whatever was recorded last. */
    private TaskStatus settled(FlowOutline.Task task, TaskStatus status) {
        if (task.pure() && status.isActive() && isOver(task)) {
            return TaskStatus.SUCCEEDED;
        }
        if (run.isActive() || !status.isActive()) {
            return status;
        }
        return switch (status) {
            case COMPENSATING -> TaskStatus.COMPENSATION_FAILED;
            default -> run.isDone() ? TaskStatus.CANCELLED : TaskStatus.PENDING;
        };
    }

    /** See {@link TaskNode}. */
    static TaskStatus sum(List<TaskNode> parts) {
        TaskStatus sum = TaskStatus.SKIPPED;
        for (TaskNode part : parts) {
            TaskStatus status = part.status();
            if (!status.isDone() && status != TaskStatus.FAILED && status != TaskStatus.COMPENSATION_FAILED) {
                return status;
            }
            if (weight(status) > weight(sum)) {
                sum = status;
            }
        }
        return sum;
    }

    private static int weight(TaskStatus status) {
        return switch (status) {
            case COMPENSATION_FAILED -> 5;
            case FAILED -> 4;
            case CANCELLED -> 3;
            case COMPENSATED -> 2;
            case SUCCEEDED -> 1;
            default -> 0;
        };
    }
}
