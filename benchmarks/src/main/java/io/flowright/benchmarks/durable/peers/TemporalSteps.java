package io.flowright.benchmarks.durable.peers;

import io.flowright.benchmarks.durable.shapes.Order;
import io.flowright.benchmarks.durable.shapes.Shape;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The workflows as functions that call activities; those of the diamond that depend on nothing of each other together. */
public final class TemporalSteps implements TemporalWorkflows {

    private final TemporalActivities activities = Workflow.newActivityStub(
            TemporalActivities.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofMinutes(1))
                    .build());

    @Override
    public Order run(Shape shape, long id) {
        return shape == Shape.DIAMOND_15 ? diamond(id) : chain(shape.tasks(), id);
    }

    private Order chain(int length, long id) {
        Order order = activities.placed(id);
        for (int step = 2; step <= length; step++) {
            order = activities.after(List.of(order));
        }
        return order;
    }

    private Order diamond(long id) {
        Order first = activities.placed(id);
        Promise<Order> left1 = after(first);
        Promise<Order> left2 = after(first);
        Promise<Order> left3 = after(first);
        Promise<Order> middle1 = after(left1.get());
        Promise<Order> middle2 = after(left2.get());
        Promise<Order> middle3 = after(left3.get());
        Promise<Order> middle4 = after(left1.get());
        Promise<Order> middle5 = after(left2.get());
        Promise<Order> middle6 = after(left3.get());
        Promise<Order> middle7 = after(left1.get());
        Promise<Order> right1 = after(middle1.get(), middle2.get());
        Promise<Order> right2 = after(middle3.get(), middle4.get());
        Promise<Order> right3 = after(middle5.get(), middle6.get(), middle7.get());
        return after(right1.get(), right2.get(), right3.get()).get();
    }

    private Promise<Order> after(Order... orders) {
        return Async.function(activities::after, Arrays.asList(orders));
    }
}
