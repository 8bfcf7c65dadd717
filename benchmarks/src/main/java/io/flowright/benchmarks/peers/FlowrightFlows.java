package io.flowright.benchmarks.peers;

import io.flowright.benchmarks.shapes.ChainFlow;
import io.flowright.benchmarks.shapes.ChainTasks;
import io.flowright.benchmarks.shapes.FanFlow;
import io.flowright.benchmarks.shapes.FanTasks;
import io.flowright.benchmarks.shapes.LayersFlow;
import io.flowright.benchmarks.shapes.LayersTasks;
import io.flowright.benchmarks.shapes.Value;
import io.flowright.benchmarks.shapes.Work;
import io.flowright.runtime.Engine;

/** The generated flows. */
final class FlowrightFlows implements Peer {

    private final Engine engine;
    private final ChainFlow chain;
    private final FanFlow fan;
    private final LayersFlow layers;

    FlowrightFlows(Work work, Engine engine) {
        this.engine = engine;
        chain = ChainFlow.create(new ChainTasks(work), engine);
        fan = FanFlow.create(new FanTasks(work), engine);
        layers = LayersFlow.create(new LayersTasks(work), engine);
    }

    @Override
    public Value chain(Value seed) {
        return chain.run(seed).step10();
    }

    @Override
    public Value fan(Value seed) {
        return fan.run(seed).join();
    }

    @Override
    public int layers(Value seed) {
        LayersFlow.Result result = layers.run(seed);
        return result.e1().number()
                + result.e2().number()
                + result.e3().number()
                + result.e4().number();
    }

    @Override
    public void close() {
        engine.close();
    }
}
