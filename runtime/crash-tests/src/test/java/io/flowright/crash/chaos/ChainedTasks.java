package io.flowright.crash.chaos;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import io.flowright.runtime.TaskContext;

/** One after the other, two of them beside each other; one needs a second attempt. */
@Flow(durable = true)
class ChainedTasks {

    private final World world;

    ChainedTasks(World world) {
        this.world = world;
    }

    @Provides
    Step order(@Input String id, TaskContext task) {
        return world.act(task);
    }

    @Provides
    @Retry(delay = "50ms")
    Step tax(@Requires Step order, TaskContext task) {
        Step step = world.act(task, order);
        if (task.attempt() == 1) {
            throw new IllegalStateException("the tax office is closed");
        }
        return step;
    }

    @Provides
    Step stock(@Requires Step order, TaskContext task) {
        return world.act(task, order);
    }

    @Provides
    Step parcel(@Requires Step tax, @Requires Step stock, TaskContext task) {
        return world.act(task, tax, stock);
    }

    @Provides
    Step receipt(@Requires Step parcel, TaskContext task) {
        return world.act(task, parcel);
    }
}
