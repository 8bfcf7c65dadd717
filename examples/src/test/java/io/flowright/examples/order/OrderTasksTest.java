package io.flowright.examples.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.flowright.examples.order.OrderTasks.Order;
import io.flowright.examples.order.OrderTasks.Payment;
import io.flowright.examples.order.OrderTasks.PaymentService;
import io.flowright.examples.order.OrderTasks.Reservation;
import io.flowright.examples.order.OrderTasks.Warehouse;
import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.TaskContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests the logic of tasks with mocks: no engine, no generated class, no runtime. */
class OrderTasksTest {

    private static final Order ORDER = new Order(42, "chair", 4, new BigDecimal("199.00"));

    private final Warehouse warehouse = mock(Warehouse.class);
    private final PaymentService payments = mock(PaymentService.class);
    private final OrderTasks tasks = new OrderTasks(warehouse, payments);

    @Test
    void reserve_sets_aside_what_was_ordered() {
        when(warehouse.reserve("chair", 4)).thenReturn(new Reservation("shelf 7"));

        assertThat(tasks.reserve(ORDER)).isEqualTo(new Reservation("shelf 7"));
        verifyNoInteractions(payments);
    }

    @Test
    void charge_hands_its_idempotency_key_to_the_payment_service() throws IOException {
        TaskContext context = TaskContext.forTest();
        when(payments.charge(any(), anyString())).thenReturn(new Payment("p1"));

        assertThat(tasks.charge(ORDER, context)).isEqualTo(new Payment("p1"));
        verify(payments).charge(new BigDecimal("199.00"), context.idempotencyKey());
    }

    @Test
    void charge_leaves_retrying_to_its_annotation() throws IOException {
        when(payments.charge(eq(ORDER.total()), anyString())).thenThrow(new IOException("hung up"));

        assertThatThrownBy(() -> tasks.charge(ORDER, TaskContext.forTest())).isInstanceOf(IOException.class);
    }

    @Test
    void the_flow_runs_the_same_object() throws IOException {
        when(warehouse.find(42)).thenReturn(ORDER);
        when(warehouse.reserve("chair", 4)).thenReturn(new Reservation("shelf 7"));
        when(warehouse.ship(new Reservation("shelf 7"))).thenReturn("parcel 1");
        when(payments.charge(any(), anyString())).thenReturn(new Payment("p1"));

        assertThat(OrderFlow.create(tasks).run(42).receipt()).isEqualTo(new OrderTasks.Receipt(42, "p1", "parcel 1"));
    }

    @Test
    void the_trace_of_a_failure_leads_from_the_task_to_who_ran_the_flow() {
        when(warehouse.find(42)).thenAnswer(call -> {
            throw new IllegalStateException("closed today");
        });
        try (Engine engine = Engine.builder().sequential().build()) {
            OrderFlow flow = OrderFlow.create(tasks, engine);

            FlowFailedException failure = catchThrowableOfType(FlowFailedException.class, () -> flow.run(42));

            List<String> between = Stream.of(failure.getCause().getStackTrace())
                    .map(StackTraceElement::getClassName)
                    .dropWhile(name -> !name.equals(OrderTasks.class.getName()))
                    .takeWhile(name -> !name.equals(OrderTasksTest.class.getName()))
                    .toList();
            assertThat(between).hasSizeGreaterThan(2).noneMatch(name -> name.contains(".reflect."));
            assertThat(between.get(1)).startsWith(OrderFlow.class.getName());
        }
    }
}
