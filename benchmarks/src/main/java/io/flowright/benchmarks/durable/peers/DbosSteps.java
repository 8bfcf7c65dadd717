package io.flowright.benchmarks.durable.peers;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.workflow.Workflow;
import io.flowright.benchmarks.durable.shapes.Order;
import java.util.function.UnaryOperator;

/** The workflows as functions that call one step after the other. */
public final class DbosSteps implements DbosWorkflows {

    private final DBOS dbos;
    private final UnaryOperator<Order> second;

    DbosSteps(DBOS dbos, UnaryOperator<Order> second) {
        this.dbos = dbos;
        this.second = second;
    }

    @Override
    @Workflow
    public Order chain(int length, long id) {
        Order order = dbos.runStep(() -> Order.placed(id), "step1");
        for (int step = 2; step <= length; step++) {
            order = after("step" + step, order);
        }
        return order;
    }

    @Override
    @Workflow
    public Order diamond(long id) {
        Order first = dbos.runStep(() -> Order.placed(id), "first");
        Order left1 = after("left1", first);
        Order left2 = after("left2", first);
        Order left3 = after("left3", first);
        Order middle1 = after("middle1", left1);
        Order middle2 = after("middle2", left2);
        Order middle3 = after("middle3", left3);
        Order middle4 = after("middle4", left1);
        Order middle5 = after("middle5", left2);
        Order middle6 = after("middle6", left3);
        Order middle7 = after("middle7", left1);
        Order right1 = after("right1", middle1, middle2);
        Order right2 = after("right2", middle3, middle4);
        Order right3 = after("right3", middle5, middle6, middle7);
        return after("last", right1, right2, right3);
    }

    @Override
    @Workflow
    public Order orphan(long id) {
        Order step1 = dbos.runStep(() -> Order.placed(id), "step1");
        Order step2 = dbos.runStep(() -> second.apply(step1), "step2");
        return after("step3", step2);
    }

    private Order after(String name, Order order, Order... others) {
        return dbos.runStep(() -> Order.after(order, others), name);
    }
}
