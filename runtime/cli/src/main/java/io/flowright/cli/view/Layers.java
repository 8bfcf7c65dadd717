package io.flowright.cli.view;

import io.flowright.runtime.operations.TaskNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a graph: a task stands one below the lowest of those that it comes after, so that tasks of one layer may run side by
 * side. A group stands where its first task does.
 */
final class Layers {

    private final Map<String, Integer> layers = new HashMap<>();

    private Layers() {}

    static Layers of(List<TaskNode> nodes) {
        Layers layers = new Layers();
        Map<String, TaskNode> tasks = new HashMap<>();
        collect(nodes, tasks);
        layers.assign(tasks);
        return layers;
    }

    private static void collect(List<TaskNode> nodes, Map<String, TaskNode> tasks) {
        for (TaskNode node : nodes) {
            if (node.kind() == TaskNode.Kind.TASK) {
                tasks.put(node.name(), node);
            } else if (node.kind() == TaskNode.Kind.GROUP) {
                collect(node.parts(), tasks);
            }
        }
    }

    /** From the inputs on, for real graphs are thousands of tasks deep: nothing recurses along them. */
    private void assign(Map<String, TaskNode> tasks) {
        Map<String, List<String>> before = new HashMap<>();
        Map<String, Integer> open = new HashMap<>();
        Deque<String> ready = new ArrayDeque<>();
        for (TaskNode task : tasks.values()) {
            List<String> known =
                    task.after().stream().filter(tasks::containsKey).toList();
            known.forEach(name ->
                    before.computeIfAbsent(name, none -> new ArrayList<>()).add(task.name()));
            open.put(task.name(), known.size());
            if (known.isEmpty()) {
                layers.put(task.name(), 1);
                ready.add(task.name());
            }
        }
        while (!ready.isEmpty()) {
            String name = ready.remove();
            for (String next : before.getOrDefault(name, List.of())) {
                layers.merge(next, of(name) + 1, Math::max);
                if (open.merge(next, -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
    }

    int of(TaskNode node) {
        return node.kind() == TaskNode.Kind.GROUP
                ? node.parts().stream().mapToInt(this::of).min().orElse(1)
                : of(node.name());
    }

    private int of(String task) {
        return layers.getOrDefault(task, 1);
    }
}
