package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Task;
import java.util.function.Consumer;

/** An unordered flow: no task needs another. */
@Flow
public record UnorderedTasks(Consumer<String> journal) {

    @Task
    void left() {
        journal.accept("left");
    }

    @Task
    void right() {
        journal.accept("right");
    }
}
