package io.flowright.benchmarks.durable.shapes;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Three tasks, of which the second may be told to wait, so that a process can die in it. */
@Flow(durable = true)
public class OrphanTasks {

    private final Function<Order, CompletionStage<Order>> second;

    public OrphanTasks(Function<Order, CompletionStage<Order>> second) {
        this.second = second;
    }

    @Provides
    public Order step1(@Input long id) {
        return Order.placed(id);
    }

    @Provides
    public CompletionStage<Order> step2(@Requires Order step1) {
        return second.apply(step1);
    }

    @Provides
    public Order step3(@Requires Order step2) {
        return Order.after(step2);
    }
}
