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

/** The flow {@code iban}, made from {@link IbanTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
final class IbanFlow extends TypedFlow<IbanFlow.Result> {
    private final IbanTasks ibanTasks;

    private IbanFlow(IbanTasks ibanTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.ibanTasks = ibanTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static IbanFlow create(IbanTasks ibanTasks) {
        return create(ibanTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static IbanFlow create(IbanTasks ibanTasks, Engine engine) {
        IbanFlow flow = new IbanFlow(Objects.requireNonNull(ibanTasks, "ibanTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(String typed) {
        return run(RunOptions.none(), typed);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, String typed) {
        return execute(options, new Frame(this, typed));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(String typed) {
        return runAsync(RunOptions.none(), typed);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, String typed) {
        return executeAsync(options, new Frame(this, typed));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(String typed) {
        return start(RunOptions.none(), typed);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, String typed) {
        return launch(options, new Frame(this, typed));
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** What {@link IbanTasks#iban} returned. */
        public String iban() {
            frame.requireWanted(0);
            return frame.iban;
        }

        /** What {@link IbanTasks#length} returned. */
        public int length() {
            frame.requireWanted(1);
            return frame.length;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'iban' [iban, length]";
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link IbanTasks#iban}. */
        public static final String IBAN = "iban";

        /** From {@link IbanTasks#length}. */
        public static final String LENGTH = "length";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link IbanTasks#iban}. */
        public static final String IBAN = "iban";

        /** {@link IbanTasks#length}. */
        public static final String LENGTH = "length";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final IbanTasks ibanTasks;
        private final String typed;
        private String iban;
        private int length;

        Frame(IbanFlow flow, String typed) {
            this.ibanTasks = flow.ibanTasks;
            this.typed = input(typed, "typed");
        }

        @Override
        public void runAll() throws Throwable {
            enter(0);
            iban();
            enter(1);
            length();
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> iban();
                case 1 -> length();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {iban};
                case 1 -> new Object[] {length};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> iban = (String) values[0];
                case 1 -> length = (int) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {typed};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link IbanTasks#iban}. */
        private void iban() {
            iban = provided(ibanTasks.iban(typed), Keys.IBAN);
        }

        /** {@link IbanTasks#length}. */
        private void length() {
            length = ibanTasks.length(iban);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final IbanFlow flow;

        Recording(IbanFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(String.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(String.class);
                case 1 -> types(int.class);
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
            FlowGraph.Builder graph = FlowGraph.builder("iban", "");
            graph.fingerprint("ea0711906c1391f73b2bdcd27d2cdec6");
            graph.input("typed", "String");
            graph.task(Tasks.IBAN, "IbanTasks.iban").requires("typed").provides(Keys.IBAN).hashed();
            graph.task(Tasks.LENGTH, "IbanTasks.length").requires(Keys.IBAN).provides(Keys.LENGTH);
            return graph.build();
        }
    }
}
