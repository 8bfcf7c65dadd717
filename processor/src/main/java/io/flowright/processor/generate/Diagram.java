package io.flowright.processor.generate;

import io.flowright.processor.model.CheckedFlow;
import io.flowright.processor.model.CompensationModel;
import io.flowright.processor.model.ControlModel;
import io.flowright.processor.model.GroupPath;
import io.flowright.processor.model.InputModel;
import io.flowright.processor.model.KeyModel;
import io.flowright.processor.model.TaskModel;
import io.flowright.processor.report.TypeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Draws a flow as Mermaid and DOT text.
 *
 * <p>Both list the inputs in declared order, then the tasks by number, each followed by the arrows that lead to it: one from
 * each node that it takes something of or waits for, in the order in which it asks. An arrow bears the names of the keys that
 * go that way; a dashed one says what guards the task: {@code t0 -.->|"verdict: RESTART"| t1}. Then come the compensations, each
 * tied to its task by a dotted line. {@code TypedFlow.diagram()} gives the same Mermaid text.
 *
 * <pre>{@code
 * flowchart LR
 *     i0(["orderId: long"])
 *     t0["load"]
 *     i0 --> t0
 *     t1["ship"]
 *     t0 -->|"order"| t1
 *     c0[/"ship.compensation"/]
 *     t1 -.- c0
 * }</pre>
 *
 * <p>The tasks of a group stand in a frame with its name. A task that runs for each element has a double border, and says of what: {@code t1[["test, each of shards"]]}.
 *
 * <p>Nodes are numbered, since a task may be called {@code end}. Types have angle brackets, which Mermaid takes for HTML.
 */
public final class Diagram {

    private static final String INDENT = "    ";

    private static final String INPUT = "i";
    private static final String TASK = "t";
    private static final String COMPENSATION = "c";

    private final CheckedFlow checked;

    /** The nodes that have each key or input: several, where they are alternatives. */
    private final Map<String, List<String>> sources = new HashMap<>();

    /** The node of each task, by its name. */
    private final Map<String, String> tasks = new HashMap<>();

    public Diagram(CheckedFlow checked) {
        this.checked = checked;
        for (InputModel input : checked.flow().inputs()) {
            sources.put(input.name(), List.of(INPUT + sources.size()));
        }
        for (int task = 0; task < checked.order().size(); task++) {
            tasks.put(checked.order().get(task).name(), node(task));
            for (KeyModel key : checked.order().get(task).keys()) {
                sources.computeIfAbsent(key.name(), name -> new ArrayList<>(1)).add(node(task));
            }
        }
    }

    /** The flow as a Mermaid flowchart. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (InputModel input : inputs()) {
            line(text, node(input) + "([\"" + forMermaid(label(input)) + "\"])");
        }
        for (int task = 0; task < checked.order().size(); task++) {
            String node = node(task);
            TaskModel model = checked.order().get(task);
            String label = forMermaid(model.name() + eachOf(model));
            line(text, node + (model.control().forEach() == null ? "[\"" + label + "\"]" : "[[\"" + label + "\"]]"));
            arrowsTo(task)
                    .forEach((source, keys) ->
                            line(text, source + (keys.isEmpty() ? " --> " : " -->|\"" + keys + "\"| ") + node));
            guardsOf(task).forEach((source, guards) -> line(text, source + " -.->|\"" + guards + "\"| " + node));
        }
        for (int i = 0; i < compensations().size(); i++) {
            CompensationModel compensation = compensations().get(i);
            line(
                    text,
                    COMPENSATION + i + "[/\"" + forMermaid(compensation.task().name()) + "\"/]");
            line(text, tasks.get(compensation.of()) + " -.- " + COMPENSATION + i);
        }
        new Groups("subgraph g%d[\"%s\"]", "", "", "end").addTo(text);
        return text.toString();
    }

    /** The flow as a Graphviz graph; here a task's node names its method too. */
    public String dot() {
        StringBuilder text =
                new StringBuilder("digraph \"" + forDot(checked.flow().name()) + "\" {\n");
        line(text, "rankdir=LR;");
        line(text, "node [shape=box];");
        for (InputModel input : inputs()) {
            line(text, node(input) + " [label=\"" + forDot(label(input)) + "\", style=rounded];");
        }
        for (int task = 0; task < checked.order().size(); task++) {
            TaskModel model = checked.order().get(task);
            String node = node(task);
            String label = forDot(model.name() + eachOf(model)) + "\\n" + forDot(model.displayName());
            String shape = model.control().forEach() == null ? "" : ", peripheries=2";
            line(text, node + " [label=\"" + label + "\"" + shape + "];");
            arrowsTo(task)
                    .forEach((source, keys) ->
                            line(text, source + " -> " + node + (keys.isEmpty() ? ";" : " [label=\"" + keys + "\"];")));
            guardsOf(task)
                    .forEach((source, guards) ->
                            line(text, source + " -> " + node + " [label=\"" + guards + "\", style=dashed];"));
        }
        for (int i = 0; i < compensations().size(); i++) {
            TaskModel model = compensations().get(i).task();
            String label = forDot(model.name()) + "\\n" + forDot(model.displayName());
            line(text, COMPENSATION + i + " [label=\"" + label + "\", style=dashed];");
            line(
                    text,
                    tasks.get(compensations().get(i).of()) + " -> " + COMPENSATION + i + " [style=dotted, dir=none];");
        }
        new Groups("subgraph cluster_%d {", "label=\"%s\"", ";", "}").addTo(text);
        return text.append("}\n").toString();
    }

    /** Writes which nodes belong to which group; groups within groups are nested. */
    private final class Groups {

        private final String begin;
        private final String label;
        private final String separator;
        private final String end;
        private final Map<String, List<String>> members = new LinkedHashMap<>();
        private int written;

        /**
         * @param begin of a group, with its number and its path
         * @param label the first line within, with its path; empty: there is none
         * @param separator after each line within
         */
        Groups(String begin, String label, String separator, String end) {
            this.begin = begin;
            this.label = label;
            this.separator = separator;
            this.end = end;
            for (int task = 0; task < checked.order().size(); task++) {
                add(checked.order().get(task).taskClass().group(), node(task));
            }
            for (int i = 0; i < compensations().size(); i++) {
                add(compensations().get(i).task().taskClass().group(), COMPENSATION + i);
            }
        }

        /** The groups around a group come before it. */
        private void add(String group, String node) {
            if (!group.isEmpty()) {
                String around = GroupPath.group(group);
                if (!members.containsKey(group)) {
                    open(around);
                }
                members.computeIfAbsent(group, path -> new ArrayList<>()).add(node);
            }
        }

        private void open(String group) {
            if (!group.isEmpty() && !members.containsKey(group)) {
                open(GroupPath.group(group));
                members.put(group, new ArrayList<>());
            }
        }

        void addTo(StringBuilder text) {
            addWithin("", text, INDENT);
        }

        private void addWithin(String around, StringBuilder text, String indent) {
            members.forEach((group, nodes) -> {
                if (GroupPath.group(group).equals(around)) {
                    String inner = indent + INDENT;
                    text.append(indent)
                            .append(begin.formatted(written++, group))
                            .append('\n');
                    if (!label.isEmpty()) {
                        text.append(inner)
                                .append(label.formatted(group))
                                .append(separator)
                                .append('\n');
                    }
                    nodes.forEach(node ->
                            text.append(inner).append(node).append(separator).append('\n'));
                    addWithin(group, text, inner);
                    text.append(indent).append(end).append('\n');
                }
            });
        }
    }

    private List<InputModel> inputs() {
        return checked.flow().inputs();
    }

    private List<CompensationModel> compensations() {
        return checked.flow().compensations();
    }

    /** The nodes that the task depends on, each with the keys that come from there; none from an input, which has a name. */
    private Map<String, String> arrowsTo(int task) {
        Map<String, String> arrows = new LinkedHashMap<>();
        Set<String> names = Uses.of(checked.order().get(task));
        guards(task).forEach(guard -> names.remove(guard.key().name()));
        for (String name : names) {
            for (String source : Objects.requireNonNull(sources.get(name), name)) {
                arrows.merge(source, source.startsWith(INPUT) ? "" : name, Diagram::and);
            }
        }
        return arrows;
    }

    /** The nodes whose values guard the task, each with what they must be. */
    private Map<String, String> guardsOf(int task) {
        Map<String, String> arrows = new LinkedHashMap<>();
        for (ControlModel.Guard guard : guards(task)) {
            String text = guard.key().name() + ": " + GraphWriter.valuesOf(guard);
            sources.getOrDefault(guard.key().name(), List.of())
                    .forEach(source -> arrows.merge(source, text, Diagram::and));
        }
        return arrows;
    }

    private List<ControlModel.Guard> guards(int task) {
        return checked.order().get(task).control().guards();
    }

    private static String and(String first, String second) {
        return first + ", " + second;
    }

    private String node(InputModel input) {
        return Objects.requireNonNull(sources.get(input.name())).get(0);
    }

    /** For a task that runs for each element, of what. */
    private static String eachOf(TaskModel task) {
        ControlModel.ForEach forEach = task.control().forEach();
        return forEach == null
                ? ""
                : ", each of "
                        + Uses.of(task.parameters().get(forEach.parameter())).get(0);
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
