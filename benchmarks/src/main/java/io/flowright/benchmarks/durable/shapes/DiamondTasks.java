package io.flowright.benchmarks.durable.shapes;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

/** One task, three that take what it gave, seven, three, one. */
@Flow(durable = true)
public class DiamondTasks {

    @Provides
    public Order first(@Input long id) {
        return Order.placed(id);
    }

    @Provides
    public Order left1(@Requires Order first) {
        return Order.after(first);
    }

    @Provides
    public Order left2(@Requires Order first) {
        return Order.after(first);
    }

    @Provides
    public Order left3(@Requires Order first) {
        return Order.after(first);
    }

    @Provides
    public Order middle1(@Requires Order left1) {
        return Order.after(left1);
    }

    @Provides
    public Order middle2(@Requires Order left2) {
        return Order.after(left2);
    }

    @Provides
    public Order middle3(@Requires Order left3) {
        return Order.after(left3);
    }

    @Provides
    public Order middle4(@Requires Order left1) {
        return Order.after(left1);
    }

    @Provides
    public Order middle5(@Requires Order left2) {
        return Order.after(left2);
    }

    @Provides
    public Order middle6(@Requires Order left3) {
        return Order.after(left3);
    }

    @Provides
    public Order middle7(@Requires Order left1) {
        return Order.after(left1);
    }

    @Provides
    public Order right1(@Requires Order middle1, @Requires Order middle2) {
        return Order.after(middle1, middle2);
    }

    @Provides
    public Order right2(@Requires Order middle3, @Requires Order middle4) {
        return Order.after(middle3, middle4);
    }

    @Provides
    public Order right3(@Requires Order middle5, @Requires Order middle6, @Requires Order middle7) {
        return Order.after(middle5, middle6, middle7);
    }

    @Provides
    public Order last(@Requires Order right1, @Requires Order right2, @Requires Order right3) {
        return Order.after(right1, right2, right3);
    }
}
