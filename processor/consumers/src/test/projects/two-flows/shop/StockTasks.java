package shop;

import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

class StockTasks {

    @Provides
    int stock(@Requires Order order) {
        return order.quantity() + 4;
    }
}
