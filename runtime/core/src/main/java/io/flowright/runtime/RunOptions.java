package io.flowright.runtime;

/** Options of one run. Immutable. */
public final class RunOptions {

    private static final RunOptions NONE = new RunOptions();

    private RunOptions() {}

    public static RunOptions none() {
        return NONE;
    }
}
