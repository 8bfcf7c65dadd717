package io.flowright.benchmarks.durable.shapes;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;

/** One task. */
@Flow(durable = true)
public class SingleTasks {

    @Provides
    public Order step1(@Input long id) {
        return Order.placed(id);
    }
}
