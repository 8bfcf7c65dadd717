package io.flowright.crash.chaos;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.runtime.TaskContext;

/** Runs of one account charge it once, all of them together. */
@Flow(durable = true)
class PooledTasks {

    private final World world;

    PooledTasks(World world) {
        this.world = world;
    }

    @Provides
    @Idempotent("{id.account}")
    Step charge(@Input PooledId id, TaskContext task) {
        return world.act(task);
    }

    @Provides
    Step notice(@Requires Step charge, TaskContext task) {
        return world.act(task, charge);
    }
}
