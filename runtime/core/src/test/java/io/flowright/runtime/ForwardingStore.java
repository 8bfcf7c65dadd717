package io.flowright.runtime;

import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunAdministration;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Hands everything on to another store; for tests that put something between. */
class ForwardingStore implements RunStore {

    private final RunStore store;

    ForwardingStore(RunStore store) {
        this.store = store;
    }

    /** All calls but {@link #write} go through here. */
    <T> T call(Supplier<T> action) {
        return action.get();
    }

    private void run(Runnable action) {
        call(() -> {
            action.run();
            return this;
        });
    }

    @Override
    public List<RunWrite.Outcome> write(List<RunWrite> writes) {
        return store.write(writes);
    }

    @Override
    public void enter(String owner, String label, Duration lease) {
        run(() -> store.enter(owner, label, lease));
    }

    @Override
    public void announce(String owner, FlowVersion flow, byte[] outline) {
        run(() -> store.announce(owner, flow, outline));
    }

    @Override
    public RunAdministration administration() {
        return call(store::administration);
    }

    @Override
    public boolean renew(String owner, Duration lease, List<RunActivity> activities) {
        return call(() -> store.renew(owner, lease, activities));
    }

    @Override
    public void leave(String owner) {
        run(() -> store.leave(owner));
    }

    @Override
    public Set<FlowVersion> announced() {
        return call(store::announced);
    }

    @Override
    public List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
        return call(() -> store.adopt(owner, flows, limit));
    }

    @Override
    public Optional<RunRecord> acquire(String run, String owner, Set<RunStatus> from, RunStatus to) {
        return call(() -> store.acquire(run, owner, from, to));
    }

    @Override
    public Optional<RunRecord> find(String run) {
        return call(() -> store.find(run));
    }

    @Override
    public List<TaskRecord> tasks(String run) {
        return call(() -> store.tasks(run));
    }

    @Override
    public List<RunRecord> orphans(int limit) {
        return call(() -> store.orphans(limit));
    }

    @Override
    public Map<String, Long> owned(String owner) {
        return call(() -> store.owned(owner));
    }

    @Override
    public void disown(String owner, String run, long epoch) {
        run(() -> store.disown(owner, run, epoch));
    }

    @Override
    public Optional<byte[]> activity(String run) {
        return call(() -> store.activity(run));
    }

    @Override
    public Optional<KeyClaim> claim(KeyName key, String run, long epoch) {
        return call(() -> store.claim(key, run, epoch));
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "a store that is shared";
    }
}
