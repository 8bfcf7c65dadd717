package shop;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.BulkheadSpec;
import io.flowright.runtime.generated.CircuitBreakerSpec;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.generated.RateLimitSpec;
import io.flowright.runtime.generated.RetrySpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import javax.annotation.processing.Generated;

/** The flow {@code payment}, made from {@link PaymentTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class PaymentFlow extends TypedFlow<PaymentFlow.Result> {
    private final PaymentTasks paymentTasks;

    private PaymentFlow(PaymentTasks paymentTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.paymentTasks = paymentTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static PaymentFlow create(PaymentTasks paymentTasks) {
        return create(paymentTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static PaymentFlow create(PaymentTasks paymentTasks, Engine engine) {
        PaymentFlow flow = new PaymentFlow(Objects.requireNonNull(paymentTasks, "paymentTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(String number) {
        return run(RunOptions.none(), number);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, String number) {
        return execute(options, new Frame(this, number));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(String number) {
        return runAsync(RunOptions.none(), number);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, String number) {
        return executeAsync(options, new Frame(this, number));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(String number) {
        return start(RunOptions.none(), number);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, String number) {
        return launch(options, new Frame(this, number));
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** What {@link PaymentTasks#card} returned. */
        public PaymentTasks.Card card() {
            frame.requireWanted(0);
            return frame.card;
        }

        /** What {@link PaymentTasks#amount} returned. */
        public int amount() {
            frame.requireWanted(1);
            return frame.amount;
        }

        /** What {@link PaymentTasks#book} returned. */
        public BigDecimal book() {
            frame.requireWanted(2);
            return frame.book;
        }

        /** What {@link PaymentTasks#defaults} returned. */
        public Map<String, List<BigDecimal>> defaults() {
            frame.requireWanted(3);
            return frame.defaults;
        }

        /** What {@link PaymentTasks#confirm} returned. */
        public String confirm() {
            frame.requireWanted(4);
            return frame.confirm;
        }

        /** What {@link PaymentTasks#tell} returned. */
        public String tell() {
            frame.requireWanted(6);
            return frame.tell;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'payment' [card, amount, book, defaults, confirm, tell]";
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link PaymentTasks#card}. */
        public static final String CARD = "card";

        /** From {@link PaymentTasks#amount}. */
        public static final String AMOUNT = "amount";

        /** From {@link PaymentTasks#book}. */
        public static final String BOOK = "book";

        /** From {@link PaymentTasks#defaults}. */
        public static final String DEFAULTS = "defaults";

        /** From {@link PaymentTasks#confirm}. */
        public static final String CONFIRM = "confirm";

        /** From {@link PaymentTasks#tell}. */
        public static final String TELL = "tell";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link PaymentTasks#card}. */
        public static final String CARD = "card";

        /** {@link PaymentTasks#amount}. */
        public static final String AMOUNT = "amount";

        /** {@link PaymentTasks#book}. */
        public static final String BOOK = "book";

        /** {@link PaymentTasks#defaults}. */
        public static final String DEFAULTS = "defaults";

        /** {@link PaymentTasks#confirm}. */
        public static final String CONFIRM = "confirm";

        /** {@link PaymentTasks#log}. */
        public static final String LOG = "log";

        /** {@link PaymentTasks#tell}. */
        public static final String TELL = "tell";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final PaymentTasks paymentTasks;
        private final String number;
        private PaymentTasks.Card card;
        private int amount;
        private BigDecimal book;
        private Map<String, List<BigDecimal>> defaults;
        private String confirm;
        private String tell;

        Frame(PaymentFlow flow, String number) {
            this.paymentTasks = flow.paymentTasks;
            this.number = input(number, "number");
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> card();
                case 1 -> amount();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object call(int task, TaskContext context) throws Throwable {
            return switch (task) {
                case 2 -> book(context);
                case 3 -> defaults(context);
                case 4 -> confirm(context);
                case 5 -> {
                    log(context);
                    yield null;
                }
                case 6 -> tell(context);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void put(int task, Object value) {
            switch (task) {
                case 2 -> book = (BigDecimal) value;
                case 3 -> putDefaults(value);
                case 4 -> confirm = (String) value;
                case 5 -> {}
                case 6 -> tell = (String) value;
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object fallback(int task, Throwable failure, TaskContext context) throws Throwable {
            return switch (task) {
                case 2 -> cached(failure);
                case 4 -> later(failure);
                case 5 -> {
                    silently(failure);
                    yield null;
                }
                case 6 -> untold(failure, context);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object[] idempotencyKey(int task) {
            return switch (task) {
                case 2 -> new Object[] {card.bank().getCountry(), "/", card.bank().code(), ":", (long) amount, "#", number};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {card};
                case 1 -> new Object[] {amount};
                case 2 -> new Object[] {book};
                case 3 -> new Object[] {defaults};
                case 4 -> new Object[] {confirm};
                case 5 -> new Object[0];
                case 6 -> new Object[] {tell};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> card = (PaymentTasks.Card) values[0];
                case 1 -> amount = (int) values[0];
                case 2 -> book = (BigDecimal) values[0];
                case 3 -> defaults = unchecked(values[0]);
                case 4 -> confirm = (String) values[0];
                case 5 -> {}
                case 6 -> tell = (String) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {number};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link PaymentTasks#card}. */
        private void card() {
            card = provided(paymentTasks.card(number), Keys.CARD);
        }

        /** {@link PaymentTasks#amount}. */
        private void amount() {
            amount = paymentTasks.amount(number);
        }

        /** {@link PaymentTasks#book}. */
        private BigDecimal book(TaskContext context) throws IOException, TimeoutException {
            return paymentTasks.book(card, amount, number);
        }

        /** {@link PaymentTasks#cached}, for a failed {@link PaymentTasks#book}. */
        private BigDecimal cached(Throwable failure) throws Throwable {
            if (failure instanceof Exception cause) {
                return paymentTasks.cached(amount, cause);
            }
            throw failure;
        }

        /** {@link PaymentTasks#defaults}. */
        private Map<String, List<BigDecimal>> defaults(TaskContext context) {
            return paymentTasks.defaults(book);
        }

        /** Keeps the result of {@link PaymentTasks#defaults}. */
        @SuppressWarnings("unchecked")
        private void putDefaults(Object value) {
            defaults = (Map<String, List<BigDecimal>>) value;
        }

        /** {@link PaymentTasks#confirm}. */
        private CompletionStage<?> confirm(TaskContext context) {
            return paymentTasks.confirm(defaults);
        }

        /** {@link PaymentTasks#later}, for a failed {@link PaymentTasks#confirm}. */
        private CompletionStage<?> later(Throwable failure) throws Throwable {
            return paymentTasks.later(failure);
        }

        /** {@link PaymentTasks#log}. */
        private void log(TaskContext context) {
            paymentTasks.log(confirm);
        }

        /** {@link PaymentTasks#silently}, for a failed {@link PaymentTasks#log}. */
        private void silently(Throwable failure) throws Throwable {
            PaymentTasks.silently();
        }

        /** {@link PaymentTasks#tell}. */
        private String tell(TaskContext context) {
            return paymentTasks.tell(confirm, context, context.progress());
        }

        /** {@link PaymentTasks#untold}, for a failed {@link PaymentTasks#tell}. */
        private String untold(Throwable failure, TaskContext context) throws Throwable {
            return paymentTasks.untold(confirm, context, context.progress(), failure);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final PaymentFlow flow;

        Recording(PaymentFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(String.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(PaymentTasks.Card.class);
                case 1 -> types(int.class);
                case 2 -> types(BigDecimal.class);
                case 3 -> types(generic(Map.class, String.class, generic(List.class, BigDecimal.class)));
                case 4, 6 -> types(String.class);
                default -> nothing();
            };
        }

        @Override
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (String) inputs[0]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("payment", "");
            graph.fingerprint("311fbbb0e47528b8d913dc2b7e01bbac");
            graph.input("number", "String");
            graph.task(Tasks.CARD, "PaymentTasks.card").requires("number").provides(Keys.CARD);
            graph.task(Tasks.AMOUNT, "PaymentTasks.amount").requires("number").provides(Keys.AMOUNT);
            graph.task(Tasks.BOOK, "PaymentTasks.book")
                    .requires(Keys.CARD, Keys.AMOUNT, "number")
                    .provides(Keys.BOOK)
                    .managed()
                    .retry(RetrySpec.attempts(7)
                            .delay(Duration.ofSeconds(1))
                            .backoff(1.5)
                            .maxDelay(Duration.ofSeconds(90))
                            .jitter(0.25)
                            .maxDuration(Duration.ofHours(2))
                            .on(IOException.class, TimeoutException.class)
                            .abortOn(FileNotFoundException.class)
                            .withoutTimeouts())
                    .timeout(Duration.ofMillis(1500))
                    .circuitBreaker(CircuitBreakerSpec.failures("bank", 3)
                            .of(10)
                            .delay(Duration.ofSeconds(30))
                            .successes(2)
                            .on(IOException.class)
                            .ignore(FileNotFoundException.class))
                    .rateLimit(new RateLimitSpec("bank", 10, Duration.ofMinutes(1), Duration.ofMinutes(5)))
                    .bulkhead(new BulkheadSpec("bank", 4, Duration.ofSeconds(10)))
                    .fallback()
                    .idempotent(Duration.ofDays(30));
            graph.task(Tasks.DEFAULTS, "PaymentTasks.defaults")
                    .requires(Keys.BOOK)
                    .provides(Keys.DEFAULTS)
                    .managed()
                    .retry(RetrySpec.attempts(3))
                    .circuitBreaker(CircuitBreakerSpec.failures("payment.defaults", 5))
                    .rateLimit(new RateLimitSpec("payment.defaults", 1, Duration.ofSeconds(1), Duration.ofHours(1)))
                    .bulkhead(new BulkheadSpec("payment.defaults", 1, Duration.ofHours(1)));
            graph.task(Tasks.CONFIRM, "PaymentTasks.confirm")
                    .requires(Keys.DEFAULTS)
                    .provides(Keys.CONFIRM)
                    .stage()
                    .fallback();
            graph.task(Tasks.LOG, "PaymentTasks.log")
                    .requires(Keys.CONFIRM)
                    .managed()
                    .nullable()
                    .timeout(Duration.ofDays(7))
                    .fallback();
            graph.task(Tasks.TELL, "PaymentTasks.tell")
                    .requires(Keys.CONFIRM)
                    .provides(Keys.TELL)
                    .managed()
                    .fallback();
            return graph.build();
        }
    }
}
