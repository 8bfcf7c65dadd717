package io.flowright.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A run failed. The failure of the task is the cause; failures of other tasks of the run, and of compensations when it was undone,
 * are suppressed exceptions.
 *
 * @since 0.1
 */
public class FlowFailedException extends FlowException {

    private final transient Run<?> run;
    private final @Nullable String task;
    private final transient RunSnapshot snapshot;

    /**
     * For the runtime.
     *
     * @param task the task that failed; null if the run failed as a whole, as at its deadline
     */
    public FlowFailedException(
            String message, @Nullable Throwable cause, Run<?> run, @Nullable String task, RunSnapshot snapshot) {
        super(message, cause);
        this.run = run;
        this.task = task;
        this.snapshot = snapshot;
    }

    /**
     * The run that failed, to be resumed for example. An exception cannot be generic, so its result has no type here: who
     * wants the typed result of a resumed run begins it with {@code start} and keeps the {@link Run}.
     */
    public Run<?> run() {
        return run;
    }

    /** The name of the task that failed first; null if the run failed as a whole, as at its deadline. */
    public @Nullable String task() {
        return task;
    }

    /** How the run stood when it failed; its {@link RunSnapshot#report()} is for people to read. */
    public RunSnapshot snapshot() {
        return snapshot;
    }
}
