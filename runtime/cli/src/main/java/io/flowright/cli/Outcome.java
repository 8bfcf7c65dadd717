package io.flowright.cli;

import io.flowright.cli.view.RunJson;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.RunSummary;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of something that was done to a run.
 *
 * @param run the id
 * @param isAccepted whether it has an effect, or will have
 * @param isGood whether all is as it was meant to be, so far
 * @param status how the run stands; null: there is none
 * @param sentence the same for people
 */
record Outcome(
        String run,
        boolean isAccepted,
        boolean isGood,
        @Nullable RunStatus status,
        String sentence) {

    static Outcome missing(String id) {
        return new Outcome(id, false, false, null, Sentences.missing(id));
    }

    static Outcome refused(Deed deed, RunSummary run) {
        boolean isAllowed = deed.from().contains(run.status());
        // It may have changed since it was refused.
        String why = isAllowed
                ? "but it was not " + deed.participle() + ": somebody else was faster"
                : "and only a run that is " + Sentences.either(deed.from()) + " can be " + deed.participle();
        return new Outcome(
                run.id(),
                false,
                false,
                run.status(),
                Sentences.name(run.id()) + " is " + run.status() + ", " + why + ".");
    }

    /** Without waiting for its effect. */
    static Outcome accepted(Deed deed, RunSummary run) {
        String name = Sentences.name(run.id());
        boolean isDone = deed.isSeen(run) || deed.isSettingGoing();
        String sentence = isDone
                ? name + " is " + run.status() + "."
                : name + " will be " + deed.participle() + "; it is " + run.status() + " now.";
        return new Outcome(run.id(), true, true, run.status(), sentence);
    }

    /**
     * After waiting for its effect.
     *
     * @param interrupted the tasks that were interrupted
     */
    static Outcome awaited(Deed deed, RunSummary run, List<String> interrupted, String timeout) {
        String name = Sentences.name(run.id());
        if (deed.isSeen(run)) {
            boolean isReached = deed.isReached(run.status());
            String sentence = name + " is " + run.status()
                    + (isReached
                            ? interrupted(interrupted)
                            : ": it came to that before it could be " + deed.participle() + ".");
            return new Outcome(run.id(), true, isReached, run.status(), sentence);
        }
        String sentence = deed.isSettingGoing()
                ? name + " is " + run.status() + ", but no engine has taken it within " + timeout
                        + ": flowright runs stranded may tell why."
                : name + " is still " + run.status() + " after " + timeout + "; it will be " + deed.participle() + ".";
        return new Outcome(run.id(), true, false, run.status(), sentence);
    }

    private static String interrupted(List<String> tasks) {
        String names = tasks.stream().map(Sentences::name).collect(Collectors.joining(", "));
        return tasks.isEmpty() ? "." : ". Interrupted: " + names + ".";
    }

    ObjectNode json() {
        return RunJson.object()
                .put("id", run)
                .put("accepted", isAccepted)
                .put("ok", isGood)
                .put("status", status == null ? null : status.name())
                .put("message", sentence);
    }
}
