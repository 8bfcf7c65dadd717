package io.flowright.runtime.internal.store;

import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.TaskSpec;
import io.flowright.runtime.operations.FlowOutline;
import java.util.ArrayList;
import java.util.List;

/** What of a graph is left in the store for people. */
final class Outlines {

    private Outlines() {}

    static FlowOutline of(FlowGraph graph) {
        List<List<String>> after = new ArrayList<>();
        for (int task = 0; task < graph.size(); task++) {
            after.add(new ArrayList<>());
        }
        for (int task = 0; task < graph.size(); task++) {
            for (int successor : graph.successors(task)) {
                after.get(successor).add(graph.task(task).name());
            }
        }
        List<FlowOutline.Task> tasks = new ArrayList<>();
        for (int task = 0; task < graph.size(); task++) {
            tasks.add(of(graph, task, after.get(task)));
        }
        return new FlowOutline(graph.name(), graph.version(), graph.fingerprint(), graph.inputs(), tasks);
    }

    private static FlowOutline.Task of(FlowGraph graph, int number, List<String> after) {
        TaskSpec task = graph.task(number);
        return new FlowOutline.Task(
                task.name(),
                task.group(),
                after,
                task.requires().stream().filter(graph.inputs()::containsKey).toList(),
                task.provides(),
                task.guards().stream()
                        .map(guard -> guard.key() + " is " + guard.values())
                        .toList(),
                task.fanOut() == null ? null : task.fanOut().source(),
                task.optional(),
                task.pure(),
                task.once(),
                graph.compensationOf(number) != null);
    }
}
