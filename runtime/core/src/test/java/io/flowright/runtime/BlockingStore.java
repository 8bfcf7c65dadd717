package io.flowright.runtime;

import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A store whose writes can be held up, and are counted. */
final class BlockingStore extends ForwardingStore {

    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Integer> batches = new ArrayList<>();
    private int left = Integer.MAX_VALUE;
    private volatile int waiting;

    BlockingStore(MemoryStore store) {
        super(store);
    }

    /** After so many more writes they wait until {@link #release}. */
    synchronized void blockAfter(int writes) {
        left = writes;
    }

    void release() {
        released.countDown();
    }

    int waiting() {
        return waiting;
    }

    /** How many writes each call was given. */
    synchronized List<Integer> batches() {
        return List.copyOf(batches);
    }

    @Override
    public List<RunWrite.Outcome> write(List<RunWrite> writes) {
        boolean blocked;
        synchronized (this) {
            batches.add(writes.size());
            blocked = left-- <= 0;
        }
        if (blocked) {
            waiting = 1;
            Background.awaitDeaf(released);
            waiting = 0;
        }
        return super.write(writes);
    }
}
