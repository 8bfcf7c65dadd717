package io.flowright.examples.order;

import io.flowright.examples.order.OrderTasks.Order;
import io.flowright.examples.order.OrderTasks.Payment;
import io.flowright.examples.order.OrderTasks.Reservation;
import java.math.BigDecimal;

/** Runs the order flow against a warehouse and a payment service that live in memory. */
public final class OrderSample {

    private OrderSample() {}

    public static void main(String[] args) {
        OrderFlow flow = OrderFlow.create(
                new OrderTasks(new SmallWarehouse(), (amount, key) -> new Payment("payment of " + amount)));
        System.out.println(flow.run(42).receipt());
    }

    /** Has what is ordered, always. */
    static final class SmallWarehouse implements OrderTasks.Warehouse {

        @Override
        public Order find(long orderId) {
            return new Order(orderId, "chair", 4, new BigDecimal("199.00"));
        }

        @Override
        public Reservation reserve(String article, int pieces) {
            return new Reservation("shelf 7");
        }

        @Override
        public String ship(Reservation reservation) {
            return "parcel from " + reservation.shelf();
        }
    }
}
