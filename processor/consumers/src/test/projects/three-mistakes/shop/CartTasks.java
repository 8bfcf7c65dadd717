package shop;

import io.flowright.annotations.*;
import java.util.List;

@Flow
public class CartTasks {

    @Provides
    List<Order> orders() {
        return List.of(new Order(1));
    }

    @Provides
    int total(@Requires List<Invoice> orders) {
        return orders.size();
    }

    @Provides
    String receipt(@Requires int totals) {
        return "total " + totals;
    }
}
