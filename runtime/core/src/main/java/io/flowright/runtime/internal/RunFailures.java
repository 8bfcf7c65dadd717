package io.flowright.runtime.internal;

import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunSnapshot;
import io.flowright.runtime.generated.FlowGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What failed in a run, the first failure first. Guarded by the run's lock. */
final class RunFailures {

    /**
     * A failure.
     *
     * @param task {@link ReadyTasks#NONE}: it is of the run as a whole
     * @param element {@link Place#NO_ELEMENT}: it is of the task as a whole
     */
    record Failure(int task, int element, Throwable cause) {}

    private final List<Failure> failures = new ArrayList<>(1);

    void add(int task, int element, Throwable cause) {
        failures.add(new Failure(task, element, cause));
    }

    List<Failure> all() {
        return List.copyOf(failures);
    }

    Throwable first() {
        return failures.get(0).cause();
    }

    @Nullable
    Failure of(int task) {
        for (Failure failure : failures) {
            if (failure.task() == task) {
                return failure;
            }
        }
        return null;
    }

    /**
     * What the caller of the run gets. An Error is thrown as the same object.
     *
     * @param undone what failed when the run was undone
     * @param events what listeners were told of the run
     */
    static FlowFailedException exception(
            List<Failure> failures,
            List<Failure> undone,
            FlowGraph graph,
            Run<?> run,
            RunSnapshot snapshot,
            List<FlowEvent> events) {
        for (Failure failure : failures) {
            if (failure.cause() instanceof Error error) {
                throw error;
            }
        }
        Failure first = failures.get(0);
        String task = first.task() == ReadyTasks.NONE
                ? null
                : graph.task(first.task()).name();
        String subject =
                task == null ? "flow " + graph.name() : "task " + task + elementOf(first) + " of flow " + graph.name();
        String message = subject + " failed: " + first.cause()
                + undone.stream().map(failure -> also(failure, graph)).collect(Collectors.joining());
        FlowFailedException exception = new FlowFailedException(message, first.cause(), run, task, snapshot, events);
        for (Failure failure : failures) {
            if (!failure.cause().equals(first.cause())) {
                exception.addSuppressed(failure.cause());
            }
        }
        undone.forEach(failure -> exception.addSuppressed(failure.cause()));
        return exception;
    }

    private static String also(Failure failure, FlowGraph graph) {
        String subject = failure.task() == ReadyTasks.NONE
                ? "the compensation"
                : graph.task(failure.task()).name() + elementOf(failure);
        return "; " + subject + " failed: " + failure.cause();
    }

    private static String elementOf(Failure failure) {
        return failure.element() == Place.NO_ELEMENT ? "" : ", element " + failure.element() + ",";
    }
}
