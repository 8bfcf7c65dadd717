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

/** The side of a {@link PostgresStore} that is for those who look after its runs. Thread-safe. */
final class PostgresAdministration implements RunAdministration {

    private final Database database;
    private final PostgresLists lists;
    private final PostgresAudit audit;
    private final PostgresCommands commands;
    private final PostgresCleaning cleaning;
    private final Watchers watchers;

    PostgresAdministration(Database database, Tables tables, PostgresListener.Source listening) {
        this.database = database;
        this.lists = new PostgresLists(database, tables);
        this.audit = new PostgresAudit(database, tables);
        this.commands = new PostgresCommands(database, tables, audit);
        this.cleaning = new PostgresCleaning(database, tables);
        this.watchers = new Watchers(new PostgresListener(listening, tables));
    }

    @Override
    public Optional<byte[]> outline(FlowVersion flow) {
        return lists.outline(flow);
    }

    @Override
    public Optional<RunSummary> summary(String run) {
        return lists.summary(run);
    }

    @Override
    public List<RunSummary> list(RunQuery query, @Nullable RunCursor after, int limit) {
        return lists.list(query, after, limit);
    }

    @Override
    public List<RunCount> count() {
        return lists.count();
    }

    @Override
    public boolean instruct(String run, RunCommand.Kind kind, AuditAct act) {
        return commands.instruct(run, kind, act);
    }

    @Override
    public boolean release(String run, Set<RunStatus> from, RunStatus to, AuditAct act) {
        return commands.release(run, from, to, act);
    }

    @Override
    public List<RunCommand> commands(String owner) {
        return commands.commands(owner);
    }

    @Override
    public void settle(Collection<RunCommand> done) {
        commands.settle(done);
    }

    @Override
    public Watch watch(Runnable wake) {
        return watchers.add(wake);
    }

    @Override
    public AuditEntry append(AuditAct act, boolean accepted) {
        return database.transaction("Adding to the audit trail", connection -> audit.append(connection, act, accepted));
    }

    @Override
    public List<AuditEntry> trail(@Nullable String run, long after, int limit) {
        return audit.trail(run, after, limit);
    }

    @Override
    public int purge(@Nullable String flow, RunStatus status, Instant endedBefore, int limit) {
        return cleaning.purge(flow, status, endedBefore, limit);
    }

    @Override
    public int purgeKeys(int limit) {
        return cleaning.purgeKeys(limit);
    }

    /** Nobody is told anything any more. */
    void close() {
        watchers.close();
    }
}
