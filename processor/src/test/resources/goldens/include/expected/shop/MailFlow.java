package shop;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
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
        return new MailFlow(Objects.requireNonNull(mailTasks, "mailTasks"),
                Objects.requireNonNull(shippingTasks, "shippingTasks"),
                Objects.requireNonNull(engine, "engine"));
    }

    /** Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}. */
    public Result run(String address) {
        return run(RunOptions.none(), address);
    }

    /** Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}. */
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
            return frame.mail;
        }

        /** What {@link ShippingTasks#label} returned. */
        public String label() {
            return frame.label;
        }

        /** What {@link ShippingTasks#checked} returned. */
        public String checked() {
            return frame.checked;
        }

        /** What {@link PrintTasks#pages} returned. */
        public int pages() {
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

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("mail", "");
            graph.input("address", "String");
            graph.task(Tasks.LABEL, "ShippingTasks.label").requires("address").provides(Keys.LABEL);
            graph.task(Tasks.CHECKED, "ShippingTasks.checked").requires(Keys.LABEL).provides(Keys.CHECKED);
            graph.task(Tasks.PAGES, "PrintTasks.pages").requires(Keys.CHECKED).provides(Keys.PAGES);
            graph.task(Tasks.MAIL, "MailTasks.mail").requires(Keys.LABEL, Keys.PAGES).provides(Keys.MAIL);
            return graph.build();
        }
    }
}
