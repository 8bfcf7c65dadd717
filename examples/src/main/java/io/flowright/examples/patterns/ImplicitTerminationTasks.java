package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import java.util.function.Consumer;

/** Pattern 11, implicit termination: the run ends when nothing is left to do; no task needs to be the last. */
@Flow
public record ImplicitTerminationTasks(Consumer<String> journal) {

    @Provides
    String photo(@Input String file) {
        return "photo of " + file;
    }

    @Task
    void archive(@Requires String photo) {
        journal.accept("archived");
    }

    @Task
    void announce(@Requires String photo) {
        journal.accept("announced");
    }
}
