package io.flowright.runtime;

import java.util.List;
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
    private final transient List<FlowEvent> events;

    /**
     * For the runtime.
     *
     * @param task the task that failed; null if the run failed as a whole, as at its deadline
     * @param events what listeners were told of the run; empty: there were none
     */
    public FlowFailedException(
            String message,
            @Nullable Throwable cause,
            Run<?> run,
            @Nullable String task,
            RunSnapshot snapshot,
            List<FlowEvent> events) {
        super(message, cause);
        this.run = run;
        this.task = task;
        this.snapshot = snapshot;
        this.events = List.copyOf(events);
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

    /**
     * What happened in the run, here, in order: the last 1,000 events, without those of progress. Empty if the engine has no listener, for
     * then there are none; of a durable run every attempt is on record all the same, see {@link Runs#history}.
     */
    public List<FlowEvent> events() {
        return events;
    }

    /** The {@linkplain RunSnapshot#report() report} of the snapshot, and a line for each of the {@linkplain #events() events}. */
    public String report() {
        StringBuilder text = new StringBuilder(snapshot.report());
        events.forEach(event -> {
            text.append("  ")
                    .append(event.at())
                    .append(' ')
                    .append(event.getClass().getSimpleName());
            if (event instanceof FlowEvent.TaskEvent of) {
                text.append(' ').append(of.task()).append(of.element() == null ? "" : "[" + of.element() + "]");
            }
            text.append('\n');
        });
        return text.toString();
    }
}
