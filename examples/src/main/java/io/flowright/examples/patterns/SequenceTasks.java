package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import java.util.function.Consumer;

/** Pattern 1, sequence: after a value, or after a key that only orders. */
@Flow
public record SequenceTasks(Consumer<String> journal) {

    @Provides
    String letter(@Input String name) {
        return "Dear " + name;
    }

    @Provides("printed")
    void print(@Requires String letter) {
        journal.accept("printed: " + letter);
    }

    @Task
    @Requires("printed")
    void post() {
        journal.accept("posted");
    }
}
