package io.flowright.cli;

import io.flowright.annotations.Compensates;
import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.Include;
import io.flowright.annotations.Input;
import io.flowright.annotations.OnFailure;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Task;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An order: loaded, labelled, charged and packed item by item. Tests say what fails and what hangs. */
@Flow(name = "shop", version = "7", durable = true, onFailure = OnFailure.HOLD)
@Include(value = LabelTasks.class, as = "label", rebind = "name=order")
class ShopTasks {

    /** Whether the last item cannot be packed. */
    volatile boolean isBroken;

    /** What a charge waits for. */
    volatile CountDownLatch mayCharge = new CountDownLatch(0);

    @Task
    @Provides("order")
    String load(@Input int number) {
        return "order " + number;
    }

    @Provides
    List<Integer> items(@Requires String order) {
        return List.of(1, 2, 3);
    }

    @Task
    @Provides("packed")
    int pack(@ForEach(value = "items", maxConcurrency = 1) int item, @Requires String payment) {
        if (isBroken && item == 3) {
            throw new IllegalStateException("item 3 is broken");
        }
        return item;
    }

    @Task
    @Provides("payment")
    String charge(@Requires String order) throws InterruptedException {
        mayCharge.await();
        return "paid for " + order;
    }

    @Compensates("charge")
    void refund(@Requires String payment) {}

    @Task
    @Provides("receipt")
    String ship(@Requires List<Integer> packed, @Requires String payment) {
        return payment + ": " + packed;
    }
}
