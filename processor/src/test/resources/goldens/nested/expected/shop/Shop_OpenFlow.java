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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/** The flow {@code open}, made from {@link Shop.OpenTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
@SuppressWarnings({
        "deprecation",
        "rawtypes"
})
public final class Shop_OpenFlow extends TypedFlow<Shop_OpenFlow.Result> {
    private final Shop.OpenTasks openTasks;

    private Shop_OpenFlow(Shop.OpenTasks openTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.openTasks = openTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static Shop_OpenFlow create(Shop.OpenTasks openTasks) {
        return create(openTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static Shop_OpenFlow create(Shop.OpenTasks openTasks, Engine engine) {
        Shop_OpenFlow flow = new Shop_OpenFlow(Objects.requireNonNull(openTasks, "openTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(Map<String, List<Shop.Basket>> baskets) {
        return run(RunOptions.none(), baskets);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, Map<String, List<Shop.Basket>> baskets) {
        return execute(options, new Frame(this, baskets));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(Map<String, List<Shop.Basket>> baskets) {
        return runAsync(RunOptions.none(), baskets);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options,
            Map<String, List<Shop.Basket>> baskets) {
        return executeAsync(options, new Frame(this, baskets));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(Map<String, List<Shop.Basket>> baskets) {
        return start(RunOptions.none(), baskets);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, Map<String, List<Shop.Basket>> baskets) {
        return launch(options, new Frame(this, baskets));
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** What {@link Shop.OpenTasks#basket} returned. */
        public Shop.Basket basket() {
            frame.requireWanted(0);
            return frame.basket;
        }

        /** What {@link Shop.OpenTasks#raw} returned. */
        public List raw() {
            frame.requireWanted(2);
            return frame.raw;
        }

        /** What {@link Shop.OpenTasks#size} returned. */
        public int size() {
            frame.requireWanted(4);
            return frame.size;
        }

        /** What {@link Shop.OpenTasks#entry} returned. */
        public Map.Entry<String, Shop.Basket> entry() {
            frame.requireWanted(1);
            return frame.entry;
        }

        /** What {@link Shop.OpenTasks#all} returned. */
        public List<Shop.Basket> all() {
            frame.requireWanted(3);
            return frame.all;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'open' [basket, raw, size, entry, all]";
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link Shop.OpenTasks#basket}. */
        public static final String BASKET = "basket";

        /** From {@link Shop.OpenTasks#raw}. */
        public static final String RAW = "raw";

        /** From {@link Shop.OpenTasks#size}. */
        public static final String SIZE = "size";

        /** From {@link Shop.OpenTasks#entry}. */
        public static final String ENTRY = "entry";

        /** From {@link Shop.OpenTasks#all}. */
        public static final String ALL = "all";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link Shop.OpenTasks#basket}. */
        public static final String BASKET = "basket";

        /** {@link Shop.OpenTasks#raw}. */
        public static final String RAW = "raw";

        /** {@link Shop.OpenTasks#size}. */
        public static final String SIZE = "size";

        /** {@link Shop.OpenTasks#entry}. */
        public static final String ENTRY = "entry";

        /** {@link Shop.OpenTasks#all}. */
        public static final String ALL = "all";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final Shop.OpenTasks openTasks;
        private final Map<String, List<Shop.Basket>> baskets;
        private Shop.Basket basket;
        private Map.Entry<String, Shop.Basket> entry;
        private List raw;
        private List<Shop.Basket> all;
        private int size;

        Frame(Shop_OpenFlow flow, Map<String, List<Shop.Basket>> baskets) {
            this.openTasks = flow.openTasks;
            this.baskets = input(baskets, "baskets");
        }

        @Override
        public void runAll() throws Throwable {
            enter(0);
            basket();
            enter(1);
            entry();
            enter(2);
            raw();
            enter(3);
            all();
            enter(4);
            size();
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> basket();
                case 1 -> entry();
                case 2 -> raw();
                case 3 -> all();
                case 4 -> size();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {basket};
                case 1 -> new Object[] {entry};
                case 2 -> new Object[] {raw};
                case 3 -> new Object[] {all};
                case 4 -> new Object[] {size};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> basket = (Shop.Basket) values[0];
                case 1 -> entry = unchecked(values[0]);
                case 2 -> raw = (List) values[0];
                case 3 -> all = unchecked(values[0]);
                case 4 -> size = (int) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {baskets};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link Shop.OpenTasks#basket}. */
        private void basket() {
            basket = provided(openTasks.basket(baskets), Keys.BASKET);
        }

        /** {@link Shop.OpenTasks#entry}. */
        private void entry() {
            entry = provided(openTasks.entry(basket), Keys.ENTRY);
        }

        /** {@link Shop.OpenTasks#raw}. */
        private void raw() {
            raw = provided(openTasks.raw(entry), Keys.RAW);
        }

        /** {@link Shop.OpenTasks#all}. */
        private void all() {
            all = provided(openTasks.all(basket), Keys.ALL);
        }

        /** {@link Shop.OpenTasks#size}. */
        private void size() {
            size = openTasks.size(raw, all);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final Shop_OpenFlow flow;

        Recording(Shop_OpenFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(generic(Map.class, String.class, generic(List.class, Shop.Basket.class)));
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(Shop.Basket.class);
                case 1 -> types(generic(Map.Entry.class, String.class, Shop.Basket.class));
                case 2 -> types(List.class);
                case 3 -> types(generic(List.class, Shop.Basket.class));
                case 4 -> types(int.class);
                default -> nothing();
            };
        }

        @Override
        @SuppressWarnings("unchecked")
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (Map<String, List<Shop.Basket>>) inputs[0]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("open", "");
            graph.fingerprint("da5c209de08ec420e8269cabc3a25633");
            graph.input("baskets", "Map<String, List<Shop.Basket>>");
            graph.task(Tasks.BASKET, "OpenTasks.basket").requires("baskets").provides(Keys.BASKET);
            graph.task(Tasks.ENTRY, "OpenTasks.entry").requires(Keys.BASKET).provides(Keys.ENTRY);
            graph.task(Tasks.RAW, "OpenTasks.raw").requires(Keys.ENTRY).provides(Keys.RAW);
            graph.task(Tasks.ALL, "OpenTasks.all").requires(Keys.BASKET).provides(Keys.ALL);
            graph.task(Tasks.SIZE, "OpenTasks.size").requires(Keys.RAW, Keys.ALL).provides(Keys.SIZE);
            return graph.build();
        }
    }
}
