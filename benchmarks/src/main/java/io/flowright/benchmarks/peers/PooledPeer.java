package io.flowright.benchmarks.peers;

import io.flowright.benchmarks.shapes.Value;
import java.util.concurrent.ExecutorService;

/** Ends the threads of a peer with it. */
record PooledPeer(ExecutorService pool, Peer peer) implements Peer {

    @Override
    public Value chain(Value seed) {
        return peer.chain(seed);
    }

    @Override
    public Value fan(Value seed) {
        return peer.fan(seed);
    }

    @Override
    public int layers(Value seed) {
        return peer.layers(seed);
    }

    @Override
    public void close() {
        peer.close();
        pool.shutdown();
    }
}
