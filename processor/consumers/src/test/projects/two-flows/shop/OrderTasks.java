package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

@Flow(include = StockTasks.class)
class OrderTasks {

    @Provides
    Order order(@Input long orderId) {
        return new Order(orderId, 3);
    }

    @Provides
    String label(@Requires Order order, @Requires int stock) {
        return order + " of " + stock;
    }
}
