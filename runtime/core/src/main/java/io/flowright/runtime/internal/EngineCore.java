package io.flowright.runtime.internal;

import io.flowright.runtime.EngineRejectedException;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowInterruptedException;
import io.flowright.runtime.FlowListener;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunConflictException;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.internal.desk.RunDesk;
import io.flowright.runtime.internal.store.FlowValues;
import io.flowright.runtime.spi.ContextPropagation;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.IdempotencyStore;
import io.flowright.runtime.spi.VirtualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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
    private final @Nullable Permits permits;
    private final boolean mdc;
    private final boolean observed;

    /** Whether runs whose tasks are all direct need nothing of a {@link FlowRun}. */
    private final boolean straight;

    /** Null: the engine is in memory. */
    private final @Nullable DurableEngine durable;

    private final RunDesk desk;

    /** How many threads with a task of this engine wait for runs that did not go on here when they began to wait. */
    private final AtomicInteger waiting = new AtomicInteger();

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
        permits = settings.maxActiveRuns() == 0 ? null : new Permits(settings.maxActiveRuns());
        mdc = settings.mdc() && !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);
        observed = mdc
                || !settings.listeners().isEmpty()
                || !settings.propagations().isEmpty();
        StoreSettings stored = settings.store();
        straight = pool == null && !observed && permits == null && stored == null;
        durable = stored == null ? null : new DurableEngine(this, stored);
        desk = durable == null ? RunDesk.empty() : durable.desk().by(RunDesk.user());
    }

    /** How a run becomes one of the active ones. */
    enum Admission {
        /** The engine has no bound for it. */
        FREE,
        /** It holds one of the permits and has to give it back. */
        WITH_PERMIT,
        /** It is no longer to become active. */
        UNWANTED
    }

    /** A flow will run here; its named policies must agree with those that are known. */
    public void register(FlowGraph graph) {
        policies.register(graph);
    }

    /** The flow is complete: runs of it that a store has may be continued here. */
    public void register(FlowGraph graph, FlowRecording<?> recording) {
        if (durable != null) {
            durable.register(graph, Objects.requireNonNull(recording, "recording"));
        }
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
        FlowRun<R> run = new FlowRun<>(this, graph, recorded(graph, frame), options);
        FlowRun<R> known = options.id() == null && run.journal == null ? null : join(run);
        if (known != null) {
            return known.result();
        }
        open(run, true);
        Run<R> stored = recordBegin(run);
        if (stored != null) {
            return stored.result();
        }
        if (pool == null || settings.callerRuns() || works()) {
            return run.runHere();
        }
        return run.runThere();
    }

    /** Starts a flow; on a sequential engine it has ended when this returns. */
    public <R> Run<R> launch(FlowGraph graph, RunOptions options, FlowFrame<R> frame) {
        FlowRun<R> run = new FlowRun<>(this, graph, recorded(graph, frame), options);
        FlowRun<R> known = join(run);
        if (known != null) {
            return known;
        }
        open(run, false);
        Run<R> stored = recordBegin(run);
        if (stored != null) {
            return stored;
        }
        run.start();
        return run;
    }

    private <R> FlowFrame<R> recorded(FlowGraph graph, FlowFrame<R> frame) {
        FlowValues<R> values = durable == null ? null : durable.values(graph);
        return values == null ? frame : values.recorded(frame);
    }

    /** In a store the run is before anything of it happens; returns the run that is there instead, if there is one. */
    private <R> @Nullable Run<R> recordBegin(FlowRun<R> run) {
        if (durable == null || run.journal == null) {
            return null;
        }
        durable.owns(run);
        try {
            if (run.recordBegin()) {
                return null;
            }
            Run<R> stored = durable.join(run);
            discard(run, new MovedException(run.id()));
            return stored;
        } catch (RuntimeException e) {
            discard(run, e);
            throw e;
        } catch (Error e) {
            discard(run, new IllegalStateException("run " + run.id() + " could not begin", e));
            throw e;
        }
    }

    /** The run does not come to start. Others may have joined it by its id meanwhile, and wait. */
    private void discard(FlowRun<?> run, RuntimeException reason) {
        registry.remove(run);
        run.discard(reason);
    }

    /**
     * A run of the store has been adopted and is to go on here. There was room for it when the store was asked; if that is taken
     * now, the run is one too many for a while: nobody else would go on with it.
     */
    void adopted(FlowRun<?> run) {
        if (permits != null) {
            permits.take();
        }
        found(run, permits == null ? Admission.FREE : Admission.WITH_PERMIT);
    }

    /** A run of the store is to go on here. */
    void found(FlowRun<?> run, Admission admission) {
        FlowRun<?> before = registry.replace(run);
        if (before != null) {
            // Somebody may wait for it, though nobody asks.
            EngineThreads.runForTimer(before::lookElsewhere);
        }
        if (admission == Admission.WITH_PERMIT) {
            run.holdPermit();
        }
        run.noted(active.add(run));
        if (durable != null) {
            durable.owns(run);
        }
    }

    /** How many runs may be added to those that are active, at most this many. */
    int room(int most) {
        return permits == null ? most : Math.min(most, Math.max(0, permits.free()) + waiting.get());
    }

    /**
     * The calling thread, which runs a task, waits for a run that goes on elsewhere, or nowhere yet. It may be one that is to be adopted
     * here, after others: so meanwhile the engine adopts beyond its bound, one more with each beat, and has a thread in place of this one.
     */
    void beginToWait() {
        waiting.incrementAndGet();
        if (pool != null && helps()) {
            pool.replace();
        }
    }

    /** After {@link #beginToWait}. */
    void goOn() {
        waiting.decrementAndGet();
        if (pool != null && helps()) {
            pool.goesOn();
        }
    }

    /** Whether the calling thread is one of the pool's. */
    private boolean helps() {
        return stays(worker -> worker.helper);
    }

    /** The run of this flow with this id that goes on here; null: there is none. */
    <R> @Nullable FlowRun<R> here(FlowGraph graph, String id) {
        FlowRun<R> known = typed(registry.find(graph.name(), id));
        return known != null && known.isOfEngine() && known.isActive() ? known : null;
    }

    /** Whether the run is the one that is known by its id. */
    boolean knows(FlowRun<?> run) {
        return registry.find(run.graph.name(), run.id()) == run;
    }

    /** The engine's side of its store; null: it is in memory. */
    @Nullable
    DurableEngine durable() {
        return durable;
    }

    /** The run as the store has it; empty: it has none of this flow. */
    <R> Optional<StoredRun<R>> stored(FlowGraph graph, String id) {
        return durable == null ? Optional.empty() : durable.find(graph, id, null);
    }

    /** What operators do to the runs in the store. */
    public RunDesk desk() {
        return desk;
    }

    /** Does what follows a write and may come to run user code, off the writer's thread. */
    void offWriter(Runnable action) {
        if (settings.executor() == null) {
            action.run();
        } else {
            EngineThreads.runForTimer(action);
        }
    }

    /** As {@link #launch}, for callers that want the result alone. */
    public <R> CompletableFuture<R> executeAsync(FlowGraph graph, RunOptions options, FlowFrame<R> frame) {
        return launch(graph, options, frame).future();
    }

    /** The run of this flow with this id, while the engine knows it. */
    public <R> Optional<Run<R>> find(FlowGraph graph, String id) {
        FlowRun<R> known = typed(registry.find(graph.name(), id));
        return known != null && !known.isLost()
                ? Optional.of(known)
                : this.<R>stored(graph, id).map(run -> run);
    }

    private <R> R straightLine(FlowGraph graph, FlowFrame<R> frame) {
        int place = active.enter(frame);
        Throwable failure;
        FlowRun<R> run;
        try {
            checkOpen();
            frame.runAll();
            return frame.result();
        } catch (Throwable t) {
            if (frame.position() < 0) {
                // The engine is closed.
                throw (RuntimeException) t;
            }
            failure = t;
            run = new FlowRun<>(this, graph, frame, RunOptions.none());
            // Before it is no longer known as a straight line, so that a close of the engine waits for it.
            run.noted(active.addAwaited(run));
        } finally {
            active.leave(place, frame);
        }
        boolean interrupted = !frame.stopped() && CallerInterrupts.takeBehind(failure);
        try {
            return run.endStopped(frame.position(), failure, interrupted);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Registers the run by its id; returns the run that has the id already, if its inputs are the same. */
    private <R> @Nullable FlowRun<R> join(FlowRun<R> run) {
        FlowRun<?> known = registry.add(run);
        while (known != null && known.isLost()) {
            // It goes on, or will, as the store has it.
            registry.remove(known);
            known = registry.add(run);
        }
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
            if (admit(run.graph, run.priority(), run::isPending) == Admission.WITH_PERMIT) {
                run.holdPermit();
            }
        } catch (RuntimeException e) {
            registry.remove(run);
            // Others may have joined it by its id meanwhile, and wait.
            run.cancelHere();
            throw e;
        }
        run.noted(awaited ? active.addAwaited(run) : active.add(run));
        if (closed) {
            // Looked at again, because who closes the engine waits for what is active by then.
            IllegalStateException late = isClosed();
            discard(run, late);
            throw late;
        }
    }

    /**
     * If the engine bounds its active runs, waits until one of this flow may become one of them, or refuses it.
     *
     * @param wanted whether the run is still to become active
     */
    Admission admit(FlowGraph graph, int priority, BooleanSupplier wanted) {
        // A run within a run must not wait for the permit that the outer one holds.
        if (permits == null || works()) {
            return Admission.FREE;
        }
        if (!settings.refuse()) {
            try {
                if (!permits.acquire(priority, wanted)) {
                    return Admission.UNWANTED;
                }
                if (closed) {
                    permits.release();
                    throw isClosed();
                }
                return Admission.WITH_PERMIT;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FlowInterruptedException(
                        "interrupted while flow '" + graph.name() + "' waited until it may run", e);
            }
        }
        if (!permits.tryAcquire()) {
            throw new EngineRejectedException("Flow '" + graph.name() + "' was refused: " + settings.maxActiveRuns()
                    + " runs are active, as many as the engine permits");
        }
        return Admission.WITH_PERMIT;
    }

    boolean isClosing() {
        return closed;
    }

    void checkOpen() {
        if (closed) {
            throw isClosed();
        }
    }

    private static IllegalStateException isClosed() {
        return new IllegalStateException("The engine is closed");
    }

    /** Nothing of the run goes on; it is about to have this status. */
    void settled(FlowRun<?> run, int noted, boolean permit, RunStatus ending) {
        active.remove(noted, run);
        if (durable != null) {
            durable.disowns(run);
        }
        if (ending != RunStatus.PAUSED) {
            ended(run);
        }
        if (permit) {
            releasePermit();
        }
    }

    private void releasePermit() {
        if (permits != null) {
            permits.release();
        }
    }

    /** What was admitted does not become active. */
    void giveUp(Admission admission) {
        if (admission == Admission.WITH_PERMIT) {
            releasePermit();
        }
    }

    /** The run has changed so that it may no longer want a permit for which it waits. */
    void reconsiderPermits() {
        if (permits != null) {
            permits.reconsider();
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
        if (durable != null) {
            durable.owns(run);
        }
        if (run.isNamed()) {
            registry.hold(run);
        }
    }

    /** Whether the calling thread runs a task of this engine. */
    boolean works() {
        return stays(worker -> true);
    }

    /** Whether the calling thread is in a run of this engine as such a worker. */
    private boolean stays(Predicate<Worker> as) {
        for (Worker worker = Worker.current(); worker != null; worker = worker.outer) {
            if (worker.run.core == this && as.test(worker)) {
                return true;
            }
        }
        return false;
    }

    void reportAbandoned(FlowRun<?> run, String task, int element, int attempt, Thread thread) {
        log.warn(
                "Task '{}'{} of flow '{}' did not heed its interrupt for {}; its thread {} is given up",
                task,
                element == Place.NO_ELEMENT ? "" : ", element " + element + ",",
                run.graph.name(),
                Durations.text(settings.abandonAfter()),
                thread.getName());
        if (run.observer != null) {
            run.observer.abandoned(task, element, attempt, thread);
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
        if (durable != null) {
            durable.beginClosing();
        }
        drain(settings.closeTimeout());
        if (durable != null) {
            durable.hurry();
        }
        active.cancelAll();
        if (!drain(Duration.ofNanos(Nanos.of(settings.abandonAfter())).plusSeconds(1))) {
            log.warn("The engine was closed while some of its runs were still busy");
        }
        if (durable != null) {
            durable.close();
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

    /**
     * Runs {@code action}, which may come to call user code, after {@code delay}, off the thread of the clock. A clock that
     * is moved by hand runs it itself: who moves it is to see what came of it.
     */
    FlowClock.Scheduled schedule(Duration delay, Runnable action) {
        FlowClock clock = settings.clock();
        FlowClock.Scheduled scheduled =
                clock.schedule(delay, clock instanceof VirtualClock ? action : () -> EngineThreads.runForTimer(action));
        return () -> {
            try {
                scheduled.cancel();
            } catch (Throwable t) {
                // The clock is the user's. Who cancels is about to give back what others wait for.
                log.error("The clock did not cancel an action", t);
            }
        };
    }

    NamedPolicies policies() {
        return policies;
    }

    IdempotencyStore idempotency() {
        return idempotency;
    }

    /** The idempotency store that the engine was given; null: none. */
    @Nullable
    IdempotencyStore ownIdempotency() {
        return settings.idempotency();
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
