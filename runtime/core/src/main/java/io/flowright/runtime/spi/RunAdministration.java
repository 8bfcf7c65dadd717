package io.flowright.runtime.spi;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.operations.RunCount;
import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The side of a store that is for those who look after runs: lists, commands, the audit trail, cleaning up. What is said of failures,
 * repetition and threads at {@link RunStore} holds here too, save that an act that is repeated may stand twice in the audit trail.
 *
 * <p>A method that takes an {@link AuditAct} adds an entry to the trail in the same transaction, whether or not the act is accepted.
 *
 * @since 0.1
 */
public interface RunAdministration {

    // ---- looking -------------------------------------------------------------------------------------------------

    /** The outline of a flow's graph as {@linkplain RunStore#announce announced} last; empty: it never was. */
    Optional<byte[]> outline(FlowVersion flow);

    /** The run with this id, as lists show it. */
    Optional<RunSummary> summary(String run);

    /**
     * The runs to which a query applies: the newest first, and of those that were started in one moment that with the greatest id (by
     * Unicode code points). However many runs there are, a page is found by walking an index from the cursor on.
     *
     * @param after where to go on; null: at the beginning
     * @param limit how many at most
     */
    List<RunSummary> list(RunQuery query, @Nullable RunCursor after, int limit);

    /** How many runs there are, by flow and status, in that order. */
    List<RunCount> count();

    // ---- commands ------------------------------------------------------------------------------------------------

    /**
     * Asks the owner of an active run for something. If no live engine owns it, it is done at once: the run gets a new epoch, no owner,
     * and the status that follows ({@code PAUSED}, {@code CANCELLED}, or {@code COMPENSATING} for whoever adopts it).
     *
     * @return whether that is so; false: there is no such run, it is not active, or it is being undone and the command is another than to
     *     pause
     */
    boolean instruct(String run, RunCommand.Kind kind, AuditAct act);

    /**
     * Sets a run going that rests, for any engine to adopt, or ends it. As with {@link RunStore#acquire} it has a new epoch, but no owner;
     * if it is active then, its failed attempts become {@code RETRYING}, and its deadline is gone. Commands that wait for it are gone in
     * any case. Of concurrent calls one succeeds.
     *
     * @return whether this call did it
     */
    boolean release(String run, Set<RunStatus> from, RunStatus to, AuditAct act);

    /** The commands that wait for runs of this engine, in order. */
    List<RunCommand> commands(String owner);

    /** These commands have been done, or there is nothing to be done about them. */
    void settle(Collection<RunCommand> commands);

    /**
     * Tells when there may be commands for engines, or runs for them to adopt: soon after {@link #instruct} or {@link #release} in any
     * process, within half a second where nothing is in the way. May tell for nothing, and may miss: engines ask now and then as well.
     *
     * @param wake is called on a thread of the store, and returns at once
     * @return ends it; closing it twice does nothing, and the store ends it when it is closed
     */
    Watch watch(Runnable wake);

    /** Something that goes on until it is closed. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    // ---- the audit trail -----------------------------------------------------------------------------------------

    /** Adds to the trail what is done by other methods. */
    AuditEntry append(AuditAct act, boolean accepted);

    /**
     * The trail, the oldest first.
     *
     * @param run the run that it is about; null: all of it
     * @param after the number of the entry after which it begins; 0: at its beginning
     */
    List<AuditEntry> trail(@Nullable String run, long after, int limit);

    // ---- cleaning up ---------------------------------------------------------------------------------------------

    /**
     * Removes runs that rest or are done, with all that belongs to them but idempotency keys and the audit trail; the oldest first.
     *
     * @param flow the durable name of their flow; null: any
     * @param status their status, which is not an active one
     * @param endedBefore they have had it since before that
     * @param limit how many at most, so that one call is short and in nobody's way
     * @return how many were removed
     */
    int purge(@Nullable String flow, RunStatus status, Instant endedBefore, int limit);

    /**
     * Removes idempotency keys that nobody has, if their results have expired or there is none. Those whose generation has been raised
     * are kept: an outside system may know the ones before.
     *
     * @return how many were removed
     */
    int purgeKeys(int limit);
}
