package io.flowright.benchmarks.peers;

import io.flowright.benchmarks.shapes.ChainTasks;
import io.flowright.benchmarks.shapes.FanTasks;
import io.flowright.benchmarks.shapes.LayersTasks;
import io.flowright.benchmarks.shapes.Value;
import io.flowright.benchmarks.shapes.Work;

/** Plain Java: the methods called one after the other. The floor. */
final class DirectCalls implements Peer {

    private final ChainTasks chain;
    private final FanTasks fan;
    private final LayersTasks layers;

    DirectCalls(Work work) {
        chain = new ChainTasks(work);
        fan = new FanTasks(work);
        layers = new LayersTasks(work);
    }

    @Override
    public Value chain(Value seed) {
        Value step1 = chain.step1(seed);
        Value step2 = chain.step2(step1);
        Value step3 = chain.step3(step2);
        Value step4 = chain.step4(step3);
        Value step5 = chain.step5(step4);
        Value step6 = chain.step6(step5);
        Value step7 = chain.step7(step6);
        Value step8 = chain.step8(step7);
        Value step9 = chain.step9(step8);
        return chain.step10(step9);
    }

    @Override
    public Value fan(Value seed) {
        Value split = fan.split(seed);
        return fan.join(
                fan.part1(split),
                fan.part2(split),
                fan.part3(split),
                fan.part4(split),
                fan.part5(split),
                fan.part6(split),
                fan.part7(split),
                fan.part8(split));
    }

    @Override
    public int layers(Value seed) {
        Value a1 = layers.a1(seed);
        Value a2 = layers.a2(seed);
        Value a3 = layers.a3(seed);
        Value a4 = layers.a4(seed);
        Value b1 = layers.b1(a1, a2);
        Value b2 = layers.b2(a2, a3);
        Value b3 = layers.b3(a3, a4);
        Value b4 = layers.b4(a4, a1);
        Value c1 = layers.c1(b1, b2);
        Value c2 = layers.c2(b2, b3);
        Value c3 = layers.c3(b3, b4);
        Value c4 = layers.c4(b4, b1);
        Value d1 = layers.d1(c1, c2);
        Value d2 = layers.d2(c2, c3);
        Value d3 = layers.d3(c3, c4);
        Value d4 = layers.d4(c4, c1);
        return layers.e1(d1, d2).number()
                + layers.e2(d2, d3).number()
                + layers.e3(d3, d4).number()
                + layers.e4(d4, d1).number();
    }
}
