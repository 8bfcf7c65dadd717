package io.flowright.crash.chaos;

import io.flowright.crash.ForwardingStore;
import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.RunActivity;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** What is between an engine and its store, as far as a test has to have a say in it. Thread-safe. */
final class FrontStore extends ForwardingStore {

    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private volatile boolean dead;
    private volatile boolean deaf;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean blocked;

    FrontStore(RunStore store) {
        super(store);
    }

    /** From now on nothing reaches the store, as if the process had died. */
    void die() {
        dead = true;
    }

    /** From now on the engine does not hear that its lease is over, says nothing of it, and adopts nothing. */
    void deafen() {
        deaf = true;
    }

    /** The next write waits, and with it all that follow. */
    void block() {
        gate = new CountDownLatch(1);
    }

    boolean isBlocked() {
        return blocked;
    }

    void unblock() {
        gate.countDown();
    }

    /** Whether the store has answered to a write of this task's end, whatever it answered. */
    boolean hasWritten(String task) {
        return written.contains(task);
    }

    private void requireAlive() {
        if (dead) {
            throw new StoreUnavailableException("the process is dead", new IllegalStateException("killed"));
        }
    }

    @Override
    public List<RunWrite.Outcome> write(List<RunWrite> writes) {
        requireAlive();
        try {
            blocked = gate.getCount() > 0;
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted", e);
        }
        List<RunWrite.Outcome> outcomes = super.write(writes);
        writes.forEach(write -> write.tasks().forEach(task -> written.add(task.task())));
        return outcomes;
    }

    @Override
    public boolean renew(String owner, Duration lease, List<RunActivity> activities) {
        requireAlive();
        return deaf || super.renew(owner, lease, activities);
    }

    @Override
    public void enter(String owner, String label, Duration lease) {
        requireAlive();
        super.enter(owner, label, lease);
    }

    @Override
    public List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
        requireAlive();
        return deaf ? List.of() : super.adopt(owner, flows, limit);
    }

    @Override
    public void disown(String owner, String run, long epoch) {
        requireAlive();
        super.disown(owner, run, epoch);
    }

    @Override
    public void leave(String owner) {
        requireAlive();
        super.leave(owner);
    }
}
