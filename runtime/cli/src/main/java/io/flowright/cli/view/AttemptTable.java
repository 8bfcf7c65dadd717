package io.flowright.cli.view;

import io.flowright.runtime.operations.TaskAttempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every attempt of a run. */
final class AttemptTable {

    /** Enough of a hash to see whether two are equal; all of it is in the JSON. */
    private static final int DIGITS = 12;

    private AttemptTable() {}

    static List<String> lines(List<TaskAttempt> history, Times times, Palette palette) {
        Table table = new Table(
                        "TASK", "ELEMENT", "ATTEMPT", "KIND", "STATUS", "STARTED", "TOOK", "INPUT", "OUTPUT", "FAILURE")
                .right(1)
                .right(2);
        for (TaskAttempt attempt : history) {
            table.row(
                    Cell.of(attempt.task()),
                    Cell.of(attempt.element() == null ? "" : attempt.element().toString()),
                    Cell.of(attempt.number()),
                    Cell.faint(attempt.kind().name()),
                    new Cell(attempt.status().name(), paint(attempt)),
                    Cell.of(times.at(attempt.startedAt())),
                    Cell.of(Times.length(attempt.took())),
                    Cell.faint(digits(attempt.inputHash())),
                    Cell.faint(digits(attempt.outputHash())),
                    Cell.of(attempt.failure() == null ? "" : attempt.failure().toString()));
        }
        return table.lines(palette);
    }

    static Paint paint(TaskAttempt attempt) {
        return switch (attempt.status()) {
            case STARTED -> Paint.BUSY;
            case RETRYING, TOLERATED, INTERRUPTED -> Paint.RESTING;
            case SUCCEEDED, TAKEN -> Paint.GOOD;
            case FAILED -> Paint.BAD;
        };
    }

    private static String digits(@Nullable String hash) {
        return hash == null ? "" : hash.substring(0, Math.min(DIGITS, hash.length()));
    }
}
