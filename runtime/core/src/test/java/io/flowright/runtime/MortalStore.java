package io.flowright.runtime;

import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What one engine sees of a store that it shares with others, until its process "dies": after so many writes nothing of it reaches the
 * store any more, and the store knows that it is dead.
 */
final class MortalStore extends ForwardingStore {

    private final MemoryStore store;
    private final Set<String> owners = ConcurrentHashMap.newKeySet();
    private final boolean after;
    private int left;
    private int writes;
    private boolean dead;
    private int refusedReads;

    /**
     * @param writes how many writes it lives for
     * @param after whether the last of them reaches the store
     */
    MortalStore(MemoryStore store, int writes, boolean after) {
        super(store);
        this.store = store;
        left = writes;
        this.after = after;
    }

    /** The next questions for the records of a run are not answered. */
    MortalStore refusingToRead(int times) {
        refusedReads = times;
        return this;
    }

    private static void refuse(boolean refused) {
        if (refused) {
            throw new StoreUnavailableException("the connection was cut");
        }
    }

    synchronized int writes() {
        return writes;
    }

    synchronized boolean isDead() {
        return dead;
    }

    synchronized void die() {
        dead = true;
        owners.forEach(store::leave);
    }

    @Override
    synchronized <T> T call(Supplier<T> action) {
        if (dead) {
            throw new StoreUnavailableException("the process is dead");
        }
        return action.get();
    }

    @Override
    public synchronized List<RunWrite.Outcome> write(List<RunWrite> batch) {
        return call(() -> {
            writes++;
            if (--left > 0) {
                return store.write(batch);
            }
            if (after) {
                store.write(batch);
            }
            die();
            throw new StoreUnavailableException("the process dies");
        });
    }

    @Override
    public void enter(String owner, String label, Duration lease) {
        owners.add(owner);
        super.enter(owner, label, lease);
    }

    @Override
    public List<TaskRecord> tasks(String run) {
        refuse(--refusedReads >= 0);
        return super.tasks(run);
    }
}
