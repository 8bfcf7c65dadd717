package io.flowright.benchmarks.peers;

import io.flowright.benchmarks.shapes.ChainTasks;
import io.flowright.benchmarks.shapes.FanTasks;
import io.flowright.benchmarks.shapes.LayersTasks;
import io.flowright.benchmarks.shapes.Value;
import io.flowright.benchmarks.shapes.Work;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Written by hand, each task handed to an executor. */
final class CompletableFuturesOnExecutor implements Peer {

    private final Executor executor;
    private final ChainTasks chain;
    private final FanTasks fan;
    private final LayersTasks layers;

    CompletableFuturesOnExecutor(Work work, Executor executor) {
        this.executor = executor;
        chain = new ChainTasks(work);
        fan = new FanTasks(work);
        layers = new LayersTasks(work);
    }

    @Override
    public Value chain(Value seed) {
        return CompletableFuture.supplyAsync(() -> chain.step1(seed), executor)
                .thenApplyAsync(chain::step2, executor)
                .thenApplyAsync(chain::step3, executor)
                .thenApplyAsync(chain::step4, executor)
                .thenApplyAsync(chain::step5, executor)
                .thenApplyAsync(chain::step6, executor)
                .thenApplyAsync(chain::step7, executor)
                .thenApplyAsync(chain::step8, executor)
                .thenApplyAsync(chain::step9, executor)
                .thenApplyAsync(chain::step10, executor)
                .join();
    }

    @Override
    public Value fan(Value seed) {
        CompletableFuture<Value> split = CompletableFuture.supplyAsync(() -> fan.split(seed), executor);
        CompletableFuture<Value> part1 = split.thenApplyAsync(fan::part1, executor);
        CompletableFuture<Value> part2 = split.thenApplyAsync(fan::part2, executor);
        CompletableFuture<Value> part3 = split.thenApplyAsync(fan::part3, executor);
        CompletableFuture<Value> part4 = split.thenApplyAsync(fan::part4, executor);
        CompletableFuture<Value> part5 = split.thenApplyAsync(fan::part5, executor);
        CompletableFuture<Value> part6 = split.thenApplyAsync(fan::part6, executor);
        CompletableFuture<Value> part7 = split.thenApplyAsync(fan::part7, executor);
        CompletableFuture<Value> part8 = split.thenApplyAsync(fan::part8, executor);
        return CompletableFuture.allOf(part1, part2, part3, part4, part5, part6, part7, part8)
                .thenApplyAsync(
                        all -> fan.join(
                                part1.join(),
                                part2.join(),
                                part3.join(),
                                part4.join(),
                                part5.join(),
                                part6.join(),
                                part7.join(),
                                part8.join()),
                        executor)
                .join();
    }

    @Override
    public int layers(Value seed) {
        CompletableFuture<Value> a1 = CompletableFuture.supplyAsync(() -> layers.a1(seed), executor);
        CompletableFuture<Value> a2 = CompletableFuture.supplyAsync(() -> layers.a2(seed), executor);
        CompletableFuture<Value> a3 = CompletableFuture.supplyAsync(() -> layers.a3(seed), executor);
        CompletableFuture<Value> a4 = CompletableFuture.supplyAsync(() -> layers.a4(seed), executor);
        CompletableFuture<Value> b1 = a1.thenCombineAsync(a2, layers::b1, executor);
        CompletableFuture<Value> b2 = a2.thenCombineAsync(a3, layers::b2, executor);
        CompletableFuture<Value> b3 = a3.thenCombineAsync(a4, layers::b3, executor);
        CompletableFuture<Value> b4 = a4.thenCombineAsync(a1, layers::b4, executor);
        CompletableFuture<Value> c1 = b1.thenCombineAsync(b2, layers::c1, executor);
        CompletableFuture<Value> c2 = b2.thenCombineAsync(b3, layers::c2, executor);
        CompletableFuture<Value> c3 = b3.thenCombineAsync(b4, layers::c3, executor);
        CompletableFuture<Value> c4 = b4.thenCombineAsync(b1, layers::c4, executor);
        CompletableFuture<Value> d1 = c1.thenCombineAsync(c2, layers::d1, executor);
        CompletableFuture<Value> d2 = c2.thenCombineAsync(c3, layers::d2, executor);
        CompletableFuture<Value> d3 = c3.thenCombineAsync(c4, layers::d3, executor);
        CompletableFuture<Value> d4 = c4.thenCombineAsync(c1, layers::d4, executor);
        CompletableFuture<Value> e1 = d1.thenCombineAsync(d2, layers::e1, executor);
        CompletableFuture<Value> e2 = d2.thenCombineAsync(d3, layers::e2, executor);
        CompletableFuture<Value> e3 = d3.thenCombineAsync(d4, layers::e3, executor);
        CompletableFuture<Value> e4 = d4.thenCombineAsync(d1, layers::e4, executor);
        return e1.join().number()
                + e2.join().number()
                + e3.join().number()
                + e4.join().number();
    }
}
