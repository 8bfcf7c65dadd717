package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;

@Flow
class RefundTasks {

    @Provides
    long refund(@Input Order order) {
        return -order.id();
    }
}
