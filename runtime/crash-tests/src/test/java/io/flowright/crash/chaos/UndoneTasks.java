package io.flowright.crash.chaos;

import io.flowright.annotations.Compensates;
import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.runtime.BusinessFailure;
import io.flowright.runtime.TaskContext;

/** The last task fails, and what was done is undone. */
@Flow(durable = true)
class UndoneTasks {

    private final World world;

    UndoneTasks(World world) {
        this.world = world;
    }

    @Provides
    Step booking(@Input String id, TaskContext task) {
        return world.act(task);
    }

    @Compensates("booking")
    void cancelBooking(@Requires Step booking, TaskContext task) {
        world.act(task, booking);
    }

    @Provides
    Step payment(@Requires Step booking, TaskContext task) {
        return world.act(task, booking);
    }

    @Compensates("payment")
    void refund(@Requires Step payment, TaskContext task) {
        world.act(task, payment);
    }

    @Provides
    Step shipment(@Requires Step payment, TaskContext task) {
        world.act(task, payment);
        throw new BusinessFailure("nothing is shipped");
    }
}
