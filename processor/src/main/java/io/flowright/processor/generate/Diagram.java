package io.flowright.processor.generate;

import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.TypeNames;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Draws a flow as Mermaid and DOT text.
 *
 * <p>Both list the inputs in declared order, then the tasks by number, each followed by the arrows that lead to it: one from
 * each node that it takes something of or waits for, in the order in which it asks. An arrow bears the names of the keys that
 * go that way. {@code TypedFlow.diagram()} gives the same Mermaid text.
 *
 * <pre>{@code
 * flowchart LR
 *     i0(["orderId: long"])
 *     t0["load"]
 *     i0 --> t0
 *     t1["ship"]
 *     t0 -->|"order"| t1
 * }</pre>
 *
 * <p>Nodes are numbered, since a task may be called {@code end}. Types have angle brackets, which Mermaid takes for HTML.
 */
public final class Diagram {

    private static final String INDENT = "    ";

    private static final String INPUT = "i";
    private static final String TASK = "t";

    private final CheckedFlow checked;

    /** The node that has each key or input. */
    private final Map<String, String> sources = new HashMap<>();

    public Diagram(CheckedFlow checked) {
        this.checked = checked;
        for (InputModel input : checked.flow().inputs()) {
            sources.put(input.name(), INPUT + sources.size());
        }
        for (int task = 0; task < checked.order().size(); task++) {
            for (KeyModel key : checked.order().get(task).keys()) {
                sources.put(key.name(), node(task));
            }
        }
    }

    /** The flow as a Mermaid flowchart. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (InputModel input : inputs()) {
            line(text, sources.get(input.name()) + "([\"" + forMermaid(label(input)) + "\"])");
        }
        for (int task = 0; task < checked.order().size(); task++) {
            String node = node(task);
            line(text, node + "[\"" + forMermaid(checked.order().get(task).name()) + "\"]");
            arrowsTo(task)
                    .forEach((source, keys) ->
                            line(text, source + (keys.isEmpty() ? " --> " : " -->|\"" + keys + "\"| ") + node));
        }
        return text.toString();
    }

    /** The flow as a Graphviz graph; here a task's node names its method too. */
    public String dot() {
        StringBuilder text =
                new StringBuilder("digraph \"" + forDot(checked.flow().name()) + "\" {\n");
        line(text, "rankdir=LR;");
        line(text, "node [shape=box];");
        for (InputModel input : inputs()) {
            line(text, sources.get(input.name()) + " [label=\"" + forDot(label(input)) + "\", style=rounded];");
        }
        for (int task = 0; task < checked.order().size(); task++) {
            TaskModel model = checked.order().get(task);
            String node = node(task);
            line(text, node + " [label=\"" + forDot(model.name()) + "\\n" + forDot(model.displayName()) + "\"];");
            arrowsTo(task)
                    .forEach((source, keys) ->
                            line(text, source + " -> " + node + (keys.isEmpty() ? ";" : " [label=\"" + keys + "\"];")));
        }
        return text.append("}\n").toString();
    }

    private List<InputModel> inputs() {
        return checked.flow().inputs();
    }

    /** The nodes that the task depends on, each with the keys that come from there; none from an input, which has a name. */
    private Map<String, String> arrowsTo(int task) {
        Map<String, String> arrows = new LinkedHashMap<>();
        for (String name : Uses.of(checked.order().get(task))) {
            String source = Objects.requireNonNull(sources.get(name), name);
            arrows.merge(source, source.startsWith(INPUT) ? "" : name, (first, second) -> first + ", " + second);
        }
        return arrows;
    }

    private static String node(int task) {
        return TASK + task;
    }

    private static void line(StringBuilder text, String line) {
        text.append(INDENT).append(line).append('\n');
    }

    private static String label(InputModel input) {
        return input.name() + ": " + TypeNames.of(input.type());
    }

    private static String forMermaid(String label) {
        return label.replace("&", "#amp;").replace("<", "#lt;").replace(">", "#gt;");
    }

    private static String forDot(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
