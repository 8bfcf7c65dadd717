package io.flowright.runtime.internal;

import io.flowright.runtime.CancelMode;
import io.flowright.runtime.PauseMode;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StrandedRun;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What operators do to the runs in a store. Thread-safe. */
public final class RunDesk {
    public RunDesk(RunStore store, Codec codec) {}

    static UnsupportedOperationException no() {
        return new UnsupportedOperationException();
    }

    public RunDesk by(Operator operator) {
        throw no();
    }

    public Optional<RunSummary> find(String id) {
        throw no();
    }

    public RunPage list(RunQuery query, @Nullable RunCursor after, int limit) {
        throw no();
    }

    public void forEach(RunQuery query, Consumer<? super RunSummary> action) {
        throw no();
    }

    public List<RunCount> count() {
        throw no();
    }

    public Optional<RunDescription> describe(String id) {
        throw no();
    }

    public List<TaskAttempt> history(String id) {
        throw no();
    }

    public List<TaskNode> tree(String id) {
        throw no();
    }

    public Optional<FlowOutline> outline(String id) {
        throw no();
    }

    public List<StrandedRun> stranded() {
        throw no();
    }

    public boolean pause(String id, PauseMode mode) {
        throw no();
    }

    public boolean resume(String id) {
        throw no();
    }

    public boolean cancel(String id, CancelMode mode) {
        throw no();
    }

    public long each(RunQuery query, Predicate<String> act) {
        throw no();
    }

    public String restartFrom(String id, String task, Map<String, ?> inputs) {
        throw no();
    }

    public String restart(String id) {
        throw no();
    }

    public boolean redrive(String id) {
        throw no();
    }

    public boolean discard(String id) {
        throw no();
    }

    public long purge(Duration olderThan, List<RunStatus> statuses) {
        throw no();
    }

    public List<AuditEntry> trail(@Nullable String run, long after, int limit) {
        throw no();
    }

    public Optional<Long> firstForgedEntry() {
        throw no();
    }
}
