package io.flowright.runtime.internal;

import io.flowright.runtime.generated.FlowGraph;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A graph as Mermaid text: inputs, then tasks in the order of their numbers, each followed by the arrows that lead to it.
 * An arrow bears the names of the keys that go that way. The processor writes the same text for the same flow.
 *
 * <pre>
 * flowchart LR
 *     i0(["orderId: long"])
 *     t0["load"]
 *     i0 --> t0
 *     t1["ship"]
 *     t0 -->|"order"| t1
 * </pre>
 */
final class Mermaid {

    private final FlowGraph graph;
    /** The node that has each key or input. Nodes are numbered, since a task may be called {@code end}. */
    private final Map<String, String> sources = new HashMap<>();

    private final StringBuilder text = new StringBuilder("flowchart LR\n");

    private Mermaid(FlowGraph graph) {
        this.graph = graph;
    }

    static String of(FlowGraph graph) {
        Mermaid mermaid = new Mermaid(graph);
        mermaid.inputs();
        mermaid.tasks();
        return mermaid.text.toString();
    }

    private void inputs() {
        graph.inputs().forEach((input, type) -> {
            String node = "i" + sources.size();
            sources.put(input, node);
            line(node + "([\"" + escape(input + ": " + type) + "\"])");
        });
    }

    private void tasks() {
        for (int task = 0; task < graph.size(); task++) {
            for (String key : graph.task(task).provides()) {
                sources.put(key, node(task));
            }
        }
        for (int task = 0; task < graph.size(); task++) {
            line(node(task) + "[\"" + escape(graph.task(task).name()) + "\"]");
            arrows(task);
        }
    }

    /** One arrow from each node that the task takes something of, in the order in which it asks. */
    private void arrows(int task) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String key : graph.task(task).requires()) {
            String source = sources.get(key);
            if (source != null) {
                String label = graph.inputs().containsKey(key) ? "" : key;
                labels.merge(source, label, (first, second) -> first + ", " + second);
            }
        }
        labels.forEach((source, label) ->
                line(source + (label.isEmpty() ? " --> " : " -->|\"" + label + "\"| ") + node(task)));
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
