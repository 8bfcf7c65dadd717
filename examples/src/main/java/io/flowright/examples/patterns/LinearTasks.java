package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.function.Consumer;

/** A linear flow: each task after the one before. */
@Flow
public record LinearTasks(Consumer<String> journal) {

    @Provides
    void first() {
        journal.accept("first");
    }

    @Provides
    @Requires("first")
    void second() {
        journal.accept("second");
    }

    @Provides
    @Requires("second")
    void third() {
        journal.accept("third");
    }
}
