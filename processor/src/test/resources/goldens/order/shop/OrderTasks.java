package shop;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import io.flowright.annotations.Task;
import io.flowright.runtime.TaskContext;
import java.io.IOException;

@Flow
public class OrderTasks {

    public record Order(long id, long total) {}

    public record Reservation(long orderId) {}

    public record Payment(String id) {}

    public record Receipt(Reservation reservation, Payment payment) {}

    @Provides("order")
    Order load(@Input long orderId) {
        return new Order(orderId, 100 * orderId);
    }

    @Provides("reservation")
    Reservation reserve(@Requires Order order) {
        return new Reservation(order.id());
    }

    @Provides("payment")
    @Retry(maxAttempts = 5, delay = "200ms", backoff = 2, on = IOException.class)
    @Idempotent("{order.id}")
    Payment charge(@Requires Order order, TaskContext task) throws IOException {
        return new Payment(task.idempotencyKey());
    }

    @Provides("receipt")
    Receipt ship(@Requires Reservation reservation, @Requires Payment payment) {
        return new Receipt(reservation, payment);
    }

    @Task
    void notifyCustomer(@Requires Receipt receipt) {}
}
