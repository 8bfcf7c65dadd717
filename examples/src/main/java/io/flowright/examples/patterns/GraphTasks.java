package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Include;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import java.util.function.Consumer;

/** A graph flow: linked by a value, by hand, and to the end of a linear flow within it. */
@Flow
@Include(value = LinearTasks.class, as = "line", rebind = "third=aligned")
public record GraphTasks(Consumer<String> journal) {

    @Provides
    int size(@Input String text) {
        return text.length();
    }

    @Provides
    @Requires("aligned")
    void linked(@Requires int size) {
        journal.accept("linked " + size);
    }

    @Task
    @Requires("linked")
    void end() {
        journal.accept("end");
    }
}
