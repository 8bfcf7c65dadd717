package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.function.Consumer;

/** Pattern 2, parallel split: several tasks need one key. Pattern 3, synchronization: one task needs several. */
@Flow
public record ParallelSplitTasks(Consumer<String> journal) {

    @Provides
    String order(@Input long orderId) {
        return "order " + orderId;
    }

    @Provides
    String invoice(@Requires String order) {
        journal.accept("invoice");
        return "invoice of " + order;
    }

    @Provides
    String parcel(@Requires String order) {
        journal.accept("parcel");
        return "parcel of " + order;
    }

    @Provides
    String shipment(@Requires String invoice, @Requires String parcel) {
        return parcel + " with " + invoice;
    }
}
