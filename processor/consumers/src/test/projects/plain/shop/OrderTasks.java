package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import java.io.IOException;
import java.util.List;

@Flow
public class OrderTasks {

    private int attempts;

    @Provides("order")
    Order load(@Input long orderId) {
        return new Order(orderId, 3);
    }

    @Provides("price")
    int price(@Requires Order order) {
        return order.quantity() * 7;
    }

    @Provides("payment")
    @Retry(maxAttempts = 3, on = IOException.class)
    @Idempotent("{order.id}")
    String charge(@Requires Order order, @Requires int price) throws IOException {
        attempts++;
        if (attempts == 1) {
            throw new IOException("the line is busy");
        }
        return "paid " + price + " for " + order.id();
    }

    @Provides("receipt")
    Receipt ship(@Requires Order order, @Requires int price, @Requires String payment) {
        return new Receipt(order.id(), price, List.of(payment));
    }
}
