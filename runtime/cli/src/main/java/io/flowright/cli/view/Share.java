package io.flowright.cli.view;

import org.jspecify.annotations.Nullable;

/**
 * How much of something is done.
 *
 * @param done how much
 * @param total of how much; null: nobody knows
 */
record Share(long done, @Nullable Long total) {

    private static final int BAR = 20;

    /** From 0 to 1; null: nobody knows, or there is nothing to do. */
    @Nullable
    Double fraction() {
        return total == null || total <= 0 ? null : Math.min(1.0, Math.max(0.0, (double) done / total));
    }

    /** {@code [##########----------]  50 %, 5 of 10}; without a total {@code 5}. */
    String text() {
        Double fraction = fraction();
        if (total == null) {
            return Long.toString(done);
        }
        return fraction == null ? amount() : bar(fraction) + " " + percent(fraction) + ", " + amount();
    }

    /** Without the bar. */
    String shortText() {
        Double fraction = fraction();
        return fraction == null ? amount() : percent(fraction) + ", " + amount();
    }

    private String amount() {
        return total == null ? Long.toString(done) : done + " of " + total;
    }

    /** Rounded down: 100 % is said of nothing that is not done. */
    private static String percent(double fraction) {
        return (long) Math.floor(fraction * 100) + " %";
    }

    private static String bar(double fraction) {
        int full = (int) Math.floor(fraction * BAR);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }
}
