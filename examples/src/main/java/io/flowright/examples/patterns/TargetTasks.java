package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.function.Consumer;

/** A flow of which a run may be for some keys only: what these do not need is skipped. */
@Flow
public record TargetTasks(Consumer<String> journal) {

    @Provides
    String source(@Input String file) {
        return "source of " + file;
    }

    @Provides
    String classes(@Requires String source) {
        journal.accept("compile");
        return "classes from " + source;
    }

    @Provides
    String report(@Requires String classes) {
        journal.accept("test");
        return "report on " + classes;
    }

    @Provides
    String manual(@Requires String source) {
        journal.accept("document");
        return "manual of " + source;
    }
}
