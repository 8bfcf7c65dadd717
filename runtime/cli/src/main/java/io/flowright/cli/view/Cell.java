package io.flowright.cli.view;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskStatus;

/**
 * What stands in a place of a table.
 *
 * @param text on one line
 * @param paint its color
 */
record Cell(String text, Paint paint) {

    Cell {
        text = Plain.text(text);
    }

    static Cell of(String text) {
        return new Cell(text, Paint.PLAIN);
    }

    static Cell of(long number) {
        return of(Long.toString(number));
    }

    static Cell of(RunStatus status) {
        return new Cell(status.name(), Paint.of(status));
    }

    static Cell of(TaskStatus status) {
        return new Cell(status.name(), Paint.of(status));
    }

    static Cell faint(String text) {
        return new Cell(text, Paint.FAINT);
    }

    int width() {
        return text.codePointCount(0, text.length());
    }
}
