package io.flowright.crash;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import io.flowright.runtime.TaskContext;

/** The task in the middle must not run twice by itself. */
@Flow(durable = true)
class OnceTasks {

    private final EffectLog effects;

    OnceTasks(EffectLog effects) {
        this.effects = effects;
    }

    @Provides
    String order(@Input String id, TaskContext task) {
        effects.add(task);
        return "order";
    }

    @Task(once = true)
    @Provides
    String payment(@Requires String order, TaskContext task) {
        effects.add(task);
        return "paid";
    }

    @Provides
    String receipt(@Requires String payment, TaskContext task) {
        effects.add(task);
        return payment + "!";
    }
}
