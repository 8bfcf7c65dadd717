package io.flowright.jdbc;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.operations.RunCount;
import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunCommand;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The side of a {@link SqliteStore} that is for those who look after its runs. Thread-safe. */
final class SqliteAdministration implements RunAdministration {

    private final SqliteSession writer;

    /** Of its own: who pages through many runs is in nobody's way. */
    private final SqliteSession reader;

    private final Runnable noteTheDead;
    private final SqliteLookout lookout;
    private final Watchers watchers;

    /**
     * @param noteTheDead ends the leases of engines whose processes have died
     */
    SqliteAdministration(SqliteFile file, Tables tables, SqliteSession writer, Runnable noteTheDead) {
        this.writer = writer;
        this.reader = new SqliteSession(file, tables);
        this.noteTheDead = noteTheDead;
        this.lookout = new SqliteLookout(file, tables);
        this.watchers = new Watchers(lookout);
    }

    @Override
    public Optional<byte[]> outline(FlowVersion flow) {
        return reader.read("reading an outline", session -> SqliteLists.outline(session, flow));
    }

    @Override
    public Optional<RunSummary> summary(String run) {
        return reader.snapshot("finding a run", session -> SqliteLists.summary(session, run));
    }

    @Override
    public List<RunSummary> list(RunQuery query, @Nullable RunCursor after, int limit) {
        return reader.snapshot("listing runs", session -> SqliteLists.list(session, query, after, limit));
    }

    @Override
    public List<RunCount> count() {
        return reader.read("counting runs", SqliteLists::count);
    }

    @Override
    public boolean instruct(String run, RunCommand.Kind kind, AuditAct act) {
        noteTheDead.run();
        long now = System.currentTimeMillis();
        boolean accepted = writer.transaction(
                "instructing a run", session -> SqliteCommands.instruct(session, now, run, kind, act));
        lookout.lookNow();
        return accepted;
    }

    @Override
    public boolean release(String run, Set<RunStatus> from, RunStatus to, AuditAct act) {
        boolean accepted =
                writer.transaction("releasing a run", session -> SqliteCommands.release(session, run, from, to, act));
        lookout.lookNow();
        return accepted;
    }

    @Override
    public List<RunCommand> commands(String owner) {
        return reader.read("asking for commands", session -> SqliteCommands.of(session, owner));
    }

    @Override
    public void settle(Collection<RunCommand> done) {
        if (!done.isEmpty()) {
            writer.transaction("settling commands", session -> {
                SqliteCommands.settle(session, done);
                return true;
            });
        }
    }

    @Override
    public Watch watch(Runnable wake) {
        return watchers.add(wake);
    }

    @Override
    public AuditEntry append(AuditAct act, boolean accepted) {
        return writer.transaction("adding to the audit trail", session -> SqliteAudit.append(session, act, accepted));
    }

    @Override
    public List<AuditEntry> trail(@Nullable String run, long after, int limit) {
        return reader.read("reading the audit trail", session -> SqliteAudit.trail(session, run, after, limit));
    }

    @Override
    public int purge(@Nullable String flow, RunStatus status, Instant endedBefore, int limit) {
        if (status.isActive()) {
            throw new IllegalArgumentException("runs that are " + status + " go on, and are not removed");
        }
        return writer.transaction(
                "removing runs", session -> SqliteCleaning.purge(session, flow, status, endedBefore, limit));
    }

    @Override
    public int purgeKeys(int limit) {
        long now = System.currentTimeMillis();
        return writer.transaction(
                "removing idempotency keys", session -> SqliteCleaning.purgeKeys(session, now, limit));
    }

    /** Nobody is told anything any more. */
    void close() {
        watchers.close();
        reader.close();
    }
}
