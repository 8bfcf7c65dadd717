package shop;

import generator.GenerateOrder;
import io.flowright.annotations.Flow;
import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

@Flow
@GenerateOrder
class OrderTasks {

    @Provides
    Order order(@Input long orderId) {
        return new Order(orderId, 3);
    }

    @Provides
    @Idempotent("{order.id}")
    int total(@Requires Order order) {
        return order.quantity() * 7;
    }
}
