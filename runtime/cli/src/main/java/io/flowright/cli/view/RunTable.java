package io.flowright.cli.view;

import io.flowright.runtime.operations.RunSummary;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs as a list shows them. */
public final class RunTable {

    private static final Pattern INCARNATION = Pattern.compile("(#[0-9a-f]{8})-[0-9a-f-]{27}$");

    private RunTable() {}

    /**
     * The lines of the table.
     *
     * @param failures of runs that failed, by id; what is not in it is not shown
     */
    public static List<String> lines(
            Collection<RunSummary> runs, Map<String, String> failures, Times times, Palette palette) {
        Table table = new Table(
                        "ID", "FLOW", "VERSION", "STATUS", "STARTED", "TOOK", "OWNER", "PRIORITY", "TAGS", "FAILURE")
                .right(7);
        for (RunSummary run : runs) {
            table.row(
                    Cell.of(run.id()),
                    Cell.of(run.flow()),
                    Cell.of(run.version()),
                    Cell.of(run.status()),
                    Cell.of(times.at(run.createdAt())),
                    Cell.of(Times.length(took(run, times))),
                    Cell.faint(owner(run)),
                    Cell.of(run.priority() == 0 ? "" : Integer.toString(run.priority())),
                    Cell.of(tags(run.tags())),
                    Cell.of(failures.getOrDefault(run.id(), "")));
        }
        return table.lines(palette);
    }

    /** The label of the engine that has it, and as much of what follows as tells two of a label apart. */
    private static String owner(RunSummary run) {
        return run.owner() == null || !run.status().isActive()
                ? ""
                : INCARNATION.matcher(run.owner()).replaceFirst("$1");
    }

    /** From its start to the status that it has, or to now. */
    static Duration took(RunSummary run, Times times) {
        return run.endedAt() == null ? times.since(run.createdAt()) : Duration.between(run.createdAt(), run.endedAt());
    }

    static String tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(" "));
    }
}
