package io.flowright.runtime;

import io.flowright.runtime.internal.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of {@link RunSnapshot#report()}. */
final class RunReport {

    /** More names than this in one line are no longer read, and a flow may have thousands of tasks. */
    private static final int MAX_NAMES = 20;

    private static final String INDENT = "  ";

    private final RunSnapshot run;
    private final StringBuilder text = new StringBuilder();

    RunReport(RunSnapshot run) {
        this.run = run;
    }

    String text() {
        header();
        tasksWithFailure();
        otherTasks();
        warnings();
        return text.toString();
    }

    private void header() {
        text.append("flow ").append(run.flow());
        if (!run.version().isEmpty()) {
            text.append(" (version ").append(run.version()).append(')');
        }
        text.append(", run ").append(run.runId()).append(": ").append(run.status());
        Duration took = run.took();
        if (took != null) {
            text.append(" after ").append(Durations.text(took));
        }
        text.append('\n');
    }

    private void tasksWithFailure() {
        for (TaskSnapshot task : run.tasks()) {
            if (task.failure() != null) {
                line(1, label(task) + ": " + describe(task));
                causes(task.failure());
            }
        }
        for (TaskSnapshot compensation : run.compensations()) {
            if (compensation.failure() != null) {
                line(1, compensation.status() + ": " + describe(compensation));
                causes(compensation.failure());
            }
        }
    }

    private void causes(FailureInfo failure) {
        line(2, failure.kind() == FailureInfo.Kind.BUSINESS ? "said no: " + failure : failure.toString());
        int depth = 3;
        for (FailureInfo cause = failure.cause(); cause != null; cause = cause.cause()) {
            line(depth++, "caused by " + cause);
        }
    }

    private void otherTasks() {
        Map<TaskStatus, List<String>> names = new EnumMap<>(TaskStatus.class);
        Map<String, List<String>> pending = new LinkedHashMap<>();
        for (TaskSnapshot task : run.tasks()) {
            if (task.failure() != null || task.status() == TaskStatus.COMPENSATION_FAILED) {
                continue;
            }
            List<String> same = task.status() == TaskStatus.PENDING
                    ? pending.computeIfAbsent(label(task), label -> new ArrayList<>())
                    : names.computeIfAbsent(task.status(), status -> new ArrayList<>());
            same.add(describe(task));
        }
        names.forEach((status, tasks) -> line(1, status + ": " + list(tasks)));
        pending.forEach((label, tasks) -> line(1, label + ": " + list(tasks)));
    }

    /** The state of the task; of one that is pending, what that means. */
    private String label(TaskSnapshot task) {
        boolean goesOn = run.status().isActive() || run.status() == RunStatus.PAUSED;
        if (task.status() != TaskStatus.PENDING) {
            // A task that had failed and was undone nevertheless has still failed.
            return task.failure() != null && isUndone(task)
                    ? "FAILED, " + task.status()
                    : task.status().toString();
        }
        if (task.attempts() == 0 && task.failure() == null) {
            return goesOn ? "yet to run" : "never ran";
        }
        return goesOn || task.failure() != null ? "to run again" : "interrupted";
    }

    private static boolean isUndone(TaskSnapshot task) {
        return switch (task.status()) {
            case COMPENSATING, COMPENSATED, COMPENSATION_FAILED -> true;
            default -> false;
        };
    }

    private void warnings() {
        for (String warning : run.warnings()) {
            line(1, "warning: " + warning);
        }
    }

    private static String describe(TaskSnapshot task) {
        return task.name() + task.details();
    }

    private static String list(List<String> names) {
        String shown = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return names.size() <= MAX_NAMES ? shown : shown + " and " + (names.size() - MAX_NAMES) + " more";
    }

    /** A message of several lines is indented as a whole. */
    private void line(int depth, String line) {
        String indent = INDENT.repeat(depth);
        text.append(indent)
                .append(line.stripTrailing().replace("\n", "\n" + indent + INDENT))
                .append('\n');
    }
}
