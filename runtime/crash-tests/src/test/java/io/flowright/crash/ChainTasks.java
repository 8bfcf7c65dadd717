package io.flowright.crash;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import io.flowright.runtime.TaskContext;

/** One after the other; the one in the middle needs a second attempt. */
@Flow(durable = true)
class ChainTasks {

    record Order(String id, int cents) {}

    private final EffectLog effects;

    ChainTasks(EffectLog effects) {
        this.effects = effects;
    }

    @Provides
    Order order(@Input String id, TaskContext task) {
        effects.add(task);
        return new Order(id, 4_200);
    }

    @Provides
    @Retry(delay = "100ms")
    int tax(@Requires Order order, TaskContext task) {
        effects.add(task);
        if (task.attempt() == 1) {
            throw new IllegalStateException("the tax office is closed");
        }
        return order.cents() / 10;
    }

    @Provides
    String receipt(@Requires Order order, @Requires int tax, TaskContext task) {
        effects.add(task);
        return order.cents() + "+" + tax;
    }
}
