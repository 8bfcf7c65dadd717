package io.flowright.examples.order;

import io.flowright.annotations.Flow;
import io.flowright.annotations.Idempotent;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import io.flowright.annotations.Retry;
import io.flowright.runtime.TaskContext;
import java.io.IOException;
import java.math.BigDecimal;

/** Loads an order, reserves its goods, charges the customer and ships. What it needs comes through the constructor. */
@Flow
public class OrderTasks {

    /** What a customer ordered. */
    public record Order(long id, String article, int pieces, BigDecimal total) {}

    /** Goods set aside. */
    public record Reservation(String shelf) {}

    /** Money received. */
    public record Payment(String id) {}

    /** What the customer gets. */
    public record Receipt(long order, String payment, String parcel) {}

    /** Knows orders and goods. */
    public interface Warehouse {
        Order find(long orderId);

        Reservation reserve(String article, int pieces);

        String ship(Reservation reservation);
    }

    /** Takes money; the same key twice is one payment. */
    public interface PaymentService {
        Payment charge(BigDecimal amount, String idempotencyKey) throws IOException;
    }

    private final Warehouse warehouse;
    private final PaymentService payments;

    public OrderTasks(Warehouse warehouse, PaymentService payments) {
        this.warehouse = warehouse;
        this.payments = payments;
    }

    @Provides("order")
    Order load(@Input long orderId) {
        return warehouse.find(orderId);
    }

    @Provides("reservation")
    Reservation reserve(@Requires Order order) {
        return warehouse.reserve(order.article(), order.pieces());
    }

    @Provides("payment")
    @Retry(maxAttempts = 5, delay = "200ms", backoff = 2, on = IOException.class)
    @Idempotent("{order.id}")
    Payment charge(@Requires Order order, TaskContext task) throws IOException {
        return payments.charge(order.total(), task.idempotencyKey());
    }

    @Provides("receipt")
    Receipt ship(@Requires Order order, @Requires Reservation reservation, @Requires Payment payment) {
        return new Receipt(order.id(), payment.id(), warehouse.ship(reservation));
    }
}
