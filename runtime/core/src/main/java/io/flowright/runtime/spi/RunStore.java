package io.flowright.runtime.spi;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where runs are recorded so that they survive the process. Any number of engines, in any number of processes, may share one.
 *
 * <p><b>Ownership.</b> A run that is active belongs to one engine at a time. Each claim ({@link #adopt}, {@link #acquire}) raises the
 * run's epoch; each write says in which epoch it was made and is refused if that is over. A store orders claims and writes of one run:
 * a write that was let in before a claim is seen by whoever claims it, and no write of an old epoch is let in after one.
 *
 * <p><b>Liveness.</b> An engine is live from {@link #enter} or {@link #renew} on, for the lease that it named, unless it leaves. The
 * store decides by a clock that all processes share, which may be its server's; a store that can tell sooner that a process has ended
 * may take its engine for dead at once.
 *
 * <p><b>Failures.</b> Methods throw {@link StoreUnavailableException} where trying again may help. All of them may be called again
 * after that, whether or not the call before has had its effect, and end as if it had been called once. Any other exception means that
 * the call will never succeed.
 *
 * <p>Implementations are thread-safe. {@code RunStoreContract} of flowright-store-contract is a suite of tests that each must pass.
 *
 * @since 0.1
 */
public interface RunStore extends AutoCloseable {

    // ---- engines -------------------------------------------------------------------------------------------------

    /**
     * An engine begins to work here.
     *
     * @param owner its name, which no other engine has or had
     * @param label a name for people
     * @param lease for how long it is taken for live without a word of it
     */
    void enter(String owner, String label, Duration lease);

    /**
     * An engine can run this flow from now on.
     *
     * @param outline the flow's graph for people, encoded; it is kept when no engine has the flow any more
     */
    void announce(String owner, FlowVersion flow, byte[] outline);

    /**
     * A sign of life, several times in a lease.
     *
     * @param activities what its runs are doing, where that has changed since the last time
     * @return whether the engine has been live without a break; false: others may have adopted its runs. It is live again
     */
    boolean renew(String owner, Duration lease, List<RunActivity> activities);

    /** An engine ends. Runs that still belong to it are for any engine to adopt. */
    void leave(String owner);

    /** What live engines have announced. */
    Set<FlowVersion> announced();

    // ---- runs ----------------------------------------------------------------------------------------------------

    /**
     * Records what has happened, in this order, with one commit: what is refused is refused alone. When the method returns, what was
     * written is safe.
     *
     * <p>A batch may have writes of two runs with one id: of one that is to begin, and of the one that has the id. So a beginning that is
     * refused says nothing of the other writes, which are in their epoch or not. Who begins a run waits for the answer before it writes
     * more of it. The beginning of a run that was begun by the same engine, at the same time, with the same flow and inputs, is the same
     * call once more.
     *
     * @return what came of each, in the same order
     */
    List<RunWrite.Outcome> write(List<RunWrite> writes);

    /**
     * Claims active runs of these flows that belong to nobody, or to an engine that is not live: those with the highest priority first,
     * and the oldest of them. Several engines may do so at once: each run goes to one of them.
     *
     * @param limit how many at most
     * @return the runs as they are now
     */
    List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit);

    /**
     * Claims a run that rests, to go on with it. Of concurrent calls one succeeds. From now on its failed attempts count as if another
     * was to follow at once: they become {@code RETRYING}, due when they ended. It has no deadline any more, and no command waits for it.
     *
     * @param from the statuses one of which it must have
     * @param to the status that it has from now on
     * @return the run as it is now; empty: there is none, or its status is another
     */
    Optional<RunRecord> acquire(String run, String owner, Set<RunStatus> from, RunStatus to);

    /** The run with this id. */
    Optional<RunRecord> find(String run);

    /** All records of the tasks of a run, in the order in which they were written. */
    List<TaskRecord> tasks(String run);

    /** Active runs that belong to nobody, or to an engine that is not live; the oldest first. Claims nothing. */
    List<RunRecord> orphans(int limit);

    /**
     * The active runs that belong to this engine, live or not, by id: the epoch of each. So an engine sees whether there are any that it
     * does not know of, since a claim had its effect after all and its answer was lost.
     */
    Map<String, Long> owned(String owner);

    /**
     * Gives back a run that belongs to this engine and that it does not work on: if it is active, in this epoch, then the epoch is over,
     * and the run is for any engine to adopt, as it is. Else nothing happens.
     */
    void disown(String owner, String run, long epoch);

    /** What a run was doing when its engine last said so, encoded; empty: it never did. */
    Optional<byte[]> activity(String run);

    // ---- idempotency keys ----------------------------------------------------------------------------------------

    /**
     * Asks for the right to execute a task for a key. A run gets it
     *
     * <ul>
     *   <li>if nobody has it, or the result that was remembered has expired;
     *   <li>if it has it already: a run that was adopted keeps its keys;
     *   <li>if the run that has it is no longer active, or has no live owner. An active one loses its owner with it, and its epoch is over:
     *       whoever takes it up finds the key taken, and an owner that does not know that its lease is over records no second result.
     * </ul>
     *
     * The generation stays the same through all of that.
     *
     * @return the answer; empty: the run's epoch is over
     */
    Optional<KeyClaim> claim(KeyName key, String run, long epoch);

    // ---- for people ----------------------------------------------------------------------------------------------

    /** The side of the store that is for those who look after its runs. */
    RunAdministration administration();

    /** Ends the use of the store in this process. Engines leave before. */
    @Override
    void close();
}
