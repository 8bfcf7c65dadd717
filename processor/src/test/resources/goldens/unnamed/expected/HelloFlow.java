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

/** The flow {@code hello}, made from {@link HelloTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
final class HelloFlow extends TypedFlow<HelloFlow.Result_> {
    private HelloFlow(Engine engine) {
        super(Graph.GRAPH, engine);
    }

    /** Creates the flow on the process-wide engine. */
    public static HelloFlow create() {
        return create(Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static HelloFlow create(Engine engine) {
        HelloFlow flow = new HelloFlow(Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result_ run() {
        return run(RunOptions.none());
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result_ run(RunOptions options) {
        return execute(options, new Frame(this));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result_> runAsync() {
        return runAsync(RunOptions.none());
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result_> runAsync(RunOptions options) {
        return executeAsync(options, new Frame(this));
    }

    /** Starts the flow and returns its run. */
    public Run<Result_> start() {
        return start(RunOptions.none());
    }

    /** Starts the flow and returns its run. */
    public Run<Result_> start(RunOptions options) {
        return launch(options, new Frame(this));
    }

    /** What a run of the flow has made. */
    public static final class Result_ {
        private final Frame frame;

        private Result_(Frame frame) {
            this.frame = frame;
        }

        /** What {@link HelloTasks#result} returned. */
        public Result result() {
            frame.requireWanted(0);
            return frame.result_;
        }

        /** What {@link HelloTasks#greeting} returned. */
        public HelloTasks.Greeting greeting() {
            frame.requireWanted(1);
            return frame.greeting;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'hello' [result, greeting]";
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link HelloTasks#result}. */
        public static final String RESULT = "result";

        /** From {@link HelloTasks#greeting}. */
        public static final String GREETING = "greeting";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link HelloTasks#result}. */
        public static final String RESULT = "result";

        /** {@link HelloTasks#greeting}. */
        public static final String GREETING = "greeting";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result_> {
        private Result result_;
        private HelloTasks.Greeting greeting;

        Frame(HelloFlow flow) {}

        @Override
        public void runAll() throws Throwable {
            enter(0);
            result_();
            enter(1);
            greeting();
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> result_();
                case 1 -> greeting();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {result_};
                case 1 -> new Object[] {greeting};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> result_ = (Result) values[0];
                case 1 -> greeting = (HelloTasks.Greeting) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {};
        }

        @Override
        public Result_ result() {
            return new Result_(this);
        }

        /** {@link HelloTasks#result}. */
        private void result_() {
            result_ = provided(HelloTasks.result(), Keys.RESULT);
        }

        /** {@link HelloTasks#greeting}. */
        private void greeting() {
            greeting = provided(HelloTasks.greeting(), Keys.GREETING);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result_> {
        private final HelloFlow flow;

        Recording(HelloFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return nothing();
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(Result.class);
                case 1 -> types(HelloTasks.Greeting.class);
                default -> nothing();
            };
        }

        @Override
        public Frame frame(Object[] inputs) {
            return new Frame(flow);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("hello", "");
            graph.fingerprint("74e29ea2e628dbb6d69738160875d0ed");
            graph.task(Tasks.RESULT, "HelloTasks.result").provides(Keys.RESULT);
            graph.task(Tasks.GREETING, "HelloTasks.greeting").provides(Keys.GREETING);
            return graph.build();
        }
    }
}
