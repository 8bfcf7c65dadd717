package io.flowright.crash.chaos;

import io.flowright.crash.ForwardingStore;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import io.flowright.runtime.spi.RunWrite.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Stores with the mistakes that an implementation could make. */
final class BrokenStores {

    private BrokenStores() {}

    /** Lets in what an earlier owner writes. */
    static final class Unfenced extends ForwardingStore {

        Unfenced(RunStore store) {
            super(store);
        }

        @Override
        public List<Outcome> write(List<RunWrite> writes) {
            return super.write(writes.stream().map(this::inTheEpochOfNow).toList());
        }

        private RunWrite inTheEpochOfNow(RunWrite write) {
            long epoch = find(write.run()).map(run -> run.epoch()).orElse(write.epoch());
            return new RunWrite(write.run(), epoch, write.begin(), write.tasks(), write.keys(), write.change());
        }
    }

    /** Says that something is written before it is: the last is lost when the process dies. */
    static final class Hasty extends ForwardingStore {

        private final List<RunWrite> last = new ArrayList<>();

        Hasty(RunStore store) {
            super(store);
        }

        @Override
        public synchronized List<Outcome> write(List<RunWrite> writes) {
            super.write(List.copyOf(last));
            last.clear();
            last.addAll(writes);
            return writes.stream().map(write -> Outcome.WRITTEN).toList();
        }
    }

    /** Refuses all that is written together if it refuses some of it. */
    static final class AllOrNothing extends ForwardingStore {

        AllOrNothing(RunStore store) {
            super(store);
        }

        @Override
        public List<Outcome> write(List<RunWrite> writes) {
            return writes.stream().allMatch(this::isFresh)
                    ? super.write(writes)
                    : writes.stream().map(write -> Outcome.STALE).toList();
        }

        private boolean isFresh(RunWrite write) {
            return find(write.run()).map(run -> run.epoch() == write.epoch()).orElse(write.begin() != null);
        }
    }
}
