package io.flowright.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a run is undone: what a compensation gets that asks for it. It is data, the same before and after a restart of the process.
 *
 * @param task the name of the task that failed first; null if the run failed as a whole, as at its deadline, or was cancelled
 * @param info what failed there
 * @since 0.1
 */
public record FlowFailure(@Nullable String task, FailureInfo info) {

    /** The failure of a task, for unit tests too; null: of the run as a whole. */
    public static FlowFailure of(@Nullable String task, Throwable failure) {
        return new FlowFailure(task, FailureInfo.of(failure));
    }

    /** The name of the exception's class. */
    public String type() {
        return info.type();
    }

    /** The exception's message; empty if it had none. */
    public String message() {
        String message = info.message();
        return message == null ? "" : message;
    }

    /** The exception's stack trace as printed. */
    public String trace() {
        return info.trace();
    }

    /** The failures behind it, the nearest first. */
    public List<FailureInfo> causes() {
        List<FailureInfo> causes = new ArrayList<>();
        for (FailureInfo cause = info.cause(); cause != null; cause = cause.cause()) {
            causes.add(cause);
        }
        return List.copyOf(causes);
    }

    /** Task, class and message. */
    @Override
    public String toString() {
        return task == null ? info.toString() : "task " + task + ": " + info;
    }
}
