package shop;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.generated.RetrySpec;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/** The flow {@code order}, made from {@link OrderTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class OrderFlow extends TypedFlow<OrderFlow.Result> {
    private final OrderTasks orderTasks;

    private OrderFlow(OrderTasks orderTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.orderTasks = orderTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static OrderFlow create(OrderTasks orderTasks) {
        return create(orderTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static OrderFlow create(OrderTasks orderTasks, Engine engine) {
        OrderFlow flow = new OrderFlow(Objects.requireNonNull(orderTasks, "orderTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(long orderId) {
        return run(RunOptions.none(), orderId);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, long orderId) {
        return execute(options, new Frame(this, orderId));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(long orderId) {
        return runAsync(RunOptions.none(), orderId);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, long orderId) {
        return executeAsync(options, new Frame(this, orderId));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(long orderId) {
        return start(RunOptions.none(), orderId);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, long orderId) {
        return launch(options, new Frame(this, orderId));
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** What {@link OrderTasks#load} returned. */
        public OrderTasks.Order order() {
            frame.requireWanted(0);
            return frame.order;
        }

        /** What {@link OrderTasks#reserve} returned. */
        public OrderTasks.Reservation reservation() {
            frame.requireWanted(1);
            return frame.reservation;
        }

        /** What {@link OrderTasks#charge} returned. */
        public OrderTasks.Payment payment() {
            frame.requireWanted(2);
            return frame.payment;
        }

        /** What {@link OrderTasks#ship} returned. */
        public OrderTasks.Receipt receipt() {
            frame.requireWanted(3);
            return frame.receipt;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'order' [order, reservation, payment, receipt]";
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link OrderTasks#load}. */
        public static final String ORDER = "order";

        /** From {@link OrderTasks#reserve}. */
        public static final String RESERVATION = "reservation";

        /** From {@link OrderTasks#charge}. */
        public static final String PAYMENT = "payment";

        /** From {@link OrderTasks#ship}. */
        public static final String RECEIPT = "receipt";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link OrderTasks#load}. */
        public static final String LOAD = "load";

        /** {@link OrderTasks#reserve}. */
        public static final String RESERVE = "reserve";

        /** {@link OrderTasks#charge}. */
        public static final String CHARGE = "charge";

        /** {@link OrderTasks#ship}. */
        public static final String SHIP = "ship";

        /** {@link OrderTasks#notifyCustomer}. */
        public static final String NOTIFY_CUSTOMER = "notifyCustomer";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final OrderTasks orderTasks;
        private final long orderId;
        private OrderTasks.Order order;
        private OrderTasks.Reservation reservation;
        private OrderTasks.Payment payment;
        private OrderTasks.Receipt receipt;

        Frame(OrderFlow flow, long orderId) {
            this.orderTasks = flow.orderTasks;
            this.orderId = orderId;
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> load();
                case 1 -> reserve();
                case 3 -> ship();
                case 4 -> notifyCustomer();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object call(int task, TaskContext context) throws Throwable {
            return switch (task) {
                case 2 -> charge(context);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void put(int task, Object value) {
            switch (task) {
                case 2 -> payment = (OrderTasks.Payment) value;
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] idempotencyKey(int task) {
            return switch (task) {
                case 2 -> new Object[] {order.id()};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {order};
                case 1 -> new Object[] {reservation};
                case 2 -> new Object[] {payment};
                case 3 -> new Object[] {receipt};
                case 4 -> new Object[0];
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> order = (OrderTasks.Order) values[0];
                case 1 -> reservation = (OrderTasks.Reservation) values[0];
                case 2 -> payment = (OrderTasks.Payment) values[0];
                case 3 -> receipt = (OrderTasks.Receipt) values[0];
                case 4 -> {}
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {orderId};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link OrderTasks#load}. */
        private void load() {
            order = provided(orderTasks.load(orderId), Keys.ORDER);
        }

        /** {@link OrderTasks#reserve}. */
        private void reserve() {
            reservation = provided(orderTasks.reserve(order), Keys.RESERVATION);
        }

        /** {@link OrderTasks#charge}. */
        private OrderTasks.Payment charge(TaskContext context) throws IOException {
            return orderTasks.charge(order, context);
        }

        /** {@link OrderTasks#ship}. */
        private void ship() {
            receipt = provided(orderTasks.ship(reservation, payment), Keys.RECEIPT);
        }

        /** {@link OrderTasks#notifyCustomer}. */
        private void notifyCustomer() {
            orderTasks.notifyCustomer(receipt);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final OrderFlow flow;

        Recording(OrderFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(long.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(OrderTasks.Order.class);
                case 1 -> types(OrderTasks.Reservation.class);
                case 2 -> types(OrderTasks.Payment.class);
                case 3 -> types(OrderTasks.Receipt.class);
                default -> nothing();
            };
        }

        @Override
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (long) inputs[0]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("order", "");
            graph.fingerprint("1adec6a05e5a0781a6b28a68dad668cf");
            graph.input("orderId", "long");
            graph.task(Tasks.LOAD, "OrderTasks.load").requires("orderId").provides(Keys.ORDER);
            graph.task(Tasks.RESERVE, "OrderTasks.reserve").requires(Keys.ORDER).provides(Keys.RESERVATION);
            graph.task(Tasks.CHARGE, "OrderTasks.charge")
                    .requires(Keys.ORDER)
                    .provides(Keys.PAYMENT)
                    .managed()
                    .retry(RetrySpec.attempts(5).delay(Duration.ofMillis(200)).backoff(2).on(IOException.class))
                    .idempotent(Duration.ofDays(7));
            graph.task(Tasks.SHIP, "OrderTasks.ship")
                    .requires(Keys.RESERVATION, Keys.PAYMENT)
                    .provides(Keys.RECEIPT);
            graph.task(Tasks.NOTIFY_CUSTOMER, "OrderTasks.notifyCustomer").requires(Keys.RECEIPT).nullable();
            return graph.build();
        }
    }
}
