package graph;

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

/** The flow {@code diamond}, made from {@link DiamondTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
final class DiamondFlow extends TypedFlow<DiamondFlow.Result> {
    private final DiamondTasks diamondTasks;

    private DiamondFlow(DiamondTasks diamondTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.diamondTasks = diamondTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static DiamondFlow create(DiamondTasks diamondTasks) {
        return create(diamondTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static DiamondFlow create(DiamondTasks diamondTasks, Engine engine) {
        DiamondFlow flow = new DiamondFlow(Objects.requireNonNull(diamondTasks, "diamondTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(String text) {
        return run(RunOptions.none(), text);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, String text) {
        return execute(options, new Frame(this, text));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(String text) {
        return runAsync(RunOptions.none(), text);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, String text) {
        return executeAsync(options, new Frame(this, text));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(String text) {
        return start(RunOptions.none(), text);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, String text) {
        return launch(options, new Frame(this, text));
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** What {@link DiamondTasks#left} returned. */
        public int left() {
            frame.requireWanted(2);
            return frame.left;
        }

        /** What {@link DiamondTasks#right} returned. */
        public Long right() {
            frame.requireWanted(3);
            return frame.right;
        }

        /** What {@link DiamondTasks#bottom} returned. */
        public String bottom() {
            frame.requireWanted(4);
            return frame.bottom;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'diamond' [left, right, bottom]";
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link DiamondTasks#top}. */
        public static final String TOP = "top";

        /** From {@link DiamondTasks#left}. */
        public static final String LEFT = "left";

        /** From {@link DiamondTasks#right}. */
        public static final String RIGHT = "right";

        /** There once {@link DiamondTasks#warmUp} has run; carries no value. */
        public static final String WARM = "warm";

        /** From {@link DiamondTasks#bottom}. */
        public static final String BOTTOM = "bottom";

        /** From {@link DiamondTasks#unused}. */
        public static final String UNUSED = "unused";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link DiamondTasks#top}. */
        public static final String TOP = "top";

        /** {@link DiamondTasks#left}. */
        public static final String LEFT = "left";

        /** {@link DiamondTasks#right}. */
        public static final String RIGHT = "right";

        /** {@link DiamondTasks#warmUp}. */
        public static final String WARM_UP = "warmUp";

        /** {@link DiamondTasks#bottom}. */
        public static final String BOTTOM = "bottom";

        /** {@link DiamondTasks#unused}. */
        public static final String UNUSED = "unused";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final DiamondTasks diamondTasks;
        private final String text;
        private byte[] top;
        private int left;
        private Long right;
        private String bottom;

        Frame(DiamondFlow flow, String text) {
            this.diamondTasks = flow.diamondTasks;
            this.text = input(text, "text");
        }

        @Override
        public void runAll() throws Throwable {
            enter(0);
            warmUp();
            enter(1);
            top();
            enter(2);
            left();
            enter(3);
            right();
            top = null;
            enter(4);
            bottom();
            enter(5);
            unused();
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> warmUp();
                case 1 -> top();
                case 2 -> left();
                case 3 -> right();
                case 4 -> bottom();
                case 5 -> unused();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public void release(int task, int key) {
            switch (task) {
                case 1 -> top = null;
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[0];
                case 1 -> new Object[] {top};
                case 2 -> new Object[] {left};
                case 3 -> new Object[] {right};
                case 4 -> new Object[] {bottom};
                case 5 -> new Object[] {null};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0, 5 -> {}
                case 1 -> top = (byte[]) values[0];
                case 2 -> left = (int) values[0];
                case 3 -> right = (Long) values[0];
                case 4 -> bottom = (String) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {text};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link DiamondTasks#warmUp}. */
        private void warmUp() {
            diamondTasks.warmUp();
        }

        /** {@link DiamondTasks#top}. */
        private void top() {
            top = provided(diamondTasks.top(text), Keys.TOP);
        }

        /** {@link DiamondTasks#left}. */
        private void left() {
            left = diamondTasks.left(top);
        }

        /** {@link DiamondTasks#right}. */
        private void right() {
            right = provided(DiamondTasks.right(top), Keys.RIGHT);
        }

        /** {@link DiamondTasks#bottom}. */
        private void bottom() {
            bottom = provided(diamondTasks.bottom(left, right), Keys.BOTTOM);
        }

        /** {@link DiamondTasks#unused}. */
        private void unused() {
            provided(diamondTasks.unused(bottom), Keys.UNUSED);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final DiamondFlow flow;

        Recording(DiamondFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(String.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 1 -> types(byte[].class);
                case 2 -> types(int.class);
                case 3 -> types(Long.class);
                case 4, 5 -> types(String.class);
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
            FlowGraph.Builder graph = FlowGraph.builder("diamond", "3");
            graph.fingerprint("765ecfa64bc5c0786199f6dceed95dfb");
            graph.input("text", "String");
            graph.task(Tasks.WARM_UP, "DiamondTasks.warmUp").provides(Keys.WARM).priority(7).nullable();
            graph.task(Tasks.TOP, "DiamondTasks.top").requires("text").provides(Keys.TOP).released(Keys.TOP);
            graph.task(Tasks.LEFT, "DiamondTasks.left").requires(Keys.TOP).provides(Keys.LEFT);
            graph.task(Tasks.RIGHT, "DiamondTasks.right").requires(Keys.TOP).provides(Keys.RIGHT);
            graph.task(Tasks.BOTTOM, "DiamondTasks.bottom")
                    .requires(Keys.LEFT, Keys.RIGHT, Keys.WARM)
                    .provides(Keys.BOTTOM);
            graph.task(Tasks.UNUSED, "DiamondTasks.unused").requires(Keys.BOTTOM).provides(Keys.UNUSED);
            return graph.build();
        }
    }
}
