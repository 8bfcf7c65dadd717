package io.flowright.runtime.operations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of runs.
 *
 * @param runs the newest first
 * @param next where the list goes on; null: that was all
 * @since 0.1
 */
public record RunPage(List<RunSummary> runs, @Nullable RunCursor next) {

    /** A page; the list is copied. */
    public RunPage {
        runs = List.copyOf(runs);
    }
}
