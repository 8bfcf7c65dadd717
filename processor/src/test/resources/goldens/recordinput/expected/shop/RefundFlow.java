package shop;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/** The flow {@code refund}, made from {@link RefundTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class RefundFlow extends TypedFlow<RefundFlow.Result> {
    private final RefundTasks refundTasks;

    private RefundFlow(RefundTasks refundTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.refundTasks = refundTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static RefundFlow create(RefundTasks refundTasks) {
        return create(refundTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static RefundFlow create(RefundTasks refundTasks, Engine engine) {
        RefundFlow flow = new RefundFlow(Objects.requireNonNull(refundTasks, "refundTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RefundTasks.RefundInput refundInput) {
        return run(RunOptions.none(), refundInput);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, RefundTasks.RefundInput refundInput) {
        return execute(options, new Frame(this, refundInput));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RefundTasks.RefundInput refundInput) {
        return runAsync(RunOptions.none(), refundInput);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options,
            RefundTasks.RefundInput refundInput) {
        return executeAsync(options, new Frame(this, refundInput));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RefundTasks.RefundInput refundInput) {
        return start(RunOptions.none(), refundInput);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, RefundTasks.RefundInput refundInput) {
        return launch(options, new Frame(this, refundInput));
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(long orderId, long amount, String reason, List<String> options) {
        return run(RunOptions.none(), orderId, amount, reason, options);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options_, long orderId, long amount, String reason,
            List<String> options) {
        return execute(options_, new Frame(this, new RefundTasks.RefundInput(orderId, amount,
                reason, options)));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(long orderId, long amount, String reason,
            List<String> options) {
        return runAsync(RunOptions.none(), orderId, amount, reason, options);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options_, long orderId, long amount,
            String reason, List<String> options) {
        return executeAsync(options_, new Frame(this, new RefundTasks.RefundInput(orderId, amount,
                reason, options)));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(long orderId, long amount, String reason, List<String> options) {
        return start(RunOptions.none(), orderId, amount, reason, options);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options_, long orderId, long amount, String reason,
            List<String> options) {
        return launch(options_, new Frame(this, new RefundTasks.RefundInput(orderId, amount, reason,
                options)));
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** What {@link RefundTasks#refund} returned. */
        public String refund() {
            frame.requireWanted(0);
            return frame.refund;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'refund' [refund]";
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link RefundTasks#refund}. */
        public static final String REFUND = "refund";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link RefundTasks#refund}. */
        public static final String REFUND = "refund";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final RefundTasks refundTasks;
        private final long orderId;
        private final long amount;
        private final String reason;
        private final List<String> options;
        private String refund;

        Frame(RefundFlow flow, RefundTasks.RefundInput refundInput) {
            this.refundTasks = flow.refundTasks;
            input(refundInput, "refundInput");
            this.orderId = refundInput.orderId();
            this.amount = refundInput.amount();
            this.reason = refundInput.reason();
            this.options = input(refundInput.options(), "options");
        }

        @Override
        public void runAll() throws Throwable {
            enter(0);
            refund();
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> refund();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {refund};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> refund = (String) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {orderId, amount, reason, options};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link RefundTasks#refund}. */
        private void refund() {
            refund = provided(refundTasks.refund(orderId, amount, options), Keys.REFUND);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final RefundFlow flow;

        Recording(RefundFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(long.class, long.class, String.class, generic(List.class, String.class));
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(String.class);
                default -> nothing();
            };
        }

        @Override
        @SuppressWarnings("unchecked")
        public Frame frame(Object[] inputs) {
            return new Frame(flow, new RefundTasks.RefundInput((long) inputs[0], (long) inputs[1],
                    (String) inputs[2], (List<String>) inputs[3]));
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("refund", "");
            graph.fingerprint("93b5694632047e6812d12e09853bc8c3");
            graph.input("orderId", "long");
            graph.input("amount", "long");
            graph.input("reason", "String");
            graph.input("options", "List<String>");
            graph.task(Tasks.REFUND, "RefundTasks.refund")
                    .requires("orderId", "amount", "options")
                    .provides(Keys.REFUND);
            return graph.build();
        }
    }
}
