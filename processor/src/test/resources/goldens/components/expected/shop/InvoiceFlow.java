package shop;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.annotation.processing.Generated;

/** The flow {@code invoice}, made from {@link InvoiceTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class InvoiceFlow extends TypedFlow<InvoiceFlow.Result> {
    private final InvoiceTasks invoiceTasks;

    private InvoiceFlow(InvoiceTasks invoiceTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.invoiceTasks = invoiceTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static InvoiceFlow create(InvoiceTasks invoiceTasks) {
        return create(invoiceTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static InvoiceFlow create(InvoiceTasks invoiceTasks, Engine engine) {
        InvoiceFlow flow = new InvoiceFlow(Objects.requireNonNull(invoiceTasks, "invoiceTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(List<Long> amounts) {
        return run(RunOptions.none(), amounts);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, List<Long> amounts) {
        return execute(options, new Frame(this, amounts));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(List<Long> amounts) {
        return runAsync(RunOptions.none(), amounts);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, List<Long> amounts) {
        return executeAsync(options, new Frame(this, amounts));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(List<Long> amounts) {
        return start(RunOptions.none(), amounts);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, List<Long> amounts) {
        return launch(options, new Frame(this, amounts));
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** {@code subtotal} of what {@link InvoiceTasks#prices} returned. */
        public long subtotal() {
            frame.requireWanted(0);
            return frame.subtotal;
        }

        /** {@code tax} of what {@link InvoiceTasks#prices} returned. */
        public Long tax() {
            frame.requireWanted(0);
            return frame.tax;
        }

        /** {@code note} of what {@link InvoiceTasks#prices} returned. */
        public String note() {
            frame.requireWanted(0);
            return frame.note;
        }

        /** {@code euro} of what {@link InvoiceTasks#rates} returned. */
        public double euro() {
            frame.requireWanted(1);
            return frame.euro;
        }

        /** {@code dollar} of what {@link InvoiceTasks#rates} returned. */
        public double dollar() {
            frame.requireWanted(1);
            return frame.dollar;
        }

        /** What {@link InvoiceTasks#invoice} returned. */
        public String invoice() {
            frame.requireWanted(3);
            return frame.invoice;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'invoice' [subtotal, tax, note, euro, dollar, invoice]";
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link InvoiceTasks#prices}. */
        public static final String SUBTOTAL = "subtotal";

        /** From {@link InvoiceTasks#prices}. */
        public static final String TAX = "tax";

        /** From {@link InvoiceTasks#prices}. */
        public static final String NOTE = "note";

        /** From {@link InvoiceTasks#rates}. */
        public static final String EURO = "euro";

        /** From {@link InvoiceTasks#rates}. */
        public static final String DOLLAR = "dollar";

        /** From {@link InvoiceTasks#pair}. */
        public static final String FIRST = "first";

        /** From {@link InvoiceTasks#pair}. */
        public static final String SECOND = "second";

        /** From {@link InvoiceTasks#invoice}. */
        public static final String INVOICE = "invoice";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link InvoiceTasks#prices}. */
        public static final String PRICES = "prices";

        /** {@link InvoiceTasks#rates}. */
        public static final String RATES = "rates";

        /** {@link InvoiceTasks#pair}. */
        public static final String PAIR = "pair";

        /** {@link InvoiceTasks#invoice}. */
        public static final String INVOICE = "invoice";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final InvoiceTasks invoiceTasks;
        private final List<Long> amounts;
        private long subtotal;
        private Long tax;
        private String note;
        private double euro;
        private double dollar;
        private List<String> first;
        private String second;
        private String invoice;

        Frame(InvoiceFlow flow, List<Long> amounts) {
            this.invoiceTasks = flow.invoiceTasks;
            this.amounts = input(amounts, "amounts");
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> prices();
                case 3 -> invoice();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object call(int task, TaskContext context) throws Throwable {
            return switch (task) {
                case 1 -> rates(context);
                case 2 -> pair(context);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void put(int task, Object value) {
            switch (task) {
                case 1 -> putRates(value);
                case 2 -> putPair(value);
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public void release(int task, int key) {
            switch (task) {
                case 2 -> {
                    switch (key) {
                        case 0 -> first = null;
                        case 1 -> second = null;
                        default -> throw noSuchTask(task);
                    }
                }
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {subtotal, tax, note};
                case 1 -> new Object[] {euro, dollar};
                case 2 -> new Object[] {first, second};
                case 3 -> new Object[] {invoice};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> {
                    subtotal = (long) values[0];
                    tax = (Long) values[1];
                    note = (String) values[2];
                }
                case 1 -> {
                    euro = (double) values[0];
                    dollar = (double) values[1];
                }
                case 2 -> {
                    first = unchecked(values[0]);
                    second = (String) values[1];
                }
                case 3 -> invoice = (String) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {amounts};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link InvoiceTasks#prices}. */
        private void prices() {
            InvoiceTasks.Prices value = provided(invoiceTasks.prices(amounts), Keys.SUBTOTAL);
            subtotal = value.subtotal();
            tax = provided(value.tax(), Keys.TAX);
            note = value.note();
        }

        /** {@link InvoiceTasks#rates}. */
        private CompletionStage<?> rates(TaskContext context) {
            return invoiceTasks.rates();
        }

        /** Keeps the result of {@link InvoiceTasks#rates}. */
        private void putRates(Object result) {
            InvoiceTasks.Rates value = (InvoiceTasks.Rates) result;
            euro = value.euro();
            dollar = value.dollar();
        }

        /** {@link InvoiceTasks#pair}. */
        private InvoiceTasks.Pair<List<String>, String> pair(TaskContext context) {
            return invoiceTasks.pair(note, context.progress());
        }

        /** Keeps the result of {@link InvoiceTasks#pair}. */
        @SuppressWarnings("unchecked")
        private void putPair(Object result) {
            InvoiceTasks.Pair<List<String>, String> value = (InvoiceTasks.Pair<List<String>, String>) result;
            first = provided(value.first(), Keys.FIRST);
            second = provided(value.second(), Keys.SECOND);
        }

        /** {@link InvoiceTasks#invoice}. */
        private void invoice() {
            invoice = provided(invoiceTasks.invoice(first, second, subtotal, tax, euro,
                    dollar), Keys.INVOICE);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final InvoiceFlow flow;

        Recording(InvoiceFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(generic(List.class, Long.class));
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(long.class, Long.class, String.class);
                case 1 -> types(double.class, double.class);
                case 2 -> types(generic(List.class, String.class), String.class);
                case 3 -> types(String.class);
                default -> nothing();
            };
        }

        @Override
        @SuppressWarnings("unchecked")
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (List<Long>) inputs[0]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("invoice", "");
            graph.fingerprint("f6f565b9ca8d49930d011dea81ec1be1");
            graph.input("amounts", "List<Long>");
            graph.task(Tasks.PRICES, "InvoiceTasks.prices")
                    .requires("amounts")
                    .provides(Keys.SUBTOTAL, Keys.TAX, Keys.NOTE);
            graph.task(Tasks.RATES, "InvoiceTasks.rates").provides(Keys.EURO, Keys.DOLLAR).stage();
            graph.task(Tasks.PAIR, "InvoiceTasks.pair")
                    .requires(Keys.NOTE)
                    .provides(Keys.FIRST, Keys.SECOND)
                    .released(Keys.FIRST, Keys.SECOND)
                    .managed();
            graph.task(Tasks.INVOICE, "InvoiceTasks.invoice")
                    .requires(Keys.FIRST, Keys.SECOND, Keys.SUBTOTAL, Keys.TAX, Keys.EURO, Keys.DOLLAR)
                    .provides(Keys.INVOICE);
            return graph.build();
        }
    }
}
