package io.flowright.crash;

import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.runtime.TaskContext;
import java.util.List;
import java.util.stream.IntStream;

/** Four elements at once. */
@Flow(durable = true)
class FanOutTasks {

    private final EffectLog effects;

    FanOutTasks(EffectLog effects) {
        this.effects = effects;
    }

    @Provides
    List<Integer> pages(@Input String id, TaskContext task) {
        effects.add(task);
        return IntStream.range(0, 4).mapToObj(page -> page * 10).toList();
    }

    @Provides
    String text(@ForEach("pages") int page, TaskContext task) {
        effects.add(task);
        return "page" + page;
    }

    @Provides
    String book(@Requires("text") List<String> texts, TaskContext task) {
        effects.add(task);
        return String.join(",", texts);
    }
}
