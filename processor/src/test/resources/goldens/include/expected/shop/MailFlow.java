package shop;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;
import shop.shipping.PrintTasks;
import shop.shipping.ShippingTasks;

/** The flow {@code mail}, made from {@link MailTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class MailFlow extends TypedFlow<MailFlow.Result> {
    private final MailTasks mailTasks;
    private final ShippingTasks shippingTasks;

    private MailFlow(MailTasks mailTasks, ShippingTasks shippingTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.mailTasks = mailTasks;
        this.shippingTasks = shippingTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static MailFlow create(MailTasks mailTasks, ShippingTasks shippingTasks) {
        return create(mailTasks, shippingTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static MailFlow create(MailTasks mailTasks, ShippingTasks shippingTasks, Engine engine) {
        MailFlow flow = new MailFlow(Objects.requireNonNull(mailTasks, "mailTasks"),
                Objects.requireNonNull(shippingTasks, "shippingTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(String address) {
        return run(RunOptions.none(), address);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, String address) {
        return execute(options, new Frame(this, address));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(String address) {
        return runAsync(RunOptions.none(), address);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, String address) {
        return executeAsync(options, new Frame(this, address));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(String address) {
        return start(RunOptions.none(), address);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, String address) {
        return launch(options, new Frame(this, address));
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** What {@link MailTasks#mail} returned. */
        public String mail() {
            frame.requireWanted(3);
            return frame.mail;
        }

        /** What {@link ShippingTasks#label} returned. */
        public String label() {
            frame.requireWanted(0);
            return frame.label;
        }

        /** What {@link ShippingTasks#checked} returned. */
        public String checked() {
            frame.requireWanted(1);
            return frame.checked;
        }

        /** What {@link PrintTasks#pages} returned. */
        public int pages() {
            frame.requireWanted(2);
            return frame.pages;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'mail' [mail, label, checked, pages]";
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link MailTasks#mail}. */
        public static final String MAIL = "mail";

        /** From {@link ShippingTasks#label}. */
        public static final String LABEL = "label";

        /** From {@link ShippingTasks#checked}. */
        public static final String CHECKED = "checked";

        /** From {@link PrintTasks#pages}. */
        public static final String PAGES = "pages";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link MailTasks#mail}. */
        public static final String MAIL = "mail";

        /** {@link ShippingTasks#label}. */
        public static final String LABEL = "label";

        /** {@link ShippingTasks#checked}. */
        public static final String CHECKED = "checked";

        /** {@link PrintTasks#pages}. */
        public static final String PAGES = "pages";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final MailTasks mailTasks;
        private final ShippingTasks shippingTasks;
        private final String address;
        private String label;
        private String checked;
        private int pages;
        private String mail;

        Frame(MailFlow flow, String address) {
            this.mailTasks = flow.mailTasks;
            this.shippingTasks = flow.shippingTasks;
            this.address = input(address, "address");
        }

        @Override
        public void runAll() throws Throwable {
            enter(0);
            label();
            enter(1);
            checked();
            enter(2);
            pages();
            enter(3);
            mail();
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> label();
                case 1 -> checked();
                case 2 -> pages();
                case 3 -> mail();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {label};
                case 1 -> new Object[] {checked};
                case 2 -> new Object[] {pages};
                case 3 -> new Object[] {mail};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> label = (String) values[0];
                case 1 -> checked = (String) values[0];
                case 2 -> pages = (int) values[0];
                case 3 -> mail = (String) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {address};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link ShippingTasks#label}. */
        private void label() {
            label = provided(shippingTasks.label(address), Keys.LABEL);
        }

        /** {@link ShippingTasks#checked}. */
        private void checked() {
            checked = provided(shippingTasks.checked(label), Keys.CHECKED);
        }

        /** {@link PrintTasks#pages}. */
        private void pages() {
            pages = PrintTasks.pages(checked);
        }

        /** {@link MailTasks#mail}. */
        private void mail() {
            mail = provided(mailTasks.mail(label, pages), Keys.MAIL);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final MailFlow flow;

        Recording(MailFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(String.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0, 1, 3 -> types(String.class);
                case 2 -> types(int.class);
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
            FlowGraph.Builder graph = FlowGraph.builder("mail", "");
            graph.fingerprint("539eb11784de362c0bc2401f6cad7734");
            graph.input("address", "String");
            graph.task(Tasks.LABEL, "ShippingTasks.label").requires("address").provides(Keys.LABEL);
            graph.task(Tasks.CHECKED, "ShippingTasks.checked").requires(Keys.LABEL).provides(Keys.CHECKED);
            graph.task(Tasks.PAGES, "PrintTasks.pages").requires(Keys.CHECKED).provides(Keys.PAGES);
            graph.task(Tasks.MAIL, "MailTasks.mail").requires(Keys.LABEL, Keys.PAGES).provides(Keys.MAIL);
            return graph.build();
        }
    }
}
