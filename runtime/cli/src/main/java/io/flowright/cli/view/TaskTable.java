package io.flowright.cli.view;

import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.operations.TaskNode;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The graph of a run as text: its tasks from the inputs on, each with the number of its layer, how it stands, and what it comes after.
 * The tasks of a group stand below it; the elements of a task are counted.
 */
final class TaskTable {

    /** Some tasks come after thousands of others. */
    private static final int NAMED = 4;

    private static final String INDENT = "  ";

    private final Layers layers;
    private final TaskHistory history;
    private final Times times;
    private final Table table = new Table("LAYER", "TASK", "STATUS", "TOOK", "DETAILS", "AFTER").right(0);

    private TaskTable(Layers layers, TaskHistory history, Times times) {
        this.layers = layers;
        this.history = history;
        this.times = times;
    }

    static List<String> lines(List<TaskNode> nodes, TaskHistory history, Times times, Palette palette) {
        TaskTable tasks = new TaskTable(Layers.of(nodes), history, times);
        tasks.add(nodes, "");
        return tasks.table.lines(palette);
    }

    private void add(List<TaskNode> nodes, String indent) {
        List<TaskNode> sorted = new ArrayList<>(nodes);
        sorted.sort(Comparator.comparingInt(layers::of));
        for (TaskNode node : sorted) {
            boolean isGroup = node.kind() == TaskNode.Kind.GROUP;
            TaskAttempt newest = isGroup ? null : history.newest(node.name());
            table.row(
                    Cell.faint(Integer.toString(layers.of(node))),
                    Cell.of(indent + node.name()),
                    Cell.of(node.status()),
                    Cell.of(isGroup ? "" : Times.length(history.took(node.name()))),
                    Cell.of(details(node, newest)),
                    Cell.faint(after(node.after())));
            if (isGroup) {
                add(node.parts(), indent + INDENT);
            }
        }
    }

    private String details(TaskNode node, @Nullable TaskAttempt newest) {
        List<@Nullable String> details = new ArrayList<>();
        if (node.kind() == TaskNode.Kind.TASK && !node.parts().isEmpty()) {
            details.add(elements(node.parts()));
        }
        TaskSnapshot activity = node.activity();
        details.add(attempts(newest, activity));
        if (activity != null && activity.progress() != null && !node.status().isDone()) {
            add(activity.progress(), details);
        }
        if (newest != null && newest.dueAt() != null && node.status() == TaskStatus.RETRYING) {
            details.add("next attempt " + times.away(newest.dueAt()));
        }
        return details.stream().filter(Objects::nonNull).collect(Collectors.joining(", "));
    }

    private void add(ProgressReport progress, List<@Nullable String> details) {
        if (progress.done() != null) {
            details.add(new Share(progress.done(), progress.total()).text());
        }
        if (progress.remaining() != null) {
            // It has come nearer since that was said.
            Duration since = progress.at() == null ? Duration.ZERO : times.since(progress.at());
            details.add("about " + Times.length(progress.remaining().minus(since)) + " left");
        }
        details.add(progress.detail());
    }

    private static @Nullable String attempts(@Nullable TaskAttempt newest, @Nullable TaskSnapshot activity) {
        int attempts = Math.max(newest == null ? 0 : newest.number(), activity == null ? 0 : activity.attempts());
        if (newest != null && newest.status() == TaskRecord.Status.TAKEN) {
            return "result of another run";
        }
        boolean isByFallback =
                newest != null && newest.status() == TaskRecord.Status.SUCCEEDED && newest.failure() != null;
        String text = attempts > 1 ? attempts + " attempts" : null;
        return isByFallback ? (text == null ? "" : text + ", ") + "by its fallback" : text;
    }

    /** {@code [12 SUCCEEDED, 1 FAILED]}. */
    static String elements(List<TaskNode> elements) {
        Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
        elements.forEach(element -> counts.merge(element.status(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String after(List<String> names) {
        return names.size() <= NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
    }
}
