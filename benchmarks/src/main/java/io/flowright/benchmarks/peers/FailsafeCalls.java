package io.flowright.benchmarks.peers;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.flowright.benchmarks.shapes.ChainTasks;
import io.flowright.benchmarks.shapes.FanTasks;
import io.flowright.benchmarks.shapes.LayersTasks;
import io.flowright.benchmarks.shapes.Value;
import io.flowright.benchmarks.shapes.Work;

/** Plain Java, each call wrapped in a retry policy that never has to act. */
final class FailsafeCalls implements Peer {

    private final FailsafeExecutor<Value> retry =
            Failsafe.with(RetryPolicy.<Value>builder().withMaxRetries(2).build());
    private final ChainTasks chain;
    private final FanTasks fan;
    private final LayersTasks layers;

    FailsafeCalls(Work work) {
        chain = new ChainTasks(work);
        fan = new FanTasks(work);
        layers = new LayersTasks(work);
    }

    @Override
    public Value chain(Value seed) {
        Value step1 = retry.get(() -> chain.step1(seed));
        Value step2 = retry.get(() -> chain.step2(step1));
        Value step3 = retry.get(() -> chain.step3(step2));
        Value step4 = retry.get(() -> chain.step4(step3));
        Value step5 = retry.get(() -> chain.step5(step4));
        Value step6 = retry.get(() -> chain.step6(step5));
        Value step7 = retry.get(() -> chain.step7(step6));
        Value step8 = retry.get(() -> chain.step8(step7));
        Value step9 = retry.get(() -> chain.step9(step8));
        return retry.get(() -> chain.step10(step9));
    }

    @Override
    public Value fan(Value seed) {
        Value split = retry.get(() -> fan.split(seed));
        Value part1 = retry.get(() -> fan.part1(split));
        Value part2 = retry.get(() -> fan.part2(split));
        Value part3 = retry.get(() -> fan.part3(split));
        Value part4 = retry.get(() -> fan.part4(split));
        Value part5 = retry.get(() -> fan.part5(split));
        Value part6 = retry.get(() -> fan.part6(split));
        Value part7 = retry.get(() -> fan.part7(split));
        Value part8 = retry.get(() -> fan.part8(split));
        return retry.get(() -> fan.join(part1, part2, part3, part4, part5, part6, part7, part8));
    }

    @Override
    public int layers(Value seed) {
        Value a1 = retry.get(() -> layers.a1(seed));
        Value a2 = retry.get(() -> layers.a2(seed));
        Value a3 = retry.get(() -> layers.a3(seed));
        Value a4 = retry.get(() -> layers.a4(seed));
        Value b1 = retry.get(() -> layers.b1(a1, a2));
        Value b2 = retry.get(() -> layers.b2(a2, a3));
        Value b3 = retry.get(() -> layers.b3(a3, a4));
        Value b4 = retry.get(() -> layers.b4(a4, a1));
        Value c1 = retry.get(() -> layers.c1(b1, b2));
        Value c2 = retry.get(() -> layers.c2(b2, b3));
        Value c3 = retry.get(() -> layers.c3(b3, b4));
        Value c4 = retry.get(() -> layers.c4(b4, b1));
        Value d1 = retry.get(() -> layers.d1(c1, c2));
        Value d2 = retry.get(() -> layers.d2(c2, c3));
        Value d3 = retry.get(() -> layers.d3(c3, c4));
        Value d4 = retry.get(() -> layers.d4(c4, c1));
        return retry.get(() -> layers.e1(d1, d2)).number()
                + retry.get(() -> layers.e2(d2, d3)).number()
                + retry.get(() -> layers.e3(d3, d4)).number()
                + retry.get(() -> layers.e4(d4, d1)).number();
    }
}
