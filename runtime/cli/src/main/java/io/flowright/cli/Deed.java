package io.flowright.cli;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.RunSummary;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Something that is done to runs.
 *
 * @param verb {@code pause}
 * @param participle {@code paused}
 * @param from the statuses of runs to which it can be done
 * @param to the statuses that a run has from then on
 */
record Deed(String verb, String participle, Set<RunStatus> from, Set<RunStatus> to) {

    static final Deed PAUSE = new Deed("pause", "paused", those(RunStatus::isActive), Set.of(RunStatus.PAUSED));

    static final Deed RESUME = new Deed("resume", "resumed", those(RunStatus::isResumable), Set.of());

    static final Deed CANCEL = new Deed(
            "cancel", "cancelled", those(status -> status.canBecome(RunStatus.CANCELLED)), Set.of(RunStatus.CANCELLED));

    /** A flow in which there is nothing to undo is cancelled. */
    static final Deed COMPENSATE = new Deed(
            "cancel", "cancelled and undone", CANCEL.from(), EnumSet.of(RunStatus.COMPENSATED, RunStatus.CANCELLED));

    static final Deed REDRIVE =
            new Deed("redrive", "re-driven", EnumSet.of(RunStatus.FAILED, RunStatus.COMPENSATION_FAILED), Set.of());

    static final Deed DISCARD = new Deed("discard", "discarded", REDRIVE.from(), Set.of(RunStatus.CANCELLED));

    /** Whether it lets a run go on instead of bringing it to a rest. */
    boolean isSettingGoing() {
        return to.isEmpty();
    }

    /** Whether it can be seen in a run that it has been done. */
    boolean isSeen(RunSummary run) {
        // A run that was set going has no owner before an engine has taken it.
        return !run.status().isActive() || (isSettingGoing() && run.owner() != null);
    }

    /** Whether a run in which it is seen is as it was meant to be. */
    boolean isReached(RunStatus status) {
        return isSettingGoing() || to.contains(status);
    }

    private static Set<RunStatus> those(Predicate<RunStatus> wanted) {
        Set<RunStatus> those = EnumSet.allOf(RunStatus.class);
        those.removeIf(wanted.negate());
        return those;
    }
}
