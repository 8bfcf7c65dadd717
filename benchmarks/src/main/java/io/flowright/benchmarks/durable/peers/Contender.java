package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.Shape;
import java.util.EnumSet;
import java.util.Set;

/**
 * All ways to run the workflows. Those on PostgreSQL use one server, a database each, and at most {@link #CONNECTIONS} connections.
 * Everything else is as each peer's own documentation recommends; what that is, its class says.
 */
public enum Contender {
    FLOWRIGHT_POSTGRES("Flowright on PostgreSQL", "flowright", workflows(), FlowrightPeer::onPostgres),
    FLOWRIGHT_SQLITE("Flowright on SQLite", "sqlite", workflows(), FlowrightPeer::onSqlite),
    DBOS("DBOS Transact", "dbos", workflows(), DbosPeer::new),
    TEMPORAL("Temporal, its test server in memory", "temporal", workflows(), TemporalPeer::new),
    DB_SCHEDULER("db-scheduler", "dbscheduler", EnumSet.of(Shape.CHAIN_1), DbSchedulerPeer::new),
    ROWS("PostgreSQL, one row a commit", "single_rows", EnumSet.of(Shape.RAW), SingleRows::new),
    FSYNC("file system, 512 bytes an fsync", "fsync", EnumSet.of(Shape.RAW), Fsyncs::new);

    /** The size of the pool that DBOS makes by itself. */
    public static final int CONNECTIONS = 10;

    private final String title;
    private final String storage;
    private final Set<Shape> shapes;

    @SuppressWarnings("ImmutableEnumChecker") // none of the functions above holds anything
    private final Opening opening;

    Contender(String title, String storage, Set<Shape> shapes, Opening opening) {
        this.title = title;
        this.storage = storage;
        this.shapes = shapes;
        this.opening = opening;
    }

    /** How a peer is made ready in a place of its own. */
    @FunctionalInterface
    interface Opening {
        Peer in(Place place) throws Exception;
    }

    /** Makes it ready to run. */
    public Peer open(Site site) throws Exception {
        return opening.in(place(site));
    }

    /** Where it keeps what it writes. */
    public Place place(Site site) throws Exception {
        return new Place(site, storage);
    }

    /** Whether it can run this. */
    public boolean runs(Shape shape) {
        return shapes.contains(shape);
    }

    /** Whether it runs all workflows and keeps them when its process is gone. */
    public boolean recovers() {
        return shapes.size() > 1 && this != TEMPORAL;
    }

    /** Whether its statements can be counted: whether it takes a source of connections. */
    public boolean isCounted() {
        return this == FLOWRIGHT_POSTGRES || this == DBOS || this == DB_SCHEDULER;
    }

    private static Set<Shape> workflows() {
        return EnumSet.complementOf(EnumSet.of(Shape.RAW));
    }

    @Override
    public String toString() {
        return title;
    }
}
