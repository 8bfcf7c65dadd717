package io.flowright.crash;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.runtime.TaskContext;

/** Two side by side, one of them idempotent. */
@Flow(durable = true)
class DiamondTasks {

    private final EffectLog effects;

    DiamondTasks(EffectLog effects) {
        this.effects = effects;
    }

    @Provides
    String order(@Input String id, TaskContext task) {
        effects.add(task);
        return "order " + id.length();
    }

    @Provides
    int parcel(@Requires String order, TaskContext task) {
        effects.add(task);
        return order.length();
    }

    @Provides
    @Idempotent("{order}")
    String payment(@Requires String order, TaskContext task) {
        effects.add(task);
        return "paid";
    }

    @Provides
    String receipt(@Requires int parcel, @Requires String payment, TaskContext task) {
        effects.add(task);
        return payment + " " + parcel;
    }
}
