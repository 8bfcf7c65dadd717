package io.flowright.crash.matrix;

import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.InDoubtException;
import io.flowright.runtime.Run;
import java.util.function.Function;

/** A flow on an engine. */
@FunctionalInterface
public interface MortalFlow {

    /**
     * Starts the run with this id, always with the same inputs, or joins it; waits for its end.
     *
     * @return what came of it as text, the same for every undisturbed run; {@link #outcome} makes one
     */
    String end(String run);

    /**
     * As {@link #outcome}, with a person who has whatever is in doubt run again.
     *
     * @param decision what the person does before that
     */
    static <R> String decided(Run<R> run, Runnable decision, Function<R, String> text) {
        while (true) {
            try {
                return text.apply(run.result());
            } catch (FlowFailedException e) {
                if (!(e.getCause() instanceof InDoubtException)) {
                    return failure(e);
                }
                decision.run();
                run.resume();
            }
        }
    }

    /** The result of a run as text; of one that failed the task and the message of its exception. */
    static <R> String outcome(Run<R> run, Function<R, String> text) {
        try {
            return text.apply(run.result());
        } catch (FlowFailedException e) {
            return failure(e);
        }
    }

    private static String failure(FlowFailedException e) {
        Throwable cause = e.getCause();
        return e.task() + ": " + (cause == null ? e : cause).getMessage();
    }
}
