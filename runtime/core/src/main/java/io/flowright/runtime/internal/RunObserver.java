package io.flowright.runtime.internal;

import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowListener;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.spi.ContextPropagation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Tells listeners what happens in one run, and puts the caller's context and the logging context on the threads of its tasks.
 * Runs that nobody watches have none.
 */
final class RunObserver {

    private static final Logger log = LoggerFactory.getLogger(RunObserver.class);

    private static final int MOST_KEPT = 1_000;

    /** Makes an event once its place among those of the run is known. */
    interface EventMaker {
        FlowEvent make(String flow, String runId, long sequence, Instant at);
    }

    private final FlowRun<?> run;
    private final EngineCore core;
    private final List<ContextPropagation.Captured> captured;

    /** The logging context of the thread that started the run; null: it was empty. */
    private final @Nullable Map<String, String> logged;

    /** Events of a run are delivered one at a time, in order. */
    private final ReentrantLock turn = new ReentrantLock();

    /** Events that a listener caused while it was being told of another. */
    private final Queue<EventMaker> caused = new ArrayDeque<>();

    /** For who asks why the run failed; guarded by itself. A run of many thousand tasks is not kept twice. */
    private final Deque<FlowEvent> told = new ArrayDeque<>();

    private long sequence;

    RunObserver(EngineCore core, FlowRun<?> run) {
        this.core = core;
        this.run = run;
        List<ContextPropagation.Captured> contexts = new ArrayList<>();
        for (ContextPropagation propagation : core.propagations()) {
            contexts.add(propagation.capture());
        }
        captured = List.copyOf(contexts);
        Map<String, String> callers = core.mdc() ? MDC.getCopyOfContextMap() : null;
        logged = callers == null || callers.isEmpty() ? null : callers;
    }

    void emit(EventMaker maker) {
        if (core.listeners().isEmpty()) {
            return;
        }
        if (turn.isHeldByCurrentThread()) {
            caused.add(maker);
            return;
        }
        turn.lock();
        try {
            EventMaker next = maker;
            while (next != null) {
                try {
                    deliver(next.make(
                            run.graph.name(), run.id(), sequence++, core.clock().now()));
                } catch (Throwable t) {
                    // The clock is the user's; what it throws changes nothing for the run.
                    log.error("An event of flow {} is lost", run.graph.name(), t);
                }
                next = caused.poll();
            }
        } finally {
            turn.unlock();
        }
    }

    private void deliver(FlowEvent event) {
        if (!(event instanceof FlowEvent.TaskProgressed)) {
            synchronized (told) {
                if (told.size() == MOST_KEPT) {
                    told.remove();
                }
                told.add(event);
            }
        }
        for (FlowListener listener : core.listeners()) {
            try {
                listener.on(event);
            } catch (Throwable t) {
                log.warn("Listener {} failed on {}", listener, event.getClass().getSimpleName(), t);
            }
        }
    }

    /** What listeners were told last, in order, but of progress. */
    List<FlowEvent> told() {
        synchronized (told) {
            return List.copyOf(told);
        }
    }

    /** A thread comes to work on the run; what its logging context held is to be put back when it leaves. */
    @Nullable
    LoggingContext enterThread() {
        return core.mdc() ? LoggingContext.enter(logged) : null;
    }

    /** Runs a direct task in the caller's context. */
    void run(FlowFrame<?> frame, int task, int attempt) throws Throwable {
        List<ContextPropagation.Scope> scopes = open(run.graph.task(task).name(), Place.NO_ELEMENT, attempt);
        try {
            frame.run(task);
        } finally {
            close(scopes);
        }
    }

    /** Calls the method of a direct task for one element in the caller's context. */
    @Nullable
    Object runElement(FlowFrame<?> frame, int task, int index, @Nullable Object element) throws Throwable {
        List<ContextPropagation.Scope> scopes = open(run.graph.task(task).name(), index, 1);
        try {
            return frame.runElement(task, element);
        } finally {
            close(scopes);
        }
    }

    /** Calls the method of a managed task, or its fallback, in the caller's context. */
    @Nullable
    Object call(Attempt attempt) throws Throwable {
        List<ContextPropagation.Scope> scopes = open(attempt.task(), attempt.element(), attempt.attempt());
        try {
            return attempt.call();
        } finally {
            close(scopes);
        }
    }

    void started(String task, int element, int attempt) {
        emit((flow, id, number, at) ->
                new FlowEvent.TaskStarted(flow, id, number, at, task, indexOf(element), attempt));
    }

    void skipped(String task) {
        emit((flow, id, number, at) -> new FlowEvent.TaskSkipped(flow, id, number, at, task));
    }

    void attemptFailed(String task, int element, int attempt, Throwable failure) {
        emit((flow, id, number, at) ->
                new FlowEvent.TaskAttemptFailed(flow, id, number, at, task, indexOf(element), attempt, failure));
    }

    void retryScheduled(String task, int element, int nextAttempt, Duration delay) {
        emit((flow, id, number, at) ->
                new FlowEvent.RetryScheduled(flow, id, number, at, task, indexOf(element), nextAttempt, delay));
    }

    void succeeded(String task, int element, int attempts, long began) {
        // Within: a clock that fails must not undo what has been recorded.
        emit((flow, id, number, at) -> new FlowEvent.TaskSucceeded(
                flow,
                id,
                number,
                at,
                task,
                indexOf(element),
                attempts,
                Duration.ofNanos(core.clock().nanos() - began)));
    }

    void failed(String task, int element, int attempts, Throwable failure) {
        emit((flow, id, number, at) ->
                new FlowEvent.TaskFailed(flow, id, number, at, task, indexOf(element), attempts, failure));
    }

    /** The event is of the moment at which its turn comes, so that of two threads none tells of less than was told before. */
    void progressed(String task, int element, ProgressLog said) {
        emit((flow, id, number, at) -> new FlowEvent.TaskProgressed(
                flow, id, number, at, task, indexOf(element), said.done(), said.total(), said.detail()));
    }

    void abandoned(String task, int element, int attempt, Thread thread) {
        emit((flow, id, number, at) ->
                new FlowEvent.TaskAbandoned(flow, id, number, at, task, indexOf(element), attempt, thread.getName()));
    }

    /** As events have it. */
    private static @Nullable Integer indexOf(int element) {
        return element == Place.NO_ELEMENT ? null : element;
    }

    void compensated(String task, int element, int attempts) {
        emit((flow, id, number, at) ->
                new FlowEvent.TaskCompensated(flow, id, number, at, task, indexOf(element), attempts));
    }

    void compensationFailed(String task, int element, int attempts, Throwable failure) {
        emit((flow, id, number, at) ->
                new FlowEvent.TaskCompensationFailed(flow, id, number, at, task, indexOf(element), attempts, failure));
    }

    private List<ContextPropagation.Scope> open(String task, int element, int attempt) {
        if (core.mdc()) {
            LoggingContext.begin(run.graph.name(), run.id(), task, element, attempt);
        }
        if (captured.isEmpty()) {
            return List.of();
        }
        List<ContextPropagation.Scope> scopes = new ArrayList<>(captured.size());
        try {
            for (ContextPropagation.Captured context : captured) {
                scopes.add(context.open());
            }
            return scopes;
        } catch (Throwable t) {
            close(scopes);
            throw t;
        }
    }

    private void close(List<ContextPropagation.Scope> scopes) {
        for (int i = scopes.size() - 1; i >= 0; i--) {
            try {
                scopes.get(i).close();
            } catch (Throwable t) {
                // It is not the task's failure, and the others are to be closed all the same.
                log.warn("A propagated context could not be closed", t);
            }
        }
        if (core.mdc()) {
            LoggingContext.end();
        }
    }
}
