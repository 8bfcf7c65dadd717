package io.flowright.cli.view;

import picocli.CommandLine.Help.Ansi;

/** Whether there are colors. */
public enum Palette {
    /** For a terminal. */
    COLORED,
    /** For a file, a pipe, or people who do not want any. */
    BLANK;

    /** What picocli has found out: a terminal has colors, unless {@code NO_COLOR} is set. */
    public static Palette of(Ansi ansi) {
        return ansi.enabled() ? COLORED : BLANK;
    }

    /** The text in a color, if there are any. */
    public String paint(Paint paint, String text) {
        return this == COLORED ? paint.on(text) : text;
    }
}
