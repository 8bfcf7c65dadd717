package io.flowright.benchmarks.durable.shapes;

import java.io.Serializable;

/**
 * A small value, as steps of a business process have. What the tasks do is to count, so that the last value shows whether all of them
 * ran.
 *
 * @param tasks one more than those of the values that it was made of have together
 */
public record Order(long id, int tasks, String state) implements Serializable {

    /** What the first task of each shape gives. */
    public static Order placed(long id) {
        return new Order(id, 1, "on its way");
    }

    /** What a task gives that takes these. */
    public static Order after(Order first, Order... others) {
        int tasks = first.tasks + 1;
        for (Order other : others) {
            tasks += other.tasks;
        }
        return new Order(first.id, tasks, first.state);
    }
}
