package shop;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/** The flow {@code transfer}, made from {@link TransferTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class TransferFlow extends TypedFlow<TransferFlow.Result> {
    private final TransferTasks transferTasks;

    private TransferFlow(TransferTasks transferTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.transferTasks = transferTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static TransferFlow create(TransferTasks transferTasks) {
        return create(transferTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static TransferFlow create(TransferTasks transferTasks, Engine engine) {
        TransferFlow flow = new TransferFlow(Objects.requireNonNull(transferTasks, "transferTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
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

        /** What {@link TransferTasks#transfer} returned. */
        public String transfer() {
            frame.requireWanted(0);
            return frame.transfer;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'transfer' [transfer]";
        }
    }

    /** The inputs of a run, by name. For use by one thread, once. */
    public static final class Inputs {
        private final TransferFlow flow;
        private String from;
        private String to;
        private Long amount;
        private String note;
        private Integer run;
        private Boolean flow_;
        private Character missing_;
        private Double frame;

        private Inputs(TransferFlow flow) {
            this.flow = flow;
        }

        /** Sets {@code from}. */
        public Inputs from(String from) {
            this.from = from;
            return this;
        }

        /** Sets {@code to}. */
        public Inputs to(String to) {
            this.to = to;
            return this;
        }

        /** Sets {@code amount}. */
        public Inputs amount(long amount) {
            this.amount = amount;
            return this;
        }

        /** Sets {@code note}, which may be left out. */
        public Inputs note(String note) {
            this.note = note;
            return this;
        }

        /** Sets {@code run}. */
        public Inputs run_(int run) {
            this.run = run;
            return this;
        }

        /** Sets {@code flow}. */
        public Inputs flow(boolean flow) {
            this.flow_ = flow;
            return this;
        }

        /** Sets {@code missing}. */
        public Inputs missing(char missing) {
            this.missing_ = missing;
            return this;
        }

        /** Sets {@code frame}. */
        public Inputs frame(double frame) {
            this.frame = frame;
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
            if (from == null) {
                missing.add("from");
            }
            if (to == null) {
                missing.add("to");
            }
            if (amount == null) {
                missing.add("amount");
            }
            if (run == null) {
                missing.add("run");
            }
            if (flow_ == null) {
                missing.add("flow");
            }
            if (missing_ == null) {
                missing.add("missing");
            }
            if (frame == null) {
                missing.add("frame");
            }
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Flow 'transfer' has no value for the inputs: "
                        + String.join(", ", missing));
            }
            return new Frame(flow, this);
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link TransferTasks#transfer}. */
        public static final String TRANSFER = "transfer";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link TransferTasks#transfer}. */
        public static final String TRANSFER = "transfer";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final TransferTasks transferTasks;
        private final String from;
        private final String to;
        private final long amount;
        private final String note;
        private final int run;
        private final boolean flow;
        private final char missing;
        private final double frame;
        private String transfer;

        Frame(TransferFlow flow, Inputs inputs) {
            this.transferTasks = flow.transferTasks;
            this.from = input(inputs.from, "from");
            this.to = input(inputs.to, "to");
            this.amount = inputs.amount;
            this.note = inputs.note;
            this.run = inputs.run;
            this.flow = inputs.flow_;
            this.missing = inputs.missing_;
            this.frame = inputs.frame;
        }

        @Override
        public void runAll() throws Throwable {
            enter(0);
            transfer();
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> transfer();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {transfer};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> transfer = (String) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {from, to, amount, note, run, flow, missing, frame};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link TransferTasks#transfer}. */
        private void transfer() {
            transfer = provided(transferTasks.transfer(from, to, amount, note, run, flow, missing,
                    frame), Keys.TRANSFER);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final TransferFlow flow;

        Recording(TransferFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(String.class, String.class, long.class, String.class, int.class,
                    boolean.class, char.class, double.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(String.class);
                default -> nothing();
            };
        }

        @Override
        public Frame frame(Object[] inputs) {
            Inputs values = new Inputs(flow);
            values.from = (String) inputs[0];
            values.to = (String) inputs[1];
            values.amount = (long) inputs[2];
            values.note = (String) inputs[3];
            values.run = (int) inputs[4];
            values.flow_ = (boolean) inputs[5];
            values.missing_ = (char) inputs[6];
            values.frame = (double) inputs[7];
            return new Frame(flow, values);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("transfer", "");
            graph.fingerprint("02526d9e5b2f7e707b674ffeedcf068e");
            graph.input("from", "String");
            graph.input("to", "String");
            graph.input("amount", "long");
            graph.input("note", "String");
            graph.input("run", "int");
            graph.input("flow", "boolean");
            graph.input("missing", "char");
            graph.input("frame", "double");
            graph.task(Tasks.TRANSFER, "TransferTasks.transfer")
                    .requires("from", "to", "amount", "note", "run", "flow", "missing", "frame")
                    .provides(Keys.TRANSFER);
            return graph.build();
        }
    }
}
