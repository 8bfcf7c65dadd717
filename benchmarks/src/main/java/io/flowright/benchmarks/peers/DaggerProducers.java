package io.flowright.benchmarks.peers;

import com.google.common.util.concurrent.ListenableFuture;
import io.flowright.benchmarks.shapes.ChainTasks;
import io.flowright.benchmarks.shapes.FanTasks;
import io.flowright.benchmarks.shapes.LayersTasks;
import io.flowright.benchmarks.shapes.Value;
import io.flowright.benchmarks.shapes.Work;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** A production component a run, as Dagger means it. */
final class DaggerProducers implements Peer {

    private final DaggerExecutor executor;
    private final ChainTasks chain;
    private final FanTasks fan;
    private final LayersTasks layers;

    DaggerProducers(Work work, Executor executor) {
        this.executor = new DaggerExecutor(executor);
        chain = new ChainTasks(work);
        fan = new FanTasks(work);
        layers = new LayersTasks(work);
    }

    @Override
    public Value chain(Value seed) {
        return get(DaggerChainComponent.factory()
                .create(new ChainComponent.Graph(chain, seed), executor)
                .step10());
    }

    @Override
    public Value fan(Value seed) {
        return get(DaggerFanComponent.factory()
                .create(new FanComponent.Graph(fan, seed), executor)
                .join());
    }

    @Override
    public int layers(Value seed) {
        LayersComponent component =
                DaggerLayersComponent.factory().create(new LayersComponent.Graph(layers, seed), executor);
        ListenableFuture<Value> e1 = component.e1();
        ListenableFuture<Value> e2 = component.e2();
        ListenableFuture<Value> e3 = component.e3();
        ListenableFuture<Value> e4 = component.e4();
        return get(e1).number() + get(e2).number() + get(e3).number() + get(e4).number();
    }

    private static Value get(ListenableFuture<Value> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
