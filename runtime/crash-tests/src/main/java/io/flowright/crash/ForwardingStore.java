package io.flowright.crash;

import io.flowright.runtime.RunStatus;
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

/** A store in front of another, which does what that does. What is to be otherwise is overridden. As thread-safe as the other. */
public abstract class ForwardingStore implements RunStore {

    private final RunStore store;

    /** In front of this store. */
    protected ForwardingStore(RunStore store) {
        this.store = store;
    }

    @Override
    public List<RunWrite.Outcome> write(List<RunWrite> writes) {
        return store.write(writes);
    }

    @Override
    public Optional<KeyClaim> claim(KeyName key, String run, long epoch) {
        return store.claim(key, run, epoch);
    }

    @Override
    public Optional<RunRecord> acquire(String run, String owner, Set<RunStatus> from, RunStatus to) {
        return store.acquire(run, owner, from, to);
    }

    @Override
    public List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
        return store.adopt(owner, flows, limit);
    }

    @Override
    public void enter(String owner, String label, Duration lease) {
        store.enter(owner, label, lease);
    }

    @Override
    public void announce(String owner, FlowVersion flow, byte[] outline) {
        store.announce(owner, flow, outline);
    }

    @Override
    public boolean renew(String owner, Duration lease, List<RunActivity> activities) {
        return store.renew(owner, lease, activities);
    }

    @Override
    public void leave(String owner) {
        store.leave(owner);
    }

    @Override
    public Set<FlowVersion> announced() {
        return store.announced();
    }

    @Override
    public Optional<RunRecord> find(String run) {
        return store.find(run);
    }

    @Override
    public List<TaskRecord> tasks(String run) {
        return store.tasks(run);
    }

    @Override
    public List<RunRecord> orphans(int limit) {
        return store.orphans(limit);
    }

    @Override
    public Map<String, Long> owned(String owner) {
        return store.owned(owner);
    }

    @Override
    public void disown(String owner, String run, long epoch) {
        store.disown(owner, run, epoch);
    }

    @Override
    public Optional<byte[]> activity(String run) {
        return store.activity(run);
    }

    @Override
    public RunAdministration administration() {
        return store.administration();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
