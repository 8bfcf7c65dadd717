package io.flowright.cli.view;

import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.operations.RunDescription;
import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.spi.TaskRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What went wrong in a run and has not been made good since. */
public final class FailureList {

    private FailureList() {}

    /** The run in one line: why it failed; empty: it did not. */
    public static String summary(RunDescription description) {
        FailureInfo whole = description.failure();
        if (whole != null) {
            return whole.toString();
        }
        return new TaskHistory(description.history())
                .failures().stream()
                        .filter(attempt -> attempt.status() == TaskRecord.Status.FAILED)
                        .map(attempt -> name(attempt) + ": " + attempt.failure())
                        .findFirst()
                        .orElse("");
    }

    static List<String> lines(
            RunDescription description, Collection<TaskAttempt> failures, boolean isTraced, Palette palette) {
        List<String> lines = new ArrayList<>();
        FailureInfo whole = description.failure();
        if (whole != null) {
            lines.add(palette.paint(Paint.BAD, "the run"));
            add(lines, whole, isTraced);
        }
        for (TaskAttempt attempt : failures) {
            FailureInfo failure = attempt.failure();
            if (failure != null) {
                lines.add(Plain.text(name(attempt)) + " " + palette.paint(AttemptTable.paint(attempt), how(attempt)));
                add(lines, failure, isTraced);
            }
        }
        return lines;
    }

    private static String name(TaskAttempt attempt) {
        String name = attempt.kind() == TaskRecord.Kind.COMPENSATION ? "undoing " + attempt.task() : attempt.task();
        String element = attempt.element() == null ? "" : ", element " + attempt.element();
        return name + element + (attempt.number() == 0 ? "" : ", attempt " + attempt.number());
    }

    private static String how(TaskAttempt attempt) {
        return switch (attempt.status()) {
            case SUCCEEDED -> "was answered by its fallback";
            case TOLERATED -> "failed, and the run goes on without it";
            case RETRYING -> "failed, and is tried again";
            case FAILED, STARTED, TAKEN, INTERRUPTED -> "failed";
        };
    }

    private static void add(List<String> lines, FailureInfo failure, boolean isTraced) {
        if (isTraced) {
            Plain.lines(failure.trace()).lines().forEach(line -> lines.add("  " + line));
            return;
        }
        lines.add("  " + Plain.text(failure.toString()));
        String indent = "    ";
        for (FailureInfo cause = failure.cause(); cause != null; cause = cause.cause()) {
            lines.add(indent + "caused by " + Plain.text(cause.toString()));
            indent += "  ";
        }
    }
}
