package io.flowright.examples.patterns;

import io.flowright.annotations.Bulkhead;
import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Task;
import java.util.function.Consumer;

/** Patterns 39 and 40, critical section and interleaved routing: in any order, but one at a time, in all runs of an engine. */
@Flow
public record CriticalSectionTasks(Consumer<String> printer) {

    @Task
    @Bulkhead(name = "printer", max = 1)
    void invoice(@Input long order) {
        printer.accept("invoice");
    }

    @Task
    @Bulkhead(name = "printer", max = 1)
    void label(@Input long order) {
        printer.accept("label");
    }
}
