package io.flowright.benchmarks.durable.peers;

import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import io.flowright.benchmarks.durable.shapes.Order;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/**
 * DBOS Transact with its default settings and the pool that it makes itself: workflows are called through their proxy, and their steps
 * are lambdas, as its manual shows it. A workflow function calls its steps one after the other, also those of the diamond, which could
 * run beside each other only as workflows of their own.
 */
final class DbosPeer implements Peer {

    private final Runnable closing;
    private final DBOS dbos;
    private final DbosWorkflows workflows;

    DbosPeer(Place place) throws SQLException {
        this(place, UnaryOperator.identity());
    }

    DbosPeer(Place place, UnaryOperator<Order> second) throws SQLException {
        DBOSConfig config = DBOSConfig.defaults("benchmark");
        if (place.site().counter() == null) {
            closing = () -> {};
            config = config.withDatabaseUrl(place.url())
                    .withDbUser(place.site().server().property("user"))
                    .withDbPassword(place.site().server().property("password"));
        } else {
            HikariDataSource pool = place.pool();
            closing = pool::close;
            config = config.withDataSource(place.counted(pool));
        }
        dbos = new DBOS(config);
        workflows = dbos.registerProxy(DbosWorkflows.class, new DbosSteps(dbos, second));
        dbos.launch();
    }

    @Override
    public Order run(Shape shape, long id) {
        return shape == Shape.DIAMOND_15 ? workflows.diamond(id) : workflows.chain(shape.tasks(), id);
    }

    /** Starts a workflow that {@link Orphans} knows, without waiting for it. */
    void startOrphan(long id) {
        dbos.startWorkflow(() -> workflows.orphan(id));
    }

    @Override
    public void close() {
        dbos.shutdown();
        closing.run();
    }
}
