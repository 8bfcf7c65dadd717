package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.Order;
import io.flowright.benchmarks.durable.shapes.Shape;
import java.io.IOException;
import java.sql.SQLException;

/** A way to run workflows durably. Thread-safe. */
public interface Peer extends AutoCloseable {

    /** Runs one workflow; it and all its results are on record when this returns. */
    Order run(Shape shape, long id) throws Exception;

    @Override
    void close() throws IOException, SQLException;
}
