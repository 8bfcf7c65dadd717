package io.flowright.jdbc;

import io.flowright.runtime.spi.RunStore;
import io.flowright.store.contract.RunStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** PostgreSQL keeps what every store promises. */
class PostgresContractTest extends RunStoreContract {

    private static String schema = "";

    @BeforeAll
    static void makeTables() throws Exception {
        schema = PostgresServer.newSchema();
        open().close();
    }

    @AfterAll
    static void dropTables() throws Exception {
        PostgresServer.dropSchema(schema);
    }

    @Override
    protected RunStore openStore() throws Exception {
        PostgresServer.empty(schema);
        return open();
    }

    @Override
    protected RunStore openAgain(RunStore store) {
        return open();
    }

    private static RunStore open() {
        return PostgresStore.builder(PostgresServer.url()).schema(schema).open();
    }
}
