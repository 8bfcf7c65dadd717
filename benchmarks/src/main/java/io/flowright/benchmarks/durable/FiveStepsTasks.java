package io.flowright.benchmarks.durable;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

/** Five tasks that do next to nothing, each of which takes what the one before gave. */
@Flow(durable = true)
public class FiveStepsTasks {

    /** A small value, as steps of a business process have. */
    public record Order(long id, String state) {}

    @Provides
    public Order placed(@Input long id) {
        return new Order(id, "placed");
    }

    @Provides
    public Order reserved(@Requires Order placed) {
        return new Order(placed.id(), "reserved");
    }

    @Provides
    public Order paid(@Requires Order reserved) {
        return new Order(reserved.id(), "paid");
    }

    @Provides
    public Order packed(@Requires Order paid) {
        return new Order(paid.id(), "packed");
    }

    @Provides
    public Order sent(@Requires Order packed) {
        return new Order(packed.id(), "sent");
    }
}
