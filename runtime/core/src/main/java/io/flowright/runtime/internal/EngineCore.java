package io.flowright.runtime.internal;

import io.flowright.runtime.EngineRejectedException;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowListener;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunConflictException;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.spi.ContextPropagation;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.IdempotencyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/** An engine from the inside: what its runs share. Thread-safe. */
public final class EngineCore {

    private static final Logger log = LoggerFactory.getLogger(EngineCore.class);

    private final EngineSettings settings;
    private final @Nullable HelperPool pool;
    private final @Nullable ExecutorService ownThreads;
    private final NamedPolicies policies = new NamedPolicies(EngineCore::breakerChanged);
    private final ActiveRuns active = new ActiveRuns();
    private final RunRegistry registry = new RunRegistry();
    private final IdempotencyStore idempotency;
    private final @Nullable Semaphore permits;
    private final boolean mdc;
    private final boolean observed;

    /** Whether runs whose tasks are all direct need nothing of a {@link FlowRun}. */
    private final boolean straight;

    private volatile boolean closed;

    public EngineCore(EngineSettings settings) {
        this.settings = settings;
        if (settings.threads() == 0) {
            ownThreads = null;
            pool = null;
        } else {
            Executor executor = settings.executor();
            ownThreads = executor != null ? null : EngineThreads.create(settings.virtualThreads());
            pool = new HelperPool(
                    executor != null ? executor : Objects.requireNonNull(ownThreads), settings.threads(), this::works);
        }
        IdempotencyStore store = settings.idempotency();
        idempotency = store != null
                ? store
                : new MemoryIdempotencyStore(settings.rememberedResults(), settings.rememberedFor(), settings.clock());
        permits = settings.maxActiveRuns() == 0 ? null : new Semaphore(settings.maxActiveRuns(), true);
        mdc = settings.mdc() && !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);
        observed = mdc
                || !settings.listeners().isEmpty()
                || !settings.propagations().isEmpty();
        straight = pool == null && !observed && permits == null;
    }

    /** A flow will run here; its named policies must agree with those that are known. */
    public void register(FlowGraph graph) {
        policies.register(graph);
    }

    /** The graph as Mermaid text. */
    public String diagram(FlowGraph graph) {
        return Mermaid.of(graph);
    }

    /** Runs a flow to its end for the calling thread. */
    public <R> R execute(FlowGraph graph, RunOptions options, FlowFrame<R> frame) {
        if (straight && graph.direct() && options == RunOptions.none()) {
            return straightLine(graph, frame);
        }
        FlowRun<R> run = new FlowRun<>(this, graph, frame, options);
        FlowRun<R> known = options.id() == null ? null : join(run);
        if (known != null) {
            return known.result();
        }
        open(run, true);
        if (pool == null || settings.callerRuns() || works()) {
            return run.runHere();
        }
        return run.runThere();
    }

    /** Starts a flow; on a sequential engine it has ended when this returns. */
    public <R> Run<R> launch(FlowGraph graph, RunOptions options, FlowFrame<R> frame) {
        FlowRun<R> run = new FlowRun<>(this, graph, frame, options);
        FlowRun<R> known = join(run);
        if (known != null) {
            return known;
        }
        open(run, false);
        run.start();
        return run;
    }

    /** As {@link #launch}, for callers that want the result alone. */
    public <R> CompletableFuture<R> executeAsync(FlowGraph graph, RunOptions options, FlowFrame<R> frame) {
        return launch(graph, options, frame).future();
    }

    /** The run of this flow with this id, while the engine knows it. */
    public <R> Optional<Run<R>> find(FlowGraph graph, String id) {
        return Optional.ofNullable(EngineCore.<R>typed(registry.find(graph.name(), id)));
    }

    private <R> R straightLine(FlowGraph graph, FlowFrame<R> frame) {
        int place = active.enter(frame);
        Throwable failure;
        try {
            checkOpen();
            frame.runAll();
            return frame.result();
        } catch (Throwable t) {
            failure = t;
        } finally {
            active.leave(place, frame);
        }
        if (frame.position() < 0) {
            // The engine is closed.
            throw (RuntimeException) failure;
        }
        FlowRun<R> run = new FlowRun<>(this, graph, frame, RunOptions.none());
        run.beginStopped(frame.position(), failure);
        return run.result();
    }

    /** Registers the run by its id; returns the run that has the id already, if its inputs are the same. */
    private <R> @Nullable FlowRun<R> join(FlowRun<R> run) {
        FlowRun<?> known = registry.add(run);
        if (known == null) {
            return null;
        }
        if (!Arrays.deepEquals(known.frame.inputs(), run.frame.inputs())) {
            throw new RunConflictException(run.id());
        }
        return typed(known);
    }

    /** Runs of one flow have one result type. */
    @SuppressWarnings("unchecked")
    private static <R> @Nullable FlowRun<R> typed(@Nullable FlowRun<?> run) {
        return (FlowRun<R>) run;
    }

    private void open(FlowRun<?> run, boolean awaited) {
        try {
            checkOpen();
            // A run within a run must not wait for the permit that the outer one holds.
            if (permits != null && !works()) {
                acquire(run);
            }
        } catch (RuntimeException e) {
            registry.remove(run);
            // Others may have joined it by its id meanwhile, and wait.
            run.cancel();
            throw e;
        }
        run.noted(awaited ? active.addAwaited(run) : active.add(run));
    }

    private void acquire(FlowRun<?> run) {
        Semaphore limit = Objects.requireNonNull(permits);
        if (settings.refuse()) {
            if (!limit.tryAcquire()) {
                throw new EngineRejectedException("Flow '" + run.graph.name() + "' was refused: "
                        + settings.maxActiveRuns() + " runs are active, as many as the engine permits");
            }
        } else {
            limit.acquireUninterruptibly();
        }
        run.holdPermit();
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("The engine is closed");
        }
    }

    /** Nothing of the run goes on; it is about to have this status. */
    void settled(FlowRun<?> run, int noted, boolean permit, RunStatus ending) {
        active.remove(noted, run);
        if (ending != RunStatus.PAUSED) {
            ended(run);
        }
        if (permit && permits != null) {
            permits.release();
        }
    }

    /** A run ended with a request for help unanswered. */
    void forgetRequest() {
        if (pool != null) {
            pool.forget();
        }
    }

    /** The run will not go on by itself. */
    void ended(FlowRun<?> run) {
        if (run.isNamed()) {
            registry.release(run);
        }
    }

    /** The run is active again. */
    void resumed(FlowRun<?> run) {
        run.noted(active.add(run));
        if (run.isNamed()) {
            registry.hold(run);
        }
    }

    /** Whether the calling thread runs a task of this engine. */
    boolean works() {
        for (Worker worker = Worker.current(); worker != null; worker = worker.outer) {
            if (worker.run.core == this) {
                return true;
            }
        }
        return false;
    }

    void reportAbandoned(FlowRun<?> run, String task, int attempt, Thread thread) {
        log.warn(
                "Task '{}' of flow '{}' did not heed its interrupt for {}; its thread {} is given up",
                task,
                run.graph.name(),
                settings.abandonAfter(),
                thread.getName());
        if (run.observer != null) {
            run.observer.emit((flow, id, sequence, at) ->
                    new FlowEvent.TaskAbandoned(flow, id, sequence, at, task, attempt, thread.getName()));
        }
    }

    /** Breakers change on the thread of the attempt that changes them. */
    private static void breakerChanged(String breaker, String state) {
        Worker worker = Worker.current();
        if (worker != null && worker.run.observer != null) {
            worker.run.observer.emit(
                    (flow, id, sequence, at) -> new FlowEvent.BreakerChanged(flow, id, sequence, at, breaker, state));
        }
    }

    /** Takes no new run, waits for the active ones, and after the close timeout cancels what is left. */
    public void close() {
        closed = true;
        drain(settings.closeTimeout());
        active.cancelAll();
        if (!drain(Duration.ofNanos(Nanos.of(settings.abandonAfter())).plusSeconds(1))) {
            log.warn("The engine was closed while some of its runs were still busy");
        }
        if (ownThreads != null) {
            ownThreads.shutdown();
        }
    }

    /** Waits until no run is active; returns false if the time ran out or the thread was interrupted, whose flag stays set. */
    private boolean drain(Duration limit) {
        long end = System.nanoTime() + Nanos.of(limit);
        while (!active.isEmpty()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    @Nullable
    HelperPool pool() {
        return pool;
    }

    FlowClock clock() {
        return settings.clock();
    }

    NamedPolicies policies() {
        return policies;
    }

    IdempotencyStore idempotency() {
        return idempotency;
    }

    Duration abandonAfter() {
        return settings.abandonAfter();
    }

    List<FlowListener> listeners() {
        return settings.listeners();
    }

    List<ContextPropagation> propagations() {
        return settings.propagations();
    }

    boolean mdc() {
        return mdc;
    }

    boolean observed() {
        return observed;
    }
}
