package io.flowright.runtime.internal;

import io.flowright.runtime.CancelMode;
import io.flowright.runtime.FlowInterruptedException;
import io.flowright.runtime.PauseMode;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunDetachedException;
import io.flowright.runtime.RunPausedException;
import io.flowright.runtime.RunSnapshot;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.spi.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A run that is not worked on here, as its store has it. */
final class StoredRun<R> implements Run<R> {

    private static final long FIRST_PAUSE = 10;
    private static final long LONGEST_PAUSE = 500;

    private final EngineCore core;
    private final DurableEngine engine;
    private final FlowGraph graph;
    private final String id;
    private final @Nullable Instant createdAt;

    /** @param createdAt when the run began, for the id may be another's when it has been purged; null: whichever has the id */
    StoredRun(EngineCore core, DurableEngine engine, FlowGraph graph, String id, @Nullable Instant createdAt) {
        this.core = core;
        this.engine = engine;
        this.graph = graph;
        this.id = id;
        this.createdAt = createdAt;
    }

    private RunRecord found() {
        return engine.patiently(() -> engine.stored(id, createdAt))
                .orElseThrow(() -> new IllegalStateException("run " + id + " is no longer in " + engine.store()));
    }

    /** Whether the run is the one that has its id. */
    private boolean isStored() {
        return engine.patiently(() -> engine.stored(id, createdAt)).isPresent();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public RunStatus status() {
        return found().status();
    }

    @Override
    public R result() {
        try {
            return result(Long.MAX_VALUE);
        } catch (TimeoutException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public R result(Duration timeout) throws TimeoutException {
        return result(System.nanoTime() + Nanos.of(Objects.requireNonNull(timeout, "timeout")));
    }

    /** As {@link #result(Duration)}, until a reading of {@link System#nanoTime}. */
    R result(long until) throws TimeoutException {
        if (!core.works()) {
            return await(until, false);
        }
        // A task waits, as for a run that it has started before its process died: it must not keep that from being
        // adopted.
        core.beginToWait();
        try {
            return await(until, true);
        } finally {
            core.goOn();
        }
    }

    /** @param inTask whether the calling thread runs a task of this engine */
    private R await(long until, boolean inTask) throws TimeoutException {
        long pause = FIRST_PAUSE;
        RunRecord found = found();
        while (found.status().isActive()) {
            FlowRun<R> here = inTask ? core.here(graph, id) : null;
            if (here != null) {
                // The thread works on it, else all threads could wait for runs that have none. How it ends the store
                // says.
                here.help(until);
            }
            if (inTask && core.isClosing()) {
                // The run whose task waits is given back as well.
                throw new RunDetachedException(id);
            }
            core.checkOpen();
            if (until != Long.MAX_VALUE && System.nanoTime() - until >= 0) {
                throw new TimeoutException(this + " is " + found.status());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FlowInterruptedException("interrupted while waiting for " + this, e);
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE);
            found = found();
        }
        return outcome(found);
    }

    private R outcome(RunRecord found) {
        return switch (found.status()) {
            case PAUSED -> throw new RunPausedException(id);
            case CANCELLED -> throw new CancellationException(this + " was cancelled");
            default -> engine.<R>read(graph, found).readFound(found);
        };
    }

    @Override
    public CompletableFuture<R> future() {
        CompletableFuture<R> future = new CompletableFuture<>();
        look(future, FIRST_PAUSE);
        return future;
    }

    private void look(CompletableFuture<R> future, long pause) {
        core.schedule(Duration.ofMillis(pause), () -> {
            try {
                RunRecord found = found();
                if (found.status().isActive() || found.status() == RunStatus.PAUSED) {
                    core.checkOpen();
                    if (!future.isDone()) {
                        look(future, Math.min(2 * pause, LONGEST_PAUSE));
                    }
                } else {
                    future.complete(outcome(found));
                }
            } catch (Throwable t) {
                future.completeExceptionally(t);
            }
        });
    }

    @Override
    public RunSnapshot snapshot() {
        RunRecord found = found();
        FlowRun<R> read = engine.read(graph, found);
        try {
            read.readFound(found);
        } catch (Throwable t) {
            // How it ended is in the snapshot too.
        }
        RunSnapshot recorded = read.snapshotAs(found.status(), found.endedAt());
        return found.status().isActive() ? withActivity(recorded) : recorded;
    }

    /** The tasks of a run that goes on elsewhere, as its engine last said. */
    private RunSnapshot withActivity(RunSnapshot recorded) {
        Map<String, TaskSnapshot> active = new HashMap<>();
        engine.store()
                .activity(id)
                .ifPresent(
                        bytes -> engine.<R>known(graph).activity(bytes).forEach(task -> active.put(task.name(), task)));
        return new RunSnapshot(
                recorded.flow(),
                recorded.version(),
                recorded.runId(),
                recorded.status(),
                recorded.startedAt(),
                recorded.finishedAt(),
                recorded.tasks().stream()
                        .map(task ->
                                task.status() == TaskStatus.PENDING ? active.getOrDefault(task.name(), task) : task)
                        .toList(),
                recorded.compensations().stream()
                        .map(task -> task.status() == TaskStatus.COMPENSATING
                                ? active.getOrDefault(task.name(), task)
                                : task)
                        .toList(),
                recorded.warnings());
    }

    @Override
    public boolean resume() {
        core.checkOpen();
        return engine.resume(graph, id, createdAt, false) != null;
    }

    @Override
    public boolean resume(String task, @Nullable Object result) {
        core.checkOpen();
        return engine.resume(graph, id, createdAt, Objects.requireNonNull(task, "task"), result) != null;
    }

    @Override
    public void pause(PauseMode mode) {
        Objects.requireNonNull(mode, "mode");
        if (isStored()) {
            engine.desk().pause(id, mode);
        }
    }

    @Override
    public void cancel() {
        cancel(CancelMode.KEEP);
    }

    @Override
    public void cancel(CancelMode mode) {
        if (Objects.requireNonNull(mode, "mode") == CancelMode.COMPENSATE
                && !graph.compensations().isEmpty()
                && found().status().isResumable()) {
            core.checkOpen();
            engine.resume(graph, id, createdAt, true);
        } else if (isStored()) {
            engine.desk().cancel(id, mode);
        }
    }

    @Override
    public String toString() {
        return "run " + id + " of flow " + graph.name();
    }
}
