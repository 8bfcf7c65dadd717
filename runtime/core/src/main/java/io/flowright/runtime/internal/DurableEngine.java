package io.flowright.runtime.internal;

import io.flowright.runtime.FlowChangedException;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunConflictException;
import io.flowright.runtime.RunDetachedException;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.internal.desk.RunDesk;
import io.flowright.runtime.internal.store.FlowValues;
import io.flowright.runtime.internal.store.Membership;
import io.flowright.runtime.internal.store.Ownership;
import io.flowright.runtime.internal.store.StoreWriter;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine's side of its store: it says there that it is alive, knows whether its runs are still its own, and adopts those that
 * nobody works on. Thread-safe.
 */
final class DurableEngine {

    private static final Logger log = LoggerFactory.getLogger(DurableEngine.class);

    private static final Duration LONGEST_BEAT = Duration.ofSeconds(1);

    /** How many runs are adopted at a time. */
    private static final int MOST_ADOPTED = 64;

    /** Between two questions to a store that is unavailable. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final EngineCore core;
    private final StoreSettings settings;
    private final RunStore store;
    private final long beat;
    private final Map<String, FlowValues<?>> flows = new ConcurrentHashMap<>();
    private final Thread heart;

    /** Apart from the heart: to load what has been adopted takes its time, and the lease must not wait for it. */
    private final Thread adopter;

    /** Runs that belong to the engine, so that they can be told when they no longer do. */
    private final Set<FlowRun<?>> runs = ConcurrentHashMap.newKeySet();

    /** Null: the engine has lost its lease, and the store has not let it in again. */
    private volatile @Nullable Membership membership;

    /** What keeps it out. */
    private volatile @Nullable RuntimeException outside;

    /** What runs were doing that has not been written. */
    private final Queue<RunActivity> lastWords = new ConcurrentLinkedQueue<>();

    /** Runs of the engine that were resumed and could not be read at once, or are to be read again; for the adopting thread. */
    private final Queue<Claim> resumed = new ConcurrentLinkedQueue<>();

    /** Runs that were adopted and have not been read. Of the adopting thread, as its claimant. */
    private final Queue<Claim> claimed = new ArrayDeque<>();

    private @Nullable Membership claimant;

    /**
     * A run of the engine that nobody works on.
     *
     * @param undo why it is to be undone, if it was found before; else null
     */
    private record Claim(RunRecord run, @Nullable Throwable undo) {}

    private final RunDesk desk;
    private final Commands commands;
    private final StrayRuns strays;
    private final PausedRuns paused;

    private final RunAdministration.Watch watch;

    /** Null: runs are kept for ever. */
    private final @Nullable Caretaker caretaker;

    private volatile boolean closing;
    private volatile boolean closed;

    DurableEngine(EngineCore core, StoreSettings settings) {
        this.core = core;
        this.settings = settings;
        store = settings.store();
        desk = new RunDesk(
                store,
                settings.codec(),
                core.clock(),
                this::replaced,
                Operator.named(settings.owner()).because("called for by the program"));
        membership = enter();
        beat = Math.min(LONGEST_BEAT.toNanos(), settings.lease().toNanos() / 6);
        commands = new Commands(store, runs);
        strays = new StrayRuns(store, runs, settings.lease().toNanos());
        paused = new PausedRuns(beat);
        heart = new Thread(() -> repeat(this::live), "flowright-heartbeat");
        heart.setDaemon(true);
        heart.start();
        adopter = new Thread(() -> repeat(this::adopt), "flowright-adoption");
        adopter.setDaemon(true);
        adopter.start();
        watch = store.administration().watch(() -> LockSupport.unpark(adopter));
        caretaker = settings.retention().periods().isEmpty()
                ? null
                : new Caretaker(store, settings.retention(), core.clock(), settings.owner());
    }

    /** What operators do to the runs in the store, in the engine's name. */
    RunDesk desk() {
        return desk;
    }

    private byte @Nullable [] replaced(FlowVersion flow, byte[] inputs, Map<String, ?> others) {
        FlowValues<?> values = flows.get(flow.flow());
        return values == null || !version(values.graph()).equals(flow) ? null : values.replaced(inputs, others);
    }

    RunStore store() {
        return store;
    }

    /** The engine at its store. */
    Membership membership() {
        Membership current = membership;
        if (current == null) {
            throw new StoreUnavailableException(
                    "the engine has lost its lease at " + store + " and could not enter again",
                    Objects.requireNonNullElseGet(outside, () -> new IllegalStateException("closed")));
        }
        return current;
    }

    private Membership enter() {
        // Nobody has, or had, this name.
        String owner = settings.owner() + "#" + UUID.randomUUID();
        long asked = System.nanoTime();
        store.enter(owner, settings.owner(), settings.lease());
        Ownership ownership = new Ownership(owner, settings.lease(), asked);
        try {
            flows.values().forEach(flow -> announce(owner, flow));
        } catch (RuntimeException | Error failure) {
            // The next attempt is under another name.
            leave(owner);
            throw failure;
        }
        return new Membership(ownership, new StoreWriter(store, ownership));
    }

    private void announce(String owner, FlowValues<?> flow) {
        store.announce(owner, version(flow.graph()), flow.outline());
    }

    // ---- flows -----------------------------------------------------------------------------------------------------

    FlowVersion version(FlowGraph graph) {
        return new FlowVersion(graph.name(), graph.fingerprint());
    }

    void register(FlowGraph graph, FlowRecording<?> recording) {
        FlowValues<?> values = new FlowValues<>(graph, recording, settings.codec(), settings.verifying());
        if (flows.putIfAbsent(graph.name(), values) != null) {
            throw new IllegalStateException("flow " + graph.name()
                    + " is known to this engine already: runs that it finds in its store could be continued by either");
        }
        announce(membership().ownership().owner(), values);
        // What waits in the store is wanted now, not at the next beat.
        LockSupport.unpark(adopter);
    }

    /** Null: the flow is not recorded here. */
    @SuppressWarnings("unchecked") // Flows of one name have one result type: there is but one.
    <R> @Nullable FlowValues<R> values(FlowGraph graph) {
        return (FlowValues<R>) flows.get(graph.name());
    }

    <R> FlowValues<R> known(FlowGraph graph) {
        return Objects.requireNonNull(this.<R>values(graph), graph.name());
    }

    // ---- runs ------------------------------------------------------------------------------------------------------

    void owns(FlowRun<?> run) {
        runs.add(run);
    }

    void disowns(FlowRun<?> run) {
        runs.remove(run);
    }

    /** The run is paused here, and somebody was promised its end. */
    void watch(FlowRun<?> run) {
        paused.add(run);
    }

    /** The run with this id, wherever it is, as {@link #stored} says; empty: there is none of this flow. */
    <R> Optional<StoredRun<R>> find(FlowGraph graph, String id, @Nullable Instant createdAt) {
        return stored(id, createdAt)
                .filter(found -> found.flow().flow().equals(graph.name()))
                .map(found -> new StoredRun<>(core, this, graph, id, found.createdAt()));
    }

    /**
     * What the store has of a run; empty: nothing.
     *
     * @param createdAt when it began, for the id may be another's when it has been purged; null: whichever has the id
     */
    Optional<RunRecord> stored(String id, @Nullable Instant createdAt) {
        return store.find(id).filter(found -> createdAt == null || createdAt.equals(found.createdAt()));
    }

    /**
     * The run in the store that has the id of one that was to begin.
     *
     * @throws RunConflictException if it is of another flow, or has other inputs
     */
    <R> Run<R> join(FlowRun<R> wanted) {
        RunRecord found = store.find(wanted.id()).orElseThrow(() -> new RunConflictException(wanted.id()));
        byte[] inputs = this.<R>known(wanted.graph).inputs(wanted.frame.inputs());
        if (!found.flow().flow().equals(wanted.graph.name()) || !Arrays.equals(found.inputs(), inputs)) {
            throw new RunConflictException(wanted.id());
        }
        return new StoredRun<>(core, this, wanted.graph, wanted.id(), found.createdAt());
    }

    /**
     * A run to look at.
     *
     * @throws FlowChangedException if it was recorded with another graph
     */
    <R> FlowRun<R> read(FlowGraph graph, RunRecord found) {
        checkUnchanged(graph, found);
        return load(this.<R>known(graph), found, true, null);
    }

    /** Adoption asks the store for runs with this graph alone; whoever names a run may name any. */
    private void checkUnchanged(FlowGraph graph, RunRecord found) {
        FlowVersion here = version(graph);
        if (!found.flow().equals(here)) {
            throw new FlowChangedException(
                    found.id(), graph.name(), found.flow().fingerprint(), here.fingerprint());
        }
    }

    private <R> FlowRun<R> load(FlowValues<R> values, RunRecord found, boolean reading, @Nullable Throwable undo) {
        List<TaskRecord> tasks = store.tasks(found.id());
        FlowFrame<R> frame = values.frame(found.inputs());
        RunOptions options = RunOptions.id(found.id());
        if (!found.targets().isEmpty()) {
            options = options.withTarget(found.targets().toArray(String[]::new));
        }
        byte[] activity =
                found.status().isDone() ? null : store.activity(found.id()).orElse(null);
        return new FlowRun<>(
                core, values.graph(), frame, options, new FlowRun.Found(found, tasks, activity, reading, undo));
    }

    /**
     * Goes on with a run that rests, as {@link #stored} says, when the engine may have one more that is active.
     *
     * @param undo whether with its compensations
     * @return null: it does not rest, or somebody else was first
     */
    <R> @Nullable FlowRun<R> resume(FlowGraph graph, String id, @Nullable Instant createdAt, boolean undo) {
        RunRecord found = stored(id, createdAt).orElse(null);
        if (found == null || !found.status().isResumable()) {
            return null;
        }
        checkUnchanged(graph, found);
        return goOn(graph, id, () -> acquire(found, undo));
    }

    private Optional<RunRecord> acquire(RunRecord found, boolean undo) {
        RunStatus next = undo ? RunStatus.COMPENSATING : RunDesk.goingOn(found);
        return acquire(found.id(), membership(), found.status(), next);
    }

    /** Claims a run that rests. An answer that got lost is asked for again: else the run would belong to an engine that does not know it. */
    Optional<RunRecord> acquire(String id, Membership member, RunStatus from, RunStatus to) {
        return patiently(() -> store.acquire(id, member.ownership().owner(), Set.of(from), to));
    }

    /** Asks the store again while it is unavailable, for as long as a lease lasts; not if the thread is interrupted. */
    <T> T patiently(Supplier<T> question) {
        long end = System.nanoTime() + settings.lease().toNanos();
        return patiently(() -> System.nanoTime() - end < 0 && !closing, question);
    }

    /** Asks the store again while it is unavailable and the answer is wanted; not if the thread is interrupted. */
    <T> T patiently(BooleanSupplier wanted, Supplier<T> question) {
        while (true) {
            try {
                return question.get();
            } catch (StoreUnavailableException e) {
                if (!wanted.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(this, PATIENCE.toNanos());
            }
        }
    }

    /** As {@link #resume}, with a result for a task that has failed. */
    <R> @Nullable FlowRun<R> resume(
            FlowGraph graph, String id, @Nullable Instant createdAt, String task, @Nullable Object value) {
        FlowValues<R> values = known(graph);
        int number = graph.numberOf(task);
        RunRecord before = stored(id, createdAt).orElse(null);
        if (number < 0 || graph.task(number).fanOut() != null) {
            throw new IllegalArgumentException("flow " + graph.name() + " has no task " + task + " that runs once");
        }
        if (before == null || before.status() != RunStatus.FAILED) {
            return null;
        }
        checkUnchanged(graph, before);
        List<TaskRecord> records = store.tasks(id);
        Replay.Known known = new Replay(graph, records).of(number);
        if (!Replay.hasFailed(known)) {
            throw new IllegalArgumentException("task " + task + " of run " + id + " has not failed");
        }
        FlowFrame<R> frame = values.frame(before.inputs());
        frame.put(number, value);
        byte[] result = values.result(number, frame);
        TaskRecord end = new TaskRecord(
                task,
                "",
                0,
                Objects.requireNonNull(known).attempts() + 1,
                TaskRecord.Kind.END,
                TaskRecord.Status.SUCCEEDED,
                result,
                null,
                null,
                core.clock().now(),
                null);
        // While the run rests: once it goes on, whoever adopts it when this process has died must know the result.
        RunWrite write = new RunWrite(id, before.epoch(), null, List.of(end), List.of(), null);
        return goOn(
                graph,
                id,
                () -> store.write(List.of(write)).get(0) == RunWrite.Outcome.WRITTEN
                        ? acquire(before, false)
                        : Optional.empty());
    }

    /**
     * Goes on with a run when the engine may have one more that is active.
     *
     * @param id its id
     * @param claim then makes the run this engine's; empty: it is somebody else's
     */
    private <R> @Nullable FlowRun<R> goOn(FlowGraph graph, String id, Supplier<Optional<RunRecord>> claim) {
        EngineCore.Admission admission = core.admit(graph, 0, () -> true);
        RunRecord found = null;
        FlowRun<R> run = null;
        Object claimant = strays.expect(id);
        try {
            found = claim.get().orElse(null);
            if (found != null) {
                run = resumed(graph, found);
                core.found(run, admission);
            }
        } finally {
            strays.arrived(claimant);
            if (run == null) {
                core.giveUp(admission);
            }
        }
        if (found == null || run == null) {
            return null;
        }
        start(run, found);
        return run;
    }

    /** Of runs that belong to the engine those that it does not know. */
    StrayRuns strays() {
        return strays;
    }

    /**
     * A run that belongs to the engine, and that nobody works on, goes on from what the store has of it.
     *
     * @param undo why it is to be undone; null: it is not, or its status says so
     */
    void findAgain(RunRecord found, @Nullable Throwable undo) {
        resumed.add(new Claim(found, undo));
        LockSupport.unpark(adopter);
    }

    private <R> FlowRun<R> resumed(FlowGraph graph, RunRecord found) {
        try {
            return patiently(() -> load(this.<R>known(graph), found, false, null));
        } catch (Throwable t) {
            // It belongs to this engine by now, which goes on with it as soon as it can, or says that nobody can.
            resumed.add(new Claim(found, null));
            LockSupport.unpark(adopter);
            throw t;
        }
    }

    /** What the runs are doing, where that is not what it was at the last beat. A run that has just begun may be over at the next. */
    private List<RunActivity> activities(Membership current) {
        List<RunActivity> activities = lastWords();
        for (FlowRun<?> run : runs) {
            Journal<?> journal = run.journal;
            if (journal != null && journal.belongsTo(current)) {
                try {
                    RunActivity activity = journal.activity();
                    if (activity != null) {
                        activities.add(activity);
                    }
                } catch (RuntimeException | LinkageError | StackOverflowError e) {
                    // What people see is not worth the lease.
                    log.warn("What run {} is doing cannot be said: {}", run.id(), e.toString());
                }
            }
        }
        return activities;
    }

    /** Goes with the next beat, or with the last word of the engine: a run that stops here is no longer asked. */
    void note(RunActivity lastWord) {
        lastWords.add(lastWord);
    }

    private void sayLastWords(Membership current) {
        List<RunActivity> said = lastWords();
        Ownership ownership = current.ownership();
        if (!said.isEmpty() && !ownership.isOver()) {
            try {
                store.renew(ownership.owner(), settings.lease(), said);
            } catch (StoreUnavailableException e) {
                log.warn("How far tasks were is lost: {}", e.toString());
            }
        }
    }

    private List<RunActivity> lastWords() {
        List<RunActivity> said = new ArrayList<>();
        for (RunActivity next = lastWords.poll(); next != null; next = lastWords.poll()) {
            said.add(next);
        }
        return said;
    }

    // ---- the heartbeat ---------------------------------------------------------------------------------------------

    private void repeat(Runnable action) {
        while (!closed) {
            try {
                action.run();
            } catch (StoreUnavailableException e) {
                outside = e;
                log.warn("The store does not answer: {}", e.toString());
            } catch (Throwable t) {
                log.error("The engine will try again what it does at its store", t);
            }
            if (!closed) {
                LockSupport.parkNanos(this, beat);
            }
        }
    }

    private void live() {
        Membership current = membership;
        if (current == null) {
            membership = enter();
            outside = null;
        } else {
            renew(current);
        }
    }

    private void renew(Membership current) {
        Ownership ownership = current.ownership();
        long asked = System.nanoTime();
        boolean unbroken;
        List<RunActivity> activities = ownership.isOver() ? List.of() : activities(current);
        try {
            unbroken = !ownership.isOver() && store.renew(ownership.owner(), settings.lease(), activities);
        } catch (StoreUnavailableException e) {
            lastWords.addAll(activities);
            if (ownership.isOver()) {
                lost(current, e);
            }
            throw e;
        }
        if (unbroken) {
            ownership.renewed(asked);
        } else {
            lost(current, new StoreUnavailableException("the engine did not renew its lease at " + store + " in time"));
        }
    }

    /** The runs may be somebody else's by now. The engine goes on under another name. */
    private void lost(Membership old, RuntimeException reason) {
        log.warn("The engine has lost its lease at {}; its runs stop here, and are adopted by whoever is first", store);
        old.ownership().end();
        membership = null;
        outside = reason;
        for (FlowRun<?> run : runs) {
            Journal<?> journal = run.journal;
            if (journal != null && journal.belongsTo(old)) {
                EngineThreads.runForTimer(() -> run.detach(reason));
            }
        }
        EngineThreads.runForTimer(() -> {
            old.writer().close();
            leave(old.ownership().owner());
        });
    }

    private void leave(String owner) {
        try {
            store.leave(owner);
        } catch (RuntimeException e) {
            log.warn("The store could not be told that the engine ends; it will see: {}", e.toString());
        }
    }

    /** What was claimed is taken up now or, where the store does not answer meanwhile, at a later beat: nobody else will. */
    private void takeUp(Membership member) {
        if (!member.equals(claimant)) {
            // Others may have those of the engine's earlier name.
            claimed.clear();
            claimant = member;
        }
        resumed.removeIf(claim -> {
            if (isOf(member, claim.run())) {
                claimed.add(claim);
                return true;
            }
            // It may have been resumed just now, under a later name: that is for the next beat.
            return !isOf(membership, claim.run());
        });
        Claim next;
        while ((next = claimed.peek()) != null) {
            try {
                adopted(next);
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (Throwable t) {
                log.error(
                        "Run {} cannot be continued now; the engine will try again",
                        next.run().id(),
                        t);
                resumed.add(next);
            }
            claimed.remove();
        }
    }

    private static boolean isOf(@Nullable Membership member, RunRecord run) {
        return member != null && member.ownership().owner().equals(run.owner());
    }

    private void adopt() {
        if (flows.isEmpty() || closing || membership == null) {
            return;
        }
        commands.obey(membership().ownership().owner());
        List<FlowVersion> versions =
                flows.values().stream().map(flow -> version(flow.graph())).toList();
        List<RunRecord> adopted;
        Membership member = membership();
        takeUp(member);
        giveBackStrays(member.ownership().owner());
        paused.look();
        do {
            int room = core.room(MOST_ADOPTED);
            // While the heart waits for the store nobody takes this engine for live: it could not run what it claims.
            if (room == 0 || !member.ownership().mayStart()) {
                return;
            }
            adopted = store.adopt(member.ownership().owner(), versions, room);
            adopted.forEach(run -> claimed.add(new Claim(run, null)));
            takeUp(member);
        } while (adopted.size() == MOST_ADOPTED && !closing);
    }

    private void giveBackStrays(String owner) {
        try {
            strays.giveBack(
                    owner, Stream.concat(claimed.stream(), resumed.stream()).map(Claim::run));
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // What is adopted is worth more than what got lost.
            log.error("The engine cannot say whether it knows all of its runs", e);
        }
    }

    private void adopted(Claim claim) {
        RunRecord found = claim.run();
        FlowValues<?> values = Objects.requireNonNull(flows.get(found.flow().flow()));
        log.info(
                "Run {} of flow {} goes on here: it is {}, for the {}. time",
                found.id(),
                found.flow().flow(),
                found.status(),
                found.epoch());
        try {
            FlowRun<?> run = load(values, found, false, claim.undo());
            core.adopted(run);
            EngineThreads.runForTimer(() -> start(run, found));
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            // It would fail wherever it is adopted. Nothing is lost: it can be resumed when whatever it is has been
            // mended.
            log.error(
                    "Run {} of flow {} cannot be continued",
                    found.id(),
                    found.flow().flow(),
                    e);
            store.write(List.of(new RunWrite(
                    found.id(),
                    found.epoch(),
                    null,
                    List.of(),
                    List.of(),
                    new RunWrite.Change(
                            RunStatus.FAILED,
                            values.failure(e),
                            true,
                            core.clock().now()))));
        }
    }

    private void start(FlowRun<?> run, RunRecord found) {
        if (closing) {
            // Its owner leaves, and others adopt it.
            run.discard(new RunDetachedException(found.id()));
            return;
        }
        try {
            run.startFound(found);
        } catch (Throwable t) {
            if (run.isPending()) {
                // As when the user's clock fails. One that nobody knows is tried again.
                run.discard(new MovedException(found.id()));
            }
            throw t;
        }
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    /** The engine closes: nothing is adopted any more, and runs are given back. */
    void beginClosing() {
        closing = true;
        runs.forEach(run -> run.handOver(false));
    }

    /** The engine waits no longer for runs to end by themselves, nor for its store. */
    void hurry() {
        Membership current = membership;
        if (current != null) {
            current.writer().giveUp();
        }
    }

    /** The engine has closed, whatever runs still. */
    void close() {
        closed = true;
        watch.close();
        if (caretaker != null) {
            caretaker.close();
        }
        LockSupport.unpark(heart);
        LockSupport.unpark(adopter);
        try {
            heart.join(settings.lease().toMillis());
            adopter.join(settings.lease().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Membership current = membership;
        if (current == null) {
            return;
        }
        current.writer().close();
        sayLastWords(current);
        current.ownership().end();
        leave(current.ownership().owner());
    }
}
