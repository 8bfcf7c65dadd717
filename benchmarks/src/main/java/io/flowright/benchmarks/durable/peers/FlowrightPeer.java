package io.flowright.benchmarks.durable.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.flowright.benchmarks.durable.shapes.ChainOfFiveFlow;
import io.flowright.benchmarks.durable.shapes.ChainOfFiveTasks;
import io.flowright.benchmarks.durable.shapes.ChainOfTenFlow;
import io.flowright.benchmarks.durable.shapes.ChainOfTenTasks;
import io.flowright.benchmarks.durable.shapes.DiamondFlow;
import io.flowright.benchmarks.durable.shapes.DiamondTasks;
import io.flowright.benchmarks.durable.shapes.Order;
import io.flowright.benchmarks.durable.shapes.Shape;
import io.flowright.benchmarks.durable.shapes.SingleFlow;
import io.flowright.benchmarks.durable.shapes.SingleTasks;
import io.flowright.jdbc.PostgresStore;
import io.flowright.jdbc.SqliteStore;
import io.flowright.runtime.Engine;
import io.flowright.runtime.spi.RunStore;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Flowright with an engine of the default settings, on a store that was opened by URL or file: SQLite with {@code synchronous = FULL},
 * its default.
 */
final class FlowrightPeer implements Peer {

    private final RunStore store;
    private final Runnable closing;
    private final Engine engine;
    private final SingleFlow single;
    private final ChainOfFiveFlow five;
    private final ChainOfTenFlow ten;
    private final DiamondFlow diamond;

    private FlowrightPeer(RunStore store, Runnable closing) {
        this.store = store;
        this.closing = closing;
        engine = Engine.builder().store(store).build();
        single = SingleFlow.create(new SingleTasks(), engine);
        five = ChainOfFiveFlow.create(new ChainOfFiveTasks(), engine);
        ten = ChainOfTenFlow.create(new ChainOfTenTasks(), engine);
        diamond = DiamondFlow.create(new DiamondTasks(), engine);
    }

    static Peer onPostgres(Place place) throws SQLException {
        if (place.site().counter() == null) {
            return new FlowrightPeer(postgres(place), () -> {});
        }
        HikariDataSource pool = place.pool();
        return new FlowrightPeer(PostgresStore.open(place.counted(pool)), pool::close);
    }

    static Peer onSqlite(Place place) throws IOException {
        return new FlowrightPeer(sqlite(place), () -> {});
    }

    /** The store of one of our contenders. */
    static RunStore store(Contender contender, Place place) throws SQLException, IOException {
        return contender == Contender.FLOWRIGHT_SQLITE ? sqlite(place) : postgres(place);
    }

    private static RunStore postgres(Place place) throws SQLException {
        return PostgresStore.builder(place.url())
                .maxConnections(Contender.CONNECTIONS)
                .open();
    }

    private static RunStore sqlite(Place place) throws IOException {
        return SqliteStore.open(place.folder().resolve("runs.db"));
    }

    @Override
    public Order run(Shape shape, long id) {
        return switch (shape) {
            case CHAIN_1 -> single.run(id).step1();
            case CHAIN_5 -> five.run(id).step5();
            case CHAIN_10 -> ten.run(id).step10();
            case DIAMOND_15 -> diamond.run(id).last();
            case RAW -> throw new IllegalArgumentException(shape.toString());
        };
    }

    @Override
    public void close() {
        engine.close();
        store.close();
        closing.run();
    }
}
