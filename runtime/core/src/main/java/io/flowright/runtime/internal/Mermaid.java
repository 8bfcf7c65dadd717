package io.flowright.runtime.internal;

import io.flowright.runtime.generated.CompensationSpec;
import io.flowright.runtime.generated.FanOutSpec;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.TaskSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph as Mermaid text: inputs, then tasks in the order of their numbers, each followed by the arrows that lead to it.
 * An arrow bears the names of the keys that go that way; a dashed one says what guards the task. Then come the compensations, each
 * tied to its task by a dotted line. The processor writes the same text for the same flow.
 *
 * <pre>
 * flowchart LR
 *     i0(["orderId: long"])
 *     t0["load"]
 *     i0 --> t0
 *     t1["ship"]
 *     t0 -->|"order"| t1
 *     c0[/"ship.compensation"/]
 *     t1 -.- c0
 * </pre>
 */
final class Mermaid {

    private final FlowGraph graph;

    /**
     * The nodes that have each key or input: several, where they are alternatives. Nodes are numbered, since a task may be called
     * {@code end}.
     */
    private final Map<String, List<String>> sources = new HashMap<>();

    private int groups;
    private final StringBuilder text = new StringBuilder("flowchart LR\n");

    private Mermaid(FlowGraph graph) {
        this.graph = graph;
    }

    static String of(FlowGraph graph) {
        Mermaid mermaid = new Mermaid(graph);
        mermaid.inputs();
        mermaid.tasks();
        mermaid.compensations();
        mermaid.groups();
        return mermaid.text.toString();
    }

    private void inputs() {
        graph.inputs().forEach((input, type) -> {
            String node = "i" + sources.size();
            sources.put(input, List.of(node));
            line(node + "([\"" + escape(input + ": " + type) + "\"])");
        });
    }

    private void tasks() {
        for (int task = 0; task < graph.size(); task++) {
            for (String key : graph.task(task).provides()) {
                sources.computeIfAbsent(key, name -> new ArrayList<>(1)).add(node(task));
            }
        }
        for (int task = 0; task < graph.size(); task++) {
            TaskSpec spec = graph.task(task);
            FanOutSpec fanOut = spec.fanOut();
            line(node(task)
                    + (fanOut == null
                            ? "[\"" + escape(spec.name()) + "\"]"
                            : "[[\"" + escape(spec.name() + ", each of " + fanOut.source()) + "\"]]"));
            arrows(task);
        }
    }

    private void compensations() {
        for (int i = 0; i < graph.compensations().size(); i++) {
            CompensationSpec compensation = graph.compensations().get(i);
            line("c" + i + "[/\"" + escape(compensation.execution().name()) + "\"/]");
            line(node(compensation.task()) + " -.- c" + i);
        }
    }

    /** Which nodes belong to which group; groups within groups are nested. */
    private void groups() {
        Map<String, List<String>> members = new LinkedHashMap<>();
        for (int task = 0; task < graph.size(); task++) {
            addMember(graph.task(task).group(), node(task), members);
        }
        for (int i = 0; i < graph.compensations().size(); i++) {
            addMember(graph.compensations().get(i).execution().group(), "c" + i, members);
        }
        groupsWithin("", members, "");
    }

    /** The groups around a group come before it. */
    private static void addMember(String group, String node, Map<String, List<String>> members) {
        if (group.isEmpty()) {
            return;
        }
        for (int dot = group.indexOf('.'); dot >= 0; dot = group.indexOf('.', dot + 1)) {
            members.computeIfAbsent(group.substring(0, dot), path -> new ArrayList<>());
        }
        members.computeIfAbsent(group, path -> new ArrayList<>()).add(node);
    }

    private void groupsWithin(String around, Map<String, List<String>> members, String indent) {
        members.forEach((group, nodes) -> {
            if (group.substring(0, Math.max(0, group.lastIndexOf('.'))).equals(around)) {
                line(indent + "subgraph g" + groups++ + "[\"" + group + "\"]");
                nodes.forEach(node -> line(indent + "    " + node));
                groupsWithin(group, members, indent + "    ");
                line(indent + "end");
            }
        });
    }

    /** One arrow from each node that the task takes something of, in the order in which it asks; then those of its guards. */
    private void arrows(int task) {
        Map<String, String> labels = new LinkedHashMap<>();
        Map<String, String> guards = new LinkedHashMap<>();
        Set<String> keys = new LinkedHashSet<>(graph.task(task).requires());
        for (TaskSpec.Guard guard : graph.task(task).guards()) {
            keys.remove(guard.key());
            String text = guard.key() + ": " + guard.values();
            sources.getOrDefault(guard.key(), List.of()).forEach(source -> guards.merge(source, text, Mermaid::and));
        }
        for (String key : keys) {
            String label = graph.inputs().containsKey(key) ? "" : key;
            sources.getOrDefault(key, List.of()).forEach(source -> labels.merge(source, label, Mermaid::and));
        }
        labels.forEach((source, label) ->
                line(source + (label.isEmpty() ? " --> " : " -->|\"" + label + "\"| ") + node(task)));
        guards.forEach((source, label) -> line(source + " -.->|\"" + label + "\"| " + node(task)));
    }

    private static String and(String first, String second) {
        return first + ", " + second;
    }

    private static String node(int task) {
        return "t" + task;
    }

    private void line(String line) {
        text.append("    ").append(line).append('\n');
    }

    /** Names are harmless, but types have angle brackets. */
    private static String escape(String label) {
        return label.replace("&", "#amp;").replace("<", "#lt;").replace(">", "#gt;");
    }
}
