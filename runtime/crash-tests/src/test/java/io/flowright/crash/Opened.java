package io.flowright.crash;

import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TypedFlow;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A flow on an engine, whatever its result is. Its input is the id of the run. */
interface Opened {

    /** Starts the run with this id, or joins it. */
    Run<?> start(String id);

    /** The run with this id. */
    Run<?> find(String id);

    /** Waits for a run of the flow: its result as text, or the task that failed and why. */
    String outcome(Run<?> run);

    /** @param <R> the flow's result type */
    record Of<R>(TypedFlow<R> flow, BiFunction<RunOptions, String, Run<R>> starting, Function<R, String> text)
            implements Opened {

        @Override
        public Run<?> start(String id) {
            return starting.apply(RunOptions.id(id), id);
        }

        @Override
        public Run<?> find(String id) {
            return flow.find(id).orElseThrow();
        }

        @Override
        @SuppressWarnings("unchecked") // Runs of this flow.
        public String outcome(Run<?> run) {
            try {
                return text.apply((R) run.result());
            } catch (FlowFailedException e) {
                return e.task() + ": " + e.getCause().getMessage();
            }
        }
    }
}
