package shop;

import io.flowright.annotations.*;

/** Each waits for the other. */
@Flow
public class OrderTasks {

    @Provides("order")
    Order load(@Input long orderId, @Requires Invoice invoice) {
        return new Order(orderId);
    }

    @Provides("invoice")
    Invoice bill(@Requires Order order) {
        return new Invoice(order.id());
    }
}
