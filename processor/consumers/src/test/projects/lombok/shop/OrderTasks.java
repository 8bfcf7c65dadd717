package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import lombok.RequiredArgsConstructor;

@Flow
@RequiredArgsConstructor
class OrderTasks {

    private final int price;

    @Provides
    Order order(@Input long orderId) {
        return Order.builder().id(orderId).quantity(3).build();
    }

    @Provides
    @Idempotent("{order.id}")
    int total(@Requires Order order) {
        return order.getQuantity() * price;
    }
}
