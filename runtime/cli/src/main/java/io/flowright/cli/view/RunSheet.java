package io.flowright.cli.view;

import io.flowright.runtime.operations.RunDescription;
import io.flowright.runtime.operations.RunStatistics;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.operations.TaskAttempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All there is to say of a run, for people. */
public final class RunSheet {

    private static final String INDENT = "  ";

    private final RunDescription description;
    private final Times times;
    private final Palette palette;
    private final List<String> lines = new ArrayList<>();

    private RunSheet(RunDescription description, Times times, Palette palette) {
        this.description = description;
        this.times = times;
        this.palette = palette;
    }

    /**
     * The lines of the sheet.
     *
     * @param hasAttempts whether every attempt is shown
     * @param hasTraces whether failures are shown with their stack traces
     */
    public static List<String> lines(
            RunDescription description, boolean hasAttempts, boolean hasTraces, Times times, Palette palette) {
        RunSheet sheet = new RunSheet(description, times, palette);
        sheet.head();
        sheet.fields();
        sheet.tasks(hasTraces);
        if (hasAttempts) {
            sheet.section("Attempts", AttemptTable.lines(description.history(), times, palette));
        }
        return sheet.lines;
    }

    private void head() {
        RunSummary run = description.run();
        lines.add(palette.paint(Paint.HEADING, Plain.text(run.id())) + "  "
                + palette.paint(Paint.of(run.status()), run.status().name()));
    }

    private void fields() {
        RunSummary run = description.run();
        RunStatistics numbers = description.statistics();
        field("flow", run.flow() + (run.version().isEmpty() ? "" : ", version " + run.version()));
        field("graph", run.fingerprint());
        field("started", moment(run.createdAt()));
        field("updated", moment(description.updatedAt()));
        field("ended", moment(run.endedAt()));
        field("elapsed", Times.length(numbers.elapsed()));
        field("deadline", moment(description.deadline()));
        field("owner", owner(run));
        field("priority", run.priority() == 0 ? "" : Integer.toString(run.priority()));
        field("tags", RunTable.tags(run.tags()));
        field("targets", String.join(", ", description.targets()));
        field("progress", progress());
        field("current", run.status().isActive() ? String.join(", ", description.current()) : "");
        field("stopped", String.join(", ", description.interrupted()));
        field("tasks", tasks(numbers));
        field("attempts", attempts(numbers));
    }

    private String progress() {
        Share share = new Share(description.stepsDone(), (long) description.totalSteps());
        return description.totalSteps() == 0 ? "" : share.text() + " tasks";
    }

    private static String owner(RunSummary run) {
        return (run.owner() == null ? "nobody" : run.owner()) + ", epoch " + run.epoch();
    }

    private static String tasks(RunStatistics numbers) {
        return numbers.tasks().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String attempts(RunStatistics numbers) {
        String failed = numbers.failedAttempts() == 0
                ? ""
                : ", " + numbers.failedAttempts() + " failed (" + numbers.discardedFailures() + " made good)";
        String waited = numbers.waiting().isZero() ? "" : ", " + Times.length(numbers.waiting()) + " between them";
        return numbers.attempts() == 0
                ? ""
                : numbers.attempts() + failed + ", " + Times.length(numbers.running()) + " running" + waited;
    }

    private String moment(@Nullable Instant moment) {
        return moment == null ? "" : times.at(moment) + " " + times.zone(moment) + ", " + times.away(moment);
    }

    private void field(String name, String value) {
        if (!value.isEmpty()) {
            lines.add(INDENT + palette.paint(Paint.FAINT, String.format("%-10s", name)) + Plain.text(value));
        }
    }

    private void tasks(boolean hasTraces) {
        TaskHistory history = new TaskHistory(description.history());
        section(
                "Tasks",
                description.tasks().isEmpty()
                        ? List.of("The graph of this flow is not on record.")
                        : TaskTable.lines(description.tasks(), history, times, palette));
        Collection<TaskAttempt> failures = history.failures();
        if (description.failure() != null || !failures.isEmpty()) {
            section("Failures", FailureList.lines(description, failures, hasTraces, palette));
        }
    }

    private void section(String title, List<String> content) {
        lines.add("");
        lines.add(palette.paint(Paint.HEADING, title));
        content.forEach(line -> lines.add(INDENT + line));
    }
}
