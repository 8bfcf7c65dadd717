package io.flowright.runtime.internal;

import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunSnapshot;
import io.flowright.runtime.generated.FlowGraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What failed in a run, the first failure first. Guarded by the run's lock. */
final class RunFailures {

    /** A failure; task {@link ReadyTasks#NONE}: of the run as a whole. */
    record Failure(int task, Throwable cause) {}

    private final List<Failure> failures = new ArrayList<>(1);

    void add(int task, Throwable cause) {
        failures.add(new Failure(task, cause));
    }

    List<Failure> all() {
        return List.copyOf(failures);
    }

    Throwable first() {
        return failures.get(0).cause();
    }

    @Nullable
    Throwable of(int task) {
        for (Failure failure : failures) {
            if (failure.task() == task) {
                return failure.cause();
            }
        }
        return null;
    }

    /** What the caller of the run gets. An Error is thrown as the same object. */
    static FlowFailedException exception(List<Failure> failures, FlowGraph graph, Run<?> run, RunSnapshot snapshot) {
        for (Failure failure : failures) {
            if (failure.cause() instanceof Error error) {
                throw error;
            }
        }
        Failure first = failures.get(0);
        String task = first.task() == ReadyTasks.NONE
                ? null
                : graph.task(first.task()).name();
        String subject = task == null ? "flow " + graph.name() : "task " + task + " of flow " + graph.name();
        FlowFailedException exception =
                new FlowFailedException(subject + " failed: " + first.cause(), first.cause(), run, task, snapshot);
        for (Failure failure : failures) {
            if (!failure.cause().equals(first.cause())) {
                exception.addSuppressed(failure.cause());
            }
        }
        return exception;
    }
}
