package names;

import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.generated.RetrySpec;
import java.lang.IllegalStateException;
import java.lang.Object;
import java.lang.Override;
import java.lang.String;
import java.lang.Throwable;
import java.lang.reflect.Type;
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
        ClashFlow flow = new ClashFlow(Objects.requireNonNull(clashTasks, "clashTasks"),
                Objects.requireNonNull(engine, "engine"),
                Objects.requireNonNull(engine_, "engine_"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(String options, String[] flow) {
        return run(RunOptions.none(), options, flow);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
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
            frame.requireWanted(0);
            return frame.result_;
        }

        /** What {@link ClashTasks#frame} returned. */
        public names.Frame frame() {
            frame.requireWanted(1);
            return frame.frame;
        }

        /** What {@link ClashTasks#inputs} returned. */
        public names.Keys inputs() {
            frame.requireWanted(2);
            return frame.inputs;
        }

        /** What {@link ClashTasks#call} returned. */
        public String context() {
            frame.requireWanted(3);
            return frame.context_;
        }

        /** What {@link ClashTasks#put} returned. */
        public Object task() {
            frame.requireWanted(4);
            return frame.task_;
        }

        /** What {@link ClashTasks#run} returned. */
        public int value() {
            frame.requireWanted(5);
            return frame.value_;
        }

        /** What {@link ClashTasks#enter(long)} returned. */
        public String graph() {
            frame.requireWanted(6);
            return frame.graph;
        }

        /** What {@link ClashTasks#Keys} returned. */
        public RunOptions Keys() {
            frame.requireWanted(7);
            return frame.Keys___;
        }

        /** What {@link Engine#engine} returned. */
        public Engine engine() {
            frame.requireWanted(10);
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
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {result_};
                case 1 -> new Object[] {frame};
                case 2 -> new Object[] {inputs};
                case 3 -> new Object[] {context_};
                case 4 -> new Object[] {task_};
                case 5 -> new Object[] {value_};
                case 6 -> new Object[] {graph};
                case 7 -> new Object[] {Keys___};
                case 8, 9 -> new Object[0];
                case 10 -> new Object[] {engine_};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> result_ = (names.Result) values[0];
                case 1 -> frame = (names.Frame) values[0];
                case 2 -> inputs = (names.Keys) values[0];
                case 3 -> context_ = (String) values[0];
                case 4 -> task_ = values[0];
                case 5 -> value_ = (int) values[0];
                case 6 -> graph = (String) values[0];
                case 7 -> Keys___ = (RunOptions) values[0];
                case 8, 9 -> {}
                case 10 -> engine_ = (Engine) values[0];
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

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final ClashFlow flow;

        Recording(ClashFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(String.class, String[].class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(names.Result.class);
                case 1 -> types(names.Frame.class);
                case 2 -> types(names.Keys.class);
                case 3, 6 -> types(String.class);
                case 4 -> types(Object.class);
                case 5 -> types(int.class);
                case 7 -> types(RunOptions.class);
                case 10 -> types(Engine.class);
                default -> nothing();
            };
        }

        @Override
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (String) inputs[0], (String[]) inputs[1]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("clash", "");
            graph.fingerprint("20317285a235f6aa943f087f9e42d309");
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
