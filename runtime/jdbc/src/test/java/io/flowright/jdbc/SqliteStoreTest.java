package io.flowright.jdbc;

import io.flowright.runtime.spi.RunStore;
import io.flowright.store.contract.RunStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with two handles on one file. */
class SqliteStoreTest extends RunStoreContract {

    @TempDir
    Path folder;

    @Override
    protected RunStore openStore() {
        return SqliteStore.open(folder.resolve("runs.db"));
    }

    @Override
    protected RunStore openAgain(RunStore store) {
        return SqliteStore.open(folder.resolve("runs.db"));
    }
}
