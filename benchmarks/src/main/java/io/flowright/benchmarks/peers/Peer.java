package io.flowright.benchmarks.peers;

import io.flowright.benchmarks.shapes.Value;

/** A way to run the three shapes. Each run hands all values on and reads the results. */
public interface Peer extends AutoCloseable {

    /** Ten tasks one after the other. */
    Value chain(Value seed);

    /** One task, eight beside each other, one. */
    Value fan(Value seed);

    /** Five layers of four; the sum of the last layer. */
    int layers(Value seed);

    @Override
    default void close() {}
}
