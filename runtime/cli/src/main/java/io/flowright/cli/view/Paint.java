package io.flowright.cli.view;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskStatus;
import picocli.CommandLine.Help.Ansi.Style;

/** What a color stands for. */
public enum Paint {
    /** Nothing in particular. */
    PLAIN(Style.reset),
    /** A heading. */
    HEADING(Style.bold),
    /** What matters less. */
    FAINT(Style.faint),
    /** It went well. */
    GOOD(Style.fg_green),
    /** It goes on. */
    BUSY(Style.fg_cyan),
    /** It waits for someone, or is not worth a word. */
    RESTING(Style.fg_yellow),
    /** It failed. */
    BAD(Style.fg_red);

    private final Style style;

    Paint(Style style) {
        this.style = style;
    }

    String on(String text) {
        return this == PLAIN || text.isEmpty() ? text : style.on() + text + Style.reset.off();
    }

    /** The color of a run. */
    public static Paint of(RunStatus status) {
        return switch (status) {
            case PENDING, RUNNING, WAITING -> BUSY;
            case COMPENSATING, PAUSED, COMPENSATED, CANCELLED -> RESTING;
            case FAILED, COMPENSATION_FAILED -> BAD;
            case SUCCEEDED -> GOOD;
        };
    }

    /** The color of a task. */
    public static Paint of(TaskStatus status) {
        return switch (status) {
            case PENDING, SKIPPED -> FAINT;
            case RUNNING, WAITING -> BUSY;
            case RETRYING, CANCELLED, COMPENSATING, COMPENSATED -> RESTING;
            case FAILED, COMPENSATION_FAILED -> BAD;
            case SUCCEEDED -> GOOD;
        };
    }
}
