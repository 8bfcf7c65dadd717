package io.flowright.store.contract;

import io.flowright.runtime.spi.MemoryStore;
import io.flowright.runtime.spi.RunStore;

class MemoryStoreTest extends RunStoreContract {

    @Override
    protected RunStore openStore() {
        return new MemoryStore();
    }

    /** There is no other process: two handles are one. */
    @Override
    protected RunStore openAgain(RunStore store) {
        return store;
    }
}
