package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.Order;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** The tasks, for Temporal. */
@ActivityInterface
public interface TemporalActivities {

    /** The first of each workflow. */
    Order placed(long id);

    /** All others. */
    Order after(List<Order> orders);
}
