package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;

@Flow
class OrderTasks {

    @Provides
    String order(@Input long orderId) {
        return "order " + orderId;
    }

    @Provides
    int total(@Requires String ordre) {
        return ordre.length();
    }
}
