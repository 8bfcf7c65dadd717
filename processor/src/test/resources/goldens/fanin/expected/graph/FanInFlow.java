package graph;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/** The flow {@code fan-in}, made from {@link FanInTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class FanInFlow extends TypedFlow<FanInFlow.Result> {
    private final FanInTasks fanInTasks;

    private FanInFlow(FanInTasks fanInTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.fanInTasks = fanInTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static FanInFlow create(FanInTasks fanInTasks) {
        return create(fanInTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static FanInFlow create(FanInTasks fanInTasks, Engine engine) {
        FanInFlow flow = new FanInFlow(Objects.requireNonNull(fanInTasks, "fanInTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(int start) {
        return run(RunOptions.none(), start);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, int start) {
        return execute(options, new Frame(this, start));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(int start) {
        return runAsync(RunOptions.none(), start);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, int start) {
        return executeAsync(options, new Frame(this, start));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(int start) {
        return start(RunOptions.none(), start);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, int start) {
        return launch(options, new Frame(this, start));
    }

    /** What a run of the flow has made. */
    public static final class Result {
        private final Frame frame;

        private Result(Frame frame) {
            this.frame = frame;
        }

        /** {@code d} of what {@link FanInTasks#nine} returned. */
        public int d() {
            frame.requireWanted(0);
            return frame.d;
        }

        /** {@code e} of what {@link FanInTasks#nine} returned. */
        public int e() {
            frame.requireWanted(0);
            return frame.e;
        }

        /** {@code f} of what {@link FanInTasks#nine} returned. */
        public int f() {
            frame.requireWanted(0);
            return frame.f;
        }

        /** {@code g} of what {@link FanInTasks#nine} returned. */
        public long g() {
            frame.requireWanted(0);
            return frame.g;
        }

        /** {@code h} of what {@link FanInTasks#nine} returned. */
        public long h() {
            frame.requireWanted(0);
            return frame.h;
        }

        /** {@code i} of what {@link FanInTasks#nine} returned. */
        public long i() {
            frame.requireWanted(0);
            return frame.i;
        }

        /** {@code j} of what {@link FanInTasks#nine} returned. */
        public Long j() {
            frame.requireWanted(0);
            return frame.j;
        }

        /** {@code k} of what {@link FanInTasks#nine} returned. */
        public Long k() {
            frame.requireWanted(0);
            return frame.k;
        }

        /** {@code l} of what {@link FanInTasks#nine} returned. */
        public Long l() {
            frame.requireWanted(0);
            return frame.l;
        }

        /** What {@link FanInTasks#a} returned. */
        public int a() {
            frame.requireWanted(1);
            return frame.a;
        }

        /** What {@link FanInTasks#b} returned. */
        public Integer b() {
            frame.requireWanted(2);
            return frame.b;
        }

        /** What {@link FanInTasks#c} returned. */
        public Integer c() {
            frame.requireWanted(3);
            return frame.c;
        }

        /** What {@link FanInTasks#names} returned. */
        public List<String> names() {
            frame.requireWanted(4);
            return frame.names;
        }

        /** What {@link FanInTasks#shortList} returned. */
        public List<Integer> shortList() {
            frame.requireWanted(5);
            return frame.shortList;
        }

        /** What {@link FanInTasks#longList} returned. */
        public int longList() {
            frame.requireWanted(6);
            return frame.longList;
        }

        /** What {@link FanInTasks#withNulls} returned. */
        public int withNulls() {
            frame.requireWanted(7);
            return frame.withNulls;
        }

        /** What {@link FanInTasks#map} returned. */
        public Map<String, Number> map() {
            frame.requireWanted(8);
            return frame.map;
        }

        /** What {@link FanInTasks#nested} returned. */
        public int nested() {
            frame.requireWanted(9);
            return frame.nested;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'fan-in' [d, e, f, g, h, i, j, k, l, a, b, c, names, shortList, longList, withNulls, map, nested]";
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link FanInTasks#nine}. */
        public static final String D = "d";

        /** From {@link FanInTasks#nine}. */
        public static final String E = "e";

        /** From {@link FanInTasks#nine}. */
        public static final String F = "f";

        /** From {@link FanInTasks#nine}. */
        public static final String G = "g";

        /** From {@link FanInTasks#nine}. */
        public static final String H = "h";

        /** From {@link FanInTasks#nine}. */
        public static final String I = "i";

        /** From {@link FanInTasks#nine}. */
        public static final String J = "j";

        /** From {@link FanInTasks#nine}. */
        public static final String K = "k";

        /** From {@link FanInTasks#nine}. */
        public static final String L = "l";

        /** From {@link FanInTasks#a}. */
        public static final String A = "a";

        /** From {@link FanInTasks#b}. */
        public static final String B = "b";

        /** From {@link FanInTasks#c}. */
        public static final String C = "c";

        /** From {@link FanInTasks#names}. */
        public static final String NAMES = "names";

        /** From {@link FanInTasks#shortList}. */
        public static final String SHORT_LIST = "shortList";

        /** From {@link FanInTasks#longList}. */
        public static final String LONG_LIST = "longList";

        /** From {@link FanInTasks#withNulls}. */
        public static final String WITH_NULLS = "withNulls";

        /** From {@link FanInTasks#map}. */
        public static final String MAP = "map";

        /** From {@link FanInTasks#nested}. */
        public static final String NESTED = "nested";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link FanInTasks#nine}. */
        public static final String NINE = "nine";

        /** {@link FanInTasks#a}. */
        public static final String A = "a";

        /** {@link FanInTasks#b}. */
        public static final String B = "b";

        /** {@link FanInTasks#c}. */
        public static final String C = "c";

        /** {@link FanInTasks#names}. */
        public static final String NAMES = "names";

        /** {@link FanInTasks#shortList}. */
        public static final String SHORT_LIST = "shortList";

        /** {@link FanInTasks#longList}. */
        public static final String LONG_LIST = "longList";

        /** {@link FanInTasks#withNulls}. */
        public static final String WITH_NULLS = "withNulls";

        /** {@link FanInTasks#map}. */
        public static final String MAP = "map";

        /** {@link FanInTasks#nested}. */
        public static final String NESTED = "nested";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final FanInTasks fanInTasks;
        private final int start;
        private int d;
        private int e;
        private int f;
        private long g;
        private long h;
        private long i;
        private Long j;
        private Long k;
        private Long l;
        private int a;
        private Integer b;
        private Integer c;
        private List<String> names;
        private List<Integer> shortList;
        private int longList;
        private int withNulls;
        private Map<String, Number> map;
        private int nested;

        Frame(FanInFlow flow, int start) {
            this.fanInTasks = flow.fanInTasks;
            this.start = start;
        }

        @Override
        public void runAll() throws Throwable {
            enter(0);
            nine();
            enter(1);
            a();
            enter(2);
            b();
            enter(3);
            c();
            enter(4);
            names();
            enter(5);
            shortList();
            enter(6);
            longList();
            enter(7);
            withNulls();
            enter(8);
            map();
            enter(9);
            nested();
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> nine();
                case 1 -> a();
                case 2 -> b();
                case 3 -> c();
                case 4 -> names();
                case 5 -> shortList();
                case 6 -> longList();
                case 7 -> withNulls();
                case 8 -> map();
                case 9 -> nested();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {d, e, f, g, h, i, j, k, l};
                case 1 -> new Object[] {a};
                case 2 -> new Object[] {b};
                case 3 -> new Object[] {c};
                case 4 -> new Object[] {names};
                case 5 -> new Object[] {shortList};
                case 6 -> new Object[] {longList};
                case 7 -> new Object[] {withNulls};
                case 8 -> new Object[] {map};
                case 9 -> new Object[] {nested};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> {
                    d = (int) values[0];
                    e = (int) values[1];
                    f = (int) values[2];
                    g = (long) values[3];
                    h = (long) values[4];
                    i = (long) values[5];
                    j = (Long) values[6];
                    k = (Long) values[7];
                    l = (Long) values[8];
                }
                case 1 -> a = (int) values[0];
                case 2 -> b = (Integer) values[0];
                case 3 -> c = (Integer) values[0];
                case 4 -> names = unchecked(values[0]);
                case 5 -> shortList = unchecked(values[0]);
                case 6 -> longList = (int) values[0];
                case 7 -> withNulls = (int) values[0];
                case 8 -> map = unchecked(values[0]);
                case 9 -> nested = (int) values[0];
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {start};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link FanInTasks#nine}. */
        private void nine() {
            FanInTasks.Nine value = provided(fanInTasks.nine(), Keys.D);
            d = value.d();
            e = value.e();
            f = value.f();
            g = value.g();
            h = value.h();
            i = value.i();
            j = provided(value.j(), Keys.J);
            k = provided(value.k(), Keys.K);
            l = provided(value.l(), Keys.L);
        }

        /** {@link FanInTasks#a}. */
        private void a() {
            a = fanInTasks.a(start);
        }

        /** {@link FanInTasks#b}. */
        private void b() {
            b = provided(fanInTasks.b(a), Keys.B);
        }

        /** {@link FanInTasks#c}. */
        private void c() {
            c = fanInTasks.c(b);
        }

        /** {@link FanInTasks#names}. */
        private void names() {
            names = provided(fanInTasks.names(a), Keys.NAMES);
        }

        /** {@link FanInTasks#shortList}. */
        private void shortList() {
            shortList = provided(fanInTasks.shortList(List.of(a, b)), Keys.SHORT_LIST);
        }

        /** {@link FanInTasks#longList}. */
        private void longList() {
            longList = fanInTasks.longList(longListMany());
        }

        /** What {@link FanInTasks#longList} takes as {@code many}. */
        private List<Number> longListMany() {
            List<Number> values = new ArrayList<>(11);
            values.add(a);
            values.add(b);
            values.add(d);
            values.add(e);
            values.add(f);
            values.add(g);
            values.add(h);
            values.add(i);
            values.add(j);
            values.add(k);
            values.add(l);
            return Collections.unmodifiableList(values);
        }

        /** {@link FanInTasks#withNulls}. */
        private void withNulls() {
            withNulls = fanInTasks.withNulls(withNullsSome());
        }

        /** What {@link FanInTasks#withNulls} takes as {@code some}. */
        private List<Integer> withNullsSome() {
            List<Integer> values = new ArrayList<>(3);
            values.add(a);
            values.add(b);
            values.add(c);
            return Collections.unmodifiableList(values);
        }

        /** {@link FanInTasks#map}. */
        private void map() {
            map = provided(fanInTasks.map(mapNumbers()), Keys.MAP);
        }

        /** What {@link FanInTasks#map} takes as {@code numbers}. */
        private Map<String, Number> mapNumbers() {
            Map<String, Number> values = new LinkedHashMap<>();
            values.put("b", b);
            values.put("a", a);
            return Collections.unmodifiableMap(values);
        }

        /** {@link FanInTasks#nested}. */
        private void nested() {
            nested = fanInTasks.nested(nestedLists(), map);
        }

        /** What {@link FanInTasks#nested} takes as {@code lists}. */
        private Map<String, Collection<?>> nestedLists() {
            Map<String, Collection<?>> values = new LinkedHashMap<>();
            values.put("names", names);
            values.put("shortList", shortList);
            return Collections.unmodifiableMap(values);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final FanInFlow flow;

        Recording(FanInFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(int.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(int.class, int.class, int.class, long.class, long.class, long.class,
                        Long.class, Long.class, Long.class);
                case 1, 6, 7, 9 -> types(int.class);
                case 2, 3 -> types(Integer.class);
                case 4 -> types(generic(List.class, String.class));
                case 5 -> types(generic(List.class, Integer.class));
                case 8 -> types(generic(Map.class, String.class, Number.class));
                default -> nothing();
            };
        }

        @Override
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (int) inputs[0]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("fan-in", "");
            graph.fingerprint("c8ad33e37a831630a0c9a235711c8a83");
            graph.input("start", "int");
            graph.task(Tasks.NINE, "FanInTasks.nine")
                    .provides(Keys.D, Keys.E, Keys.F, Keys.G, Keys.H, Keys.I, Keys.J, Keys.K,
                    Keys.L);
            graph.task(Tasks.A, "FanInTasks.a").requires("start").provides(Keys.A);
            graph.task(Tasks.B, "FanInTasks.b").requires(Keys.A).provides(Keys.B);
            graph.task(Tasks.C, "FanInTasks.c").requires(Keys.B).provides(Keys.C).nullable();
            graph.task(Tasks.NAMES, "FanInTasks.names").requires(Keys.A).provides(Keys.NAMES);
            graph.task(Tasks.SHORT_LIST, "FanInTasks.shortList")
                    .requires(Keys.A, Keys.B)
                    .provides(Keys.SHORT_LIST);
            graph.task(Tasks.LONG_LIST, "FanInTasks.longList")
                    .requires(Keys.A, Keys.B, Keys.D, Keys.E, Keys.F, Keys.G, Keys.H, Keys.I,
                    Keys.J, Keys.K, Keys.L)
                    .provides(Keys.LONG_LIST);
            graph.task(Tasks.WITH_NULLS, "FanInTasks.withNulls")
                    .requires(Keys.A, Keys.B, Keys.C)
                    .provides(Keys.WITH_NULLS);
            graph.task(Tasks.MAP, "FanInTasks.map").requires(Keys.B, Keys.A).provides(Keys.MAP);
            graph.task(Tasks.NESTED, "FanInTasks.nested")
                    .requires(Keys.NAMES, Keys.SHORT_LIST, Keys.MAP)
                    .provides(Keys.NESTED);
            return graph.build();
        }
    }
}
