package io.flowright.examples.patterns;

import io.flowright.annotations.Compensates;
import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Pattern 20, cancel case: a run is cancelled, and what it did is undone if the caller wishes. */
@Flow
public record CancelCaseTasks(Consumer<String> journal, Callable<String> customer) {

    @Provides("seat")
    String reserve(@Input String show) {
        journal.accept("reserved");
        return "seat for " + show;
    }

    @Compensates("reserve")
    void release(@Requires String seat) {
        journal.accept("released " + seat);
    }

    @Provides("payment")
    @Requires("seat")
    String pay() throws Exception {
        return customer.call();
    }

    @Provides
    String ticket(@Requires String seat, @Requires String payment) {
        return "ticket: " + seat + ", " + payment;
    }
}
