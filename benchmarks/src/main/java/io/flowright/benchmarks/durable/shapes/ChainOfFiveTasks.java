package io.flowright.benchmarks.durable.shapes;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

/** Five tasks, each of which takes what the one before gave. */
@Flow(durable = true)
public class ChainOfFiveTasks {

    @Provides
    public Order step1(@Input long id) {
        return Order.placed(id);
    }

    @Provides
    public Order step2(@Requires Order step1) {
        return Order.after(step1);
    }

    @Provides
    public Order step3(@Requires Order step2) {
        return Order.after(step2);
    }

    @Provides
    public Order step4(@Requires Order step3) {
        return Order.after(step3);
    }

    @Provides
    public Order step5(@Requires Order step4) {
        return Order.after(step4);
    }
}
