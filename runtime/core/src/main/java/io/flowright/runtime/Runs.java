package io.flowright.runtime;

import io.flowright.runtime.internal.desk.RunDesk;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.operations.FlowOutline;
import io.flowright.runtime.operations.Operator;
import io.flowright.runtime.operations.RunCount;
import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunDescription;
import io.flowright.runtime.operations.RunPage;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.operations.TaskNode;
import io.flowright.runtime.spi.Codec;
import io.flowright.runtime.spi.RunStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs in a store, for those who look after them; whichever engine they belong to, in whatever process. It needs no flow. What is
 * done to a run is done through the store: the engine that owns the run does it within a second, and each act is an entry in the audit
 * trail, with the operator's name and reason.
 *
 * <pre>{@code
 * Runs runs = engine.runs().by(Operator.named("alice").because("ticket 4711"));
 * runs.pause("order-42", PauseMode.DRAIN);
 * runs.list(RunQuery.all().ofFlow("order").deadLetters(), null, 50).runs().forEach(run -> runs.redrive(run.id()));
 * }</pre>
 *
 * <p>All methods throw {@link StoreUnavailableException} if the store does not answer. Thread-safe.
 *
 * @since 0.1
 */
public final class Runs {

    private final RunDesk desk;

    Runs(RunDesk desk) {
        this.desk = desk;
    }

    /** The runs in a store, for a process that has no engine. Values that were recorded are read with the codec that engines use. */
    public static Runs in(RunStore store, Codec codec) {
        return new Runs(RunDesk.in(store, codec));
    }

    /** The same runs, for an operator: everything that is done from here on is in that name. Before, it is in that of the user of the system. */
    public Runs by(Operator operator) {
        return new Runs(desk.by(operator));
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    /** The run with this id; empty: there is none. */
    public Optional<RunSummary> find(String id) {
        return desk.find(id);
    }

    /**
     * The runs to which a query applies, the newest first.
     *
     * @param after where to go on, as the page before says; null: at the beginning
     * @param limit how many at most, from 1 to 10,000
     */
    public RunPage list(RunQuery query, @Nullable RunCursor after, int limit) {
        return desk.list(query, after, limit);
    }

    /** Gives each of the runs to which a query applies, the newest first; those that begin meanwhile are not among them. */
    public void forEach(RunQuery query, Consumer<? super RunSummary> action) {
        desk.forEach(query, action);
    }

    /** How many runs there are, by flow and status. */
    public List<RunCount> count() {
        return desk.count();
    }

    /** Everything about a run but the values of its keys; empty: there is no such run. */
    public Optional<RunDescription> describe(String id) {
        return desk.describe(id);
    }

    /** Every attempt of a run, in the order in which they were recorded; empty if there is no such run. */
    public List<TaskAttempt> history(String id) {
        return desk.history(id);
    }

    /** The states of a run's tasks, groups and elements; empty if there is no such run, or its graph is not on record. */
    public List<TaskNode> tree(String id) {
        return desk.tree(id);
    }

    /** The graph of the flow of a run; empty: there is no such run, or its graph is not on record. */
    public Optional<FlowOutline> outline(String id) {
        return desk.outline(id);
    }

    /**
     * The runs that are to go on and cannot: their engine is gone, and no live one has created their flow, or only with another graph. They
     * stay as they are, and go on as soon as an engine creates the flow as it was. The oldest first, at most 1,000. An engine in
     * memory has none.
     */
    public List<StrandedRun> stranded() {
        return desk.stranded();
    }

    // ---- commands ------------------------------------------------------------------------------------------------

    /** As {@link #pause(String, PauseMode)} with {@link PauseMode#DRAIN}. */
    public boolean pause(String id) {
        return pause(id, PauseMode.DRAIN);
    }

    /**
     * Pauses a run that is active.
     *
     * @return whether it was active: it will be {@code PAUSED} soon, unless it comes to its end before
     */
    public boolean pause(String id, PauseMode mode) {
        return desk.pause(id, mode);
    }

    /**
     * Sets a run going that is paused or failed, as {@link Run#resume()} does: an engine that has its flow adopts it.
     *
     * @return whether this call did it; of several at the same time one does
     */
    public boolean resume(String id) {
        return desk.resume(id);
    }

    /** As {@link #cancel(String, CancelMode)} with {@link CancelMode#KEEP}. */
    public boolean cancel(String id) {
        return cancel(id, CancelMode.KEEP);
    }

    /**
     * Cancels a run that is active or rests, as {@link Run#cancel(CancelMode)} does.
     *
     * @return whether it could be cancelled: not if it was done or being undone
     */
    public boolean cancel(String id, CancelMode mode) {
        return desk.cancel(id, mode);
    }

    /** Pauses each of the runs to which a query applies; returns how many were active. */
    public long pauseAll(RunQuery query, PauseMode mode) {
        return desk.each(query, run -> pause(run, mode));
    }

    /** Resumes each of the runs to which a query applies; returns how many this call resumed. */
    public long resumeAll(RunQuery query) {
        return desk.each(query, this::resume);
    }

    /** Cancels each of the runs to which a query applies; returns how many could be. */
    public long cancelAll(RunQuery query, CancelMode mode) {
        return desk.each(query, run -> cancel(run, mode));
    }

    /**
     * Starts a new run with the inputs of another, which rests or is done. It keeps what the other has recorded of the tasks that do not
     * come after the given one, if they succeeded and were not undone; the task itself, what comes after it, and all the rest run. What
     * {@code @Idempotent} tasks have done they do not do again.
     *
     * @param task the durable name of a task
     * @return the id of the new run
     * @throws IllegalArgumentException if there is no such run or no such task
     * @throws IllegalStateException if the run is active, or its graph is not on record
     */
    public String restartFrom(String id, String task) {
        return restartFrom(id, task, Map.of());
    }

    /**
     * As {@link #restartFrom(String, String)}, with other values for some of the inputs. Tasks that take one of those, and what comes after
     * them, run again too.
     *
     * @param inputs by name; what their types are is known only to an engine that has created the flow
     * @throws IllegalArgumentException also if there is no such input, or a value does not have its type
     * @throws IllegalStateException also if the engine does not have the flow with that graph
     */
    public String restartFrom(String id, String task, Map<String, ?> inputs) {
        return desk.restartFrom(id, task, inputs);
    }

    /** Starts a new run with the inputs of another, which rests or is done; nothing of that is kept. Returns the id of the new run. */
    public String restart(String id) {
        return desk.restart(id);
    }

    // ---- dead letters --------------------------------------------------------------------------------------------

    /**
     * The runs that failed, or could not be undone altogether, and wait for someone.
     *
     * @param query which of them; what it says of statuses is not heard
     * @param after where to go on; null: at the beginning
     */
    public RunPage deadLetters(RunQuery query, @Nullable RunCursor after, int limit) {
        return list(query.deadLetters(), after, limit);
    }

    /**
     * Sets a run going that failed: what failed runs again, with the same idempotency keys.
     *
     * @return whether this call did it; false: the run has not failed
     */
    public boolean redrive(String id) {
        return desk.redrive(id);
    }

    /**
     * Gives up a run that failed: it is {@code CANCELLED}, and what it did stays.
     *
     * @return whether this call did it; false: the run has not failed
     */
    public boolean discard(String id) {
        return desk.discard(id);
    }

    // ---- cleaning up and the audit trail -------------------------------------------------------------------------

    /**
     * Removes runs that have had a status for some time, with all that belongs to them; in small batches that are in nobody's way. Expired
     * idempotency keys go as well. The audit trail stays.
     *
     * @param olderThan how long ago they came to their status, at least
     * @param statuses none of which is one of an active run
     * @return how many runs were removed
     */
    public long purge(Duration olderThan, RunStatus... statuses) {
        return desk.purge(olderThan, List.of(statuses));
    }

    /**
     * The audit trail, the oldest entry first.
     *
     * @param run the run that it is about; null: all of it
     * @param after the number of the entry after which it begins; 0: at its beginning
     */
    public List<AuditEntry> trail(@Nullable String run, long after, int limit) {
        return desk.trail(run, after, limit);
    }

    /**
     * Reads the whole audit trail and checks that each entry is genuine and follows the one before.
     *
     * @return the number of the first entry that is not or does not; empty: all is well
     */
    public Optional<Long> firstForgedEntry() {
        return desk.firstForgedEntry();
    }
}
