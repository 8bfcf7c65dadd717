package io.flowright.crash;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.runtime.TaskContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The task in the middle lasts until there is a file. */
@Flow(durable = true)
class GateTasks {

    private final EffectLog effects;
    private final Path gate;

    GateTasks(EffectLog effects, Path gate) {
        this.effects = effects;
        this.gate = gate;
    }

    @Provides
    String order(@Input String id, TaskContext task) {
        effects.add(task);
        return "order";
    }

    @Provides
    String payment(@Requires String order, TaskContext task) throws InterruptedException {
        effects.add(task);
        while (!Files.exists(gate)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return "paid";
    }

    @Provides
    String receipt(@Requires String payment, TaskContext task) {
        effects.add(task);
        return payment + "!";
    }
}
