package io.flowright.benchmarks.peers;

import io.flowright.benchmarks.shapes.ChainTasks;
import io.flowright.benchmarks.shapes.FanTasks;
import io.flowright.benchmarks.shapes.LayersTasks;
import io.flowright.benchmarks.shapes.Value;
import io.flowright.benchmarks.shapes.Work;
import java.util.concurrent.CompletableFuture;

/** Written by hand on the caller's thread: the quickest form that {@link CompletableFuture} has, no executor at all. */
final class CompletableFutures implements Peer {

    private final ChainTasks chain;
    private final FanTasks fan;
    private final LayersTasks layers;

    CompletableFutures(Work work) {
        chain = new ChainTasks(work);
        fan = new FanTasks(work);
        layers = new LayersTasks(work);
    }

    @Override
    public Value chain(Value seed) {
        return CompletableFuture.completedFuture(seed)
                .thenApply(chain::step1)
                .thenApply(chain::step2)
                .thenApply(chain::step3)
                .thenApply(chain::step4)
                .thenApply(chain::step5)
                .thenApply(chain::step6)
                .thenApply(chain::step7)
                .thenApply(chain::step8)
                .thenApply(chain::step9)
                .thenApply(chain::step10)
                .join();
    }

    @Override
    public Value fan(Value seed) {
        CompletableFuture<Value> split = CompletableFuture.completedFuture(seed).thenApply(fan::split);
        CompletableFuture<Value> part1 = split.thenApply(fan::part1);
        CompletableFuture<Value> part2 = split.thenApply(fan::part2);
        CompletableFuture<Value> part3 = split.thenApply(fan::part3);
        CompletableFuture<Value> part4 = split.thenApply(fan::part4);
        CompletableFuture<Value> part5 = split.thenApply(fan::part5);
        CompletableFuture<Value> part6 = split.thenApply(fan::part6);
        CompletableFuture<Value> part7 = split.thenApply(fan::part7);
        CompletableFuture<Value> part8 = split.thenApply(fan::part8);
        return CompletableFuture.allOf(part1, part2, part3, part4, part5, part6, part7, part8)
                .thenApply(all -> fan.join(
                        part1.join(),
                        part2.join(),
                        part3.join(),
                        part4.join(),
                        part5.join(),
                        part6.join(),
                        part7.join(),
                        part8.join()))
                .join();
    }

    @Override
    public int layers(Value seed) {
        CompletableFuture<Value> input = CompletableFuture.completedFuture(seed);
        CompletableFuture<Value> a1 = input.thenApply(layers::a1);
        CompletableFuture<Value> a2 = input.thenApply(layers::a2);
        CompletableFuture<Value> a3 = input.thenApply(layers::a3);
        CompletableFuture<Value> a4 = input.thenApply(layers::a4);
        CompletableFuture<Value> b1 = a1.thenCombine(a2, layers::b1);
        CompletableFuture<Value> b2 = a2.thenCombine(a3, layers::b2);
        CompletableFuture<Value> b3 = a3.thenCombine(a4, layers::b3);
        CompletableFuture<Value> b4 = a4.thenCombine(a1, layers::b4);
        CompletableFuture<Value> c1 = b1.thenCombine(b2, layers::c1);
        CompletableFuture<Value> c2 = b2.thenCombine(b3, layers::c2);
        CompletableFuture<Value> c3 = b3.thenCombine(b4, layers::c3);
        CompletableFuture<Value> c4 = b4.thenCombine(b1, layers::c4);
        CompletableFuture<Value> d1 = c1.thenCombine(c2, layers::d1);
        CompletableFuture<Value> d2 = c2.thenCombine(c3, layers::d2);
        CompletableFuture<Value> d3 = c3.thenCombine(c4, layers::d3);
        CompletableFuture<Value> d4 = c4.thenCombine(c1, layers::d4);
        CompletableFuture<Value> e1 = d1.thenCombine(d2, layers::e1);
        CompletableFuture<Value> e2 = d2.thenCombine(d3, layers::e2);
        CompletableFuture<Value> e3 = d3.thenCombine(d4, layers::e3);
        CompletableFuture<Value> e4 = d4.thenCombine(d1, layers::e4);
        return e1.join().number()
                + e2.join().number()
                + e3.join().number()
                + e4.join().number();
    }
}
