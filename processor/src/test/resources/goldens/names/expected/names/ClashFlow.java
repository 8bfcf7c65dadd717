package names;

import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.RetrySpec;
import java.lang.IllegalStateException;
import java.lang.Object;
import java.lang.Override;
import java.lang.String;
import java.lang.Throwable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/** The flow {@code clash}, made from {@link ClashTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class ClashFlow extends TypedFlow<ClashFlow.Result> {
    private final ClashTasks clashTasks;
    private final Engine engine;

    private ClashFlow(ClashTasks clashTasks, Engine engine, io.flowright.runtime.Engine engine_) {
        super(Graph.GRAPH, engine_);
        this.clashTasks = clashTasks;
        this.engine = engine;
    }

    /** Creates the flow on the process-wide engine. */
    public static ClashFlow create(ClashTasks clashTasks, Engine engine) {
        return create(clashTasks, engine, io.flowright.runtime.Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static ClashFlow create(ClashTasks clashTasks, Engine engine,
            io.flowright.runtime.Engine engine_) {
        return new ClashFlow(Objects.requireNonNull(clashTasks, "clashTasks"),
                Objects.requireNonNull(engine, "engine"),
                Objects.requireNonNull(engine_, "engine_"));
    }

    /** Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}. */
    public Result run(String options, String[] flow) {
        return run(RunOptions.none(), options, flow);
    }

    /** Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}. */
    public Result run(RunOptions options_, String options, String[] flow) {
        return execute(options_, new Frame(this, options, flow));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(String options, String[] flow) {
        return runAsync(RunOptions.none(), options, flow);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options_, String options, String[] flow) {
        return executeAsync(options_, new Frame(this, options, flow));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(String options, String[] flow) {
        return start(RunOptions.none(), options, flow);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options_, String options, String[] flow) {
        return launch(options_, new Frame(this, options, flow));
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

        /** What {@link ClashTasks#result} returned. */
        public names.Result result() {
            return frame.result_;
        }

        /** What {@link ClashTasks#frame} returned. */
        public names.Frame frame() {
            return frame.frame;
        }

        /** What {@link ClashTasks#inputs} returned. */
        public names.Keys inputs() {
            return frame.inputs;
        }

        /** What {@link ClashTasks#call} returned. */
        public String context() {
            return frame.context_;
        }

        /** What {@link ClashTasks#put} returned. */
        public Object task() {
            return frame.task_;
        }

        /** What {@link ClashTasks#run} returned. */
        public int value() {
            return frame.value_;
        }

        /** What {@link ClashTasks#enter(long)} returned. */
        public String graph() {
            return frame.graph;
        }

        /** What {@link ClashTasks#Keys} returned. */
        public RunOptions Keys() {
            return frame.Keys___;
        }

        /** What {@link Engine#engine} returned. */
        public Engine engine() {
            return frame.engine_;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'clash' [result, frame, inputs, context, task, value, graph, Keys, engine]";
        }
    }

    /** The inputs of a run, by name. For use by one thread, once. */
    public static final class Inputs {
        private final ClashFlow flow;
        private String options;
        private String[] flow_;

        private Inputs(ClashFlow flow) {
            this.flow = flow;
        }

        /** Sets {@code options}. */
        public Inputs options(String options) {
            this.options = options;
            return this;
        }

        /** Sets {@code flow}. */
        public Inputs flow(String[] flow) {
            this.flow_ = flow;
            return this;
        }

        /** Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}. */
        public Result run() {
            return run(RunOptions.none());
        }

        /** Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}. */
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
            if (options == null) {
                missing.add("options");
            }
            if (flow_ == null) {
                missing.add("flow");
            }
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Flow 'clash' has no value for the inputs: "
                        + String.join(", ", missing));
            }
            return new Frame(flow, options, flow_);
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link ClashTasks#result}. */
        public static final String RESULT = "result";

        /** From {@link ClashTasks#frame}. */
        public static final String FRAME = "frame";

        /** From {@link ClashTasks#inputs}. */
        public static final String INPUTS = "inputs";

        /** From {@link ClashTasks#call}. */
        public static final String CONTEXT = "context";

        /** From {@link ClashTasks#put}. */
        public static final String TASK = "task";

        /** From {@link ClashTasks#run}. */
        public static final String VALUE = "value";

        /** From {@link ClashTasks#enter(long)}. */
        public static final String GRAPH = "graph";

        /** From {@link ClashTasks#Keys}. */
        public static final String KEYS = "Keys";

        /** From {@link Engine#engine}. */
        public static final String ENGINE = "engine";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link ClashTasks#result}. */
        public static final String RESULT = "result";

        /** {@link ClashTasks#frame}. */
        public static final String FRAME = "frame";

        /** {@link ClashTasks#inputs}. */
        public static final String INPUTS = "inputs";

        /** {@link ClashTasks#call}. */
        public static final String CALL = "call";

        /** {@link ClashTasks#put}. */
        public static final String PUT = "put";

        /** {@link ClashTasks#run}. */
        public static final String RUN = "run";

        /** {@link ClashTasks#enter(long)}. */
        public static final String ENTER = "enter";

        /** {@link ClashTasks#Keys}. */
        public static final String KEYS = "Keys";

        /** {@link ClashTasks#runAll}. */
        public static final String RUN_ALL = "run-all";

        /** {@link ClashTasks#provided}. */
        public static final String PROVIDED = "provided";

        /** {@link Engine#engine}. */
        public static final String ENGINE = "engine";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final ClashTasks clashTasks;
        private final Engine engine;
        private final String options;
        private final String[] flow;
        private names.Result result_;
        private names.Frame frame;
        private names.Keys inputs;
        private String context_;
        private Object task_;
        private int value_;
        private String graph;
        private RunOptions Keys___;
        private Engine engine_;

        Frame(ClashFlow flow_, String options, String[] flow) {
            this.clashTasks = flow_.clashTasks;
            this.engine = flow_.engine;
            this.options = input(options, "options");
            this.flow = input(flow, "flow");
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> result_();
                case 1 -> frame();
                case 4 -> put_();
                case 5 -> run_();
                case 6 -> enter_();
                case 7 -> Keys();
                case 8 -> runAll_();
                case 9 -> provided_();
                case 10 -> engine();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object call(int task, TaskContext context) throws Throwable {
            return switch (task) {
                case 2 -> inputs_(context);
                case 3 -> call_(context);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void put(int task, Object value) {
            switch (task) {
                case 2 -> inputs = (names.Keys) value;
                case 3 -> context_ = (String) value;
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {options, flow};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link ClashTasks#result}. */
        private void result_() {
            result_ = provided(clashTasks.result(options, flow), Keys.RESULT);
        }

        /** {@link ClashTasks#frame}. */
        private void frame() {
            frame = provided(ClashTasks.frame(result_), Keys.FRAME);
        }

        /** {@link ClashTasks#inputs}. */
        private names.Keys inputs_(TaskContext context) {
            return clashTasks.inputs(frame);
        }

        /** {@link ClashTasks#call}. */
        private String call_(TaskContext context) {
            return clashTasks.call(inputs);
        }

        /** {@link ClashTasks#put}. */
        private void put_() {
            task_ = provided(clashTasks.put(context_), Keys.TASK);
        }

        /** {@link ClashTasks#run}. */
        private void run_() {
            value_ = clashTasks.run(task_);
        }

        /** {@link ClashTasks#enter(long)}. */
        private void enter_() {
            graph = provided(clashTasks.enter((long) value_), Keys.GRAPH);
        }

        /** {@link ClashTasks#Keys}. */
        private void Keys() {
            Keys___ = provided(clashTasks.Keys(graph), Keys.KEYS);
        }

        /** {@link ClashTasks#runAll}. */
        private void runAll_() {
            clashTasks.runAll(Keys___);
        }

        /** {@link ClashTasks#provided}. */
        private void provided_() {
            clashTasks.provided(Keys___);
        }

        /** {@link Engine#engine}. */
        private void engine() {
            engine_ = provided(engine.engine(), Keys.ENGINE);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("clash", "");
            graph.input("options", "String");
            graph.input("flow", "String[]");
            graph.task(Tasks.RESULT, "ClashTasks.result").requires("options", "flow").provides(Keys.RESULT);
            graph.task(Tasks.FRAME, "ClashTasks.frame").requires(Keys.RESULT).provides(Keys.FRAME);
            graph.task(Tasks.INPUTS, "ClashTasks.inputs")
                    .requires(Keys.FRAME)
                    .provides(Keys.INPUTS)
                    .managed()
                    .retry(RetrySpec.attempts(3));
            graph.task(Tasks.CALL, "ClashTasks.call")
                    .requires(Keys.INPUTS)
                    .provides(Keys.CONTEXT)
                    .managed()
                    .retry(RetrySpec.attempts(3));
            graph.task(Tasks.PUT, "ClashTasks.put").requires(Keys.CONTEXT).provides(Keys.TASK);
            graph.task(Tasks.RUN, "ClashTasks.run").requires(Keys.TASK).provides(Keys.VALUE);
            graph.task(Tasks.ENTER, "ClashTasks.enter").requires(Keys.VALUE).provides(Keys.GRAPH);
            graph.task(Tasks.KEYS, "ClashTasks.Keys").requires(Keys.GRAPH).provides(Keys.KEYS);
            graph.task(Tasks.RUN_ALL, "ClashTasks.runAll").requires(Keys.KEYS).nullable();
            graph.task(Tasks.PROVIDED, "ClashTasks.provided").requires(Keys.KEYS).nullable();
            graph.task(Tasks.ENGINE, "Engine.engine").provides(Keys.ENGINE);
            return graph.build();
        }
    }
}
