package shop;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.CircuitBreakerSpec;
import io.flowright.runtime.generated.Elements;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.generated.RetrySpec;
import io.flowright.runtime.generated.UndoneElement;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    public Result run(long orderId, List<String> items) {
        return run(RunOptions.none(), orderId, items);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, long orderId, List<String> items) {
        return execute(options, new Frame(this, orderId, items));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(long orderId, List<String> items) {
        return runAsync(RunOptions.none(), orderId, items);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, long orderId,
            List<String> items) {
        return executeAsync(options, new Frame(this, orderId, items));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(long orderId, List<String> items) {
        return start(RunOptions.none(), orderId, items);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, long orderId, List<String> items) {
        return launch(options, new Frame(this, orderId, items));
    }

    /** Takes the inputs by name, then starts the flow. */
    public Inputs inputs() {
        return new Inputs(this);
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** What {@link OrderTasks#reserved} returned. */
        public int reserved() {
            frame.requireWanted(1);
            return frame.reserved;
        }

        /** What {@link OrderTasks#charge} returned. */
        public String payment() {
            frame.requireWanted(2);
            return frame.payment;
        }

        /** What {@link OrderTasks#weigh} returned for each element. */
        public List<Integer> weight() {
            frame.requireWanted(6);
            return frame.weight;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'order' [reserved, payment, weight]";
        }
    }

    /** The inputs of a run, by name. For use by one thread, once. */
    public static final class Inputs {
        private final OrderFlow flow;
        private Long orderId;
        private List<String> items;

        private Inputs(OrderFlow flow) {
            this.flow = flow;
        }

        /** Sets {@code orderId}. */
        public Inputs orderId(long orderId) {
            this.orderId = orderId;
            return this;
        }

        /** Sets {@code items}. */
        public Inputs items(List<String> items) {
            this.items = items;
            return this;
        }

        /**
         * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
         * If the calling thread is interrupted, the run is cancelled: this method throws a
         * {@code CancellationException}, and the thread's interrupt flag is set again.
         */
        public Result run() {
            return run(RunOptions.none());
        }

        /**
         * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
         * If the calling thread is interrupted, the run is cancelled: this method throws a
         * {@code CancellationException}, and the thread's interrupt flag is set again.
         */
        public Result run(RunOptions options) {
            return flow.execute(options, frame());
        }

        /** Starts the flow and promises its result. */
        public CompletableFuture<Result> runAsync() {
            return runAsync(RunOptions.none());
        }

        /** Starts the flow and promises its result. */
        public CompletableFuture<Result> runAsync(RunOptions options) {
            return flow.executeAsync(options, frame());
        }

        /** Starts the flow and returns its run. */
        public Run<Result> start() {
            return start(RunOptions.none());
        }

        /** Starts the flow and returns its run. */
        public Run<Result> start(RunOptions options) {
            return flow.launch(options, frame());
        }

        private Frame frame() {
            List<String> missing = new ArrayList<>();
            if (orderId == null) {
                missing.add("orderId");
            }
            if (items == null) {
                missing.add("items");
            }
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Flow 'order' has no value for the inputs: "
                        + String.join(", ", missing));
            }
            return new Frame(flow, orderId, items);
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link OrderTasks#order}. */
        public static final String ORDER = "order";

        /** From {@link OrderTasks#reserved}. */
        public static final String RESERVED = "reserved";

        /** From {@link OrderTasks#charge}. */
        public static final String PAYMENT = "payment";

        /** From {@link OrderTasks#parcels}. */
        public static final String PARCELS = "parcels";

        /** From {@link OrderTasks#print}. */
        public static final String LABEL = "label";

        /** From {@link OrderTasks#weigh}. */
        public static final String WEIGHT = "weight";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link OrderTasks#order}. */
        public static final String ORDER = "order";

        /** {@link OrderTasks#reserved}. */
        public static final String RESERVED = "reserved";

        /** {@link OrderTasks#charge}. */
        public static final String CHARGE = "charge";

        /** {@link OrderTasks#ship}. */
        public static final String SHIP = "ship";

        /** {@link OrderTasks#parcels}. */
        public static final String PARCELS = "parcels";

        /** {@link OrderTasks#print}. */
        public static final String PRINT = "print";

        /** {@link OrderTasks#weigh}. */
        public static final String WEIGH = "weigh";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final OrderTasks orderTasks;
        private final long orderId;
        private final List<String> items;
        private String order;
        private int reserved;
        private String payment;
        private List<String> parcels;
        private List<Integer> weight;

        Frame(OrderFlow flow, long orderId, List<String> items) {
            this.orderTasks = flow.orderTasks;
            this.orderId = orderId;
            this.items = input(items, "items");
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> order();
                case 1 -> reserved();
                case 3 -> ship();
                case 4 -> parcels();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object call(int task, TaskContext context) throws Throwable {
            return switch (task) {
                case 2 -> charge(context);
                case 7 -> {
                    refund(context);
                    yield null;
                }
                case 8 -> release_(context);
                case 9 -> {
                    forget(context);
                    yield null;
                }
                case 10 -> {
                    callBack(context);
                    yield null;
                }
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void put(int task, Object value) {
            switch (task) {
                case 2 -> payment = (String) value;
                case 5 -> {}
                case 6 -> putWeigh(value);
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object fallback(int task, Throwable failure, TaskContext context) throws Throwable {
            return switch (task) {
                case 10 -> {
                    callBackByHand(failure);
                    yield null;
                }
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void release(int task, int key) {
            switch (task) {
                case 4 -> parcels = null;
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] elements(int task) {
            return switch (task) {
                case 5 -> Elements.of(parcels);
                case 6 -> Elements.of(parcels);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object runElement(int task, Object element) throws Throwable {
            return switch (task) {
                case 5 -> print(element);
                case 6 -> weigh(element);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object callElement(int task, Object element, TaskContext context) throws Throwable {
            return switch (task) {
                case 11 -> {
                    burn((UndoneElement) element, context);
                    yield null;
                }
                case 12 -> unload((UndoneElement) element, context);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object elementFallback(int task, Object element, Throwable failure,
                TaskContext context) throws Throwable {
            return switch (task) {
                case 11 -> {
                    burnByHand(failure, (UndoneElement) element, context);
                    yield null;
                }
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {order};
                case 1 -> new Object[] {reserved};
                case 2 -> new Object[] {payment};
                case 3 -> new Object[0];
                case 4 -> new Object[] {parcels};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> order = (String) values[0];
                case 1 -> reserved = (int) values[0];
                case 2 -> payment = (String) values[0];
                case 3 -> {}
                case 4 -> parcels = unchecked(values[0]);
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {orderId, items};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link OrderTasks#order}. */
        private void order() {
            order = provided(orderTasks.order(orderId), Keys.ORDER);
        }

        /** {@link OrderTasks#reserved}. */
        private void reserved() {
            reserved = orderTasks.reserved(order, items);
        }

        /** {@link OrderTasks#charge}. */
        private String charge(TaskContext context) throws IOException {
            return orderTasks.charge(order);
        }

        /** {@link OrderTasks#ship}. */
        private void ship() {
            orderTasks.ship(reserved, payment);
        }

        /** {@link OrderTasks#parcels}. */
        private void parcels() {
            parcels = provided(orderTasks.parcels(items), Keys.PARCELS);
        }

        /** {@link OrderTasks#print}. */
        private Object print(Object element) {
            return orderTasks.print((String) element);
        }

        /** {@link OrderTasks#weigh}. */
        private Object weigh(Object element) {
            return orderTasks.weigh((String) element, reserved);
        }

        /** Keeps the result of {@link OrderTasks#weigh}. */
        @SuppressWarnings("unchecked")
        private void putWeigh(Object value) {
            weight = (List<Integer>) value;
        }

        /** {@link OrderTasks#refund}. */
        private void refund(TaskContext context) throws IOException {
            orderTasks.refund(payment, failure(), context);
        }

        /** {@link OrderTasks#release}. */
        private CompletionStage<?> release_(TaskContext context) {
            return orderTasks.release(FlowFrame.<Integer>optional(succeeded(1), reserved), order,
                    items);
        }

        /** {@link OrderTasks#forget}. */
        private void forget(TaskContext context) {
            OrderTasks.forget(context.progress());
        }

        /** {@link OrderTasks#callBack}. */
        private void callBack(TaskContext context) {
            orderTasks.callBack(List.of(reserved, payment));
        }

        /** {@link OrderTasks#callBackByHand}, for a failed {@link OrderTasks#callBack}. */
        private void callBackByHand(Throwable failure) throws Throwable {
            if (failure instanceof Exception cause) {
                orderTasks.callBackByHand(List.of(reserved, payment), cause);
                return;
            }
            throw failure;
        }

        /** {@link OrderTasks#burn}. */
        @SuppressWarnings("unchecked")
        private void burn(UndoneElement element, TaskContext context) {
            orderTasks.burn((String) element.element(), (List<String>) element.result(), items,
                    failure(), context);
        }

        /** {@link OrderTasks#burnByHand}, for a failed {@link OrderTasks#burn}. */
        @SuppressWarnings("unchecked")
        private void burnByHand(Throwable failure, UndoneElement element, TaskContext context)
                throws Throwable {
            orderTasks.burnByHand((String) element.element(), (List<String>) element.result(),
                    items, failure(), context);
        }

        /** {@link OrderTasks#unload}. */
        private CompletionStage<?> unload(UndoneElement element, TaskContext context) {
            return orderTasks.unload(Optional.<Integer>ofNullable((Integer) element.result()));
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
            return types(long.class, generic(List.class, String.class));
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0, 2 -> types(String.class);
                case 1 -> types(int.class);
                case 4, 5 -> types(generic(List.class, String.class));
                case 6 -> types(Integer.class);
                default -> nothing();
            };
        }

        @Override
        @SuppressWarnings("unchecked")
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (long) inputs[0], (List<String>) inputs[1]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("order", "");
            graph.fingerprint("2baa07192b52d51a7927249f83e89c51");
            graph.input("orderId", "long");
            graph.input("items", "List<String>");
            graph.task(Tasks.ORDER, "OrderTasks.order").requires("orderId").provides(Keys.ORDER);
            graph.task(Tasks.RESERVED, "OrderTasks.reserved")
                    .requires(Keys.ORDER, "items")
                    .provides(Keys.RESERVED);
            graph.task(Tasks.CHARGE, "OrderTasks.charge")
                    .requires(Keys.ORDER)
                    .provides(Keys.PAYMENT)
                    .managed()
                    .timeout(Duration.ofSeconds(10));
            graph.task(Tasks.SHIP, "OrderTasks.ship").requires(Keys.RESERVED, Keys.PAYMENT).nullable();
            graph.task(Tasks.PARCELS, "OrderTasks.parcels")
                    .requires("items")
                    .provides(Keys.PARCELS)
                    .released(Keys.PARCELS);
            graph.task(Tasks.PRINT, "OrderTasks.print")
                    .requires(Keys.PARCELS)
                    .provides(Keys.LABEL)
                    .forEach(Keys.PARCELS)
                    .maxConcurrency(4);
            graph.task(Tasks.WEIGH, "OrderTasks.weigh")
                    .requires(Keys.PARCELS, Keys.RESERVED)
                    .provides(Keys.WEIGHT)
                    .forEach(Keys.PARCELS);
            graph.compensation(Tasks.CHARGE, "OrderTasks.refund")
                    .requires(Keys.PAYMENT)
                    .retry(RetrySpec.attempts(3).delay(Duration.ofSeconds(1)))
                    .circuitBreaker(CircuitBreakerSpec.failures("bank", 5));
            graph.compensation(Tasks.RESERVED, "OrderTasks.release")
                    .requires(Keys.RESERVED, Keys.ORDER, "items")
                    .started()
                    .stage();
            graph.compensation(Tasks.ORDER, "OrderTasks.forget");
            graph.compensation(Tasks.SHIP, "OrderTasks.callBack")
                    .requires(Keys.RESERVED, Keys.PAYMENT)
                    .fallback();
            graph.compensation(Tasks.PRINT, "OrderTasks.burn")
                    .requires(Keys.PARCELS, Keys.LABEL, "items")
                    .maxConcurrency(2)
                    .retry(RetrySpec.attempts(3).delay(Duration.ofSeconds(1)))
                    .fallback();
            graph.compensation(Tasks.WEIGH, "OrderTasks.unload").requires(Keys.WEIGHT).started().stage();
            return graph.build();
        }
    }
}
