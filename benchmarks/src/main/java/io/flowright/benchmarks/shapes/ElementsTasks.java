package io.flowright.benchmarks.shapes;

import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import java.util.List;

/** One task for each element of a list. */
@Flow
public class ElementsTasks {

    private final Work work;

    public ElementsTasks(Work work) {
        this.work = work;
    }

    @Provides
    public int size(@Input List<Value> elements) {
        return elements.size();
    }

    @Provides
    public Value done(@ForEach("elements") Value element) {
        return work.on(element);
    }
}
