package io.flowright.crash.chaos;

import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.runtime.TaskContext;
import java.util.List;
import java.util.stream.IntStream;

/** Several elements at once. */
@Flow(durable = true)
class SpreadTasks {

    static final int PAGES = 5;

    private final World world;

    SpreadTasks(World world) {
        this.world = world;
    }

    @Provides
    List<Step> pages(@Input String id, TaskContext task) {
        Step step = world.act(task);
        return IntStream.range(0, PAGES).mapToObj(page -> step).toList();
    }

    @Provides
    Step text(@ForEach("pages") Step page, TaskContext task) {
        return world.act(task, page);
    }

    @Provides
    Step book(@Requires("text") List<Step> texts, TaskContext task) {
        return world.act(task, texts);
    }
}
