package build;

import io.flowright.runtime.Engine;
import io.flowright.runtime.Outcome;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunOptions;
import io.flowright.runtime.TaskContext;
import io.flowright.runtime.TypedFlow;
import io.flowright.runtime.generated.Elements;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.generated.RetrySpec;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/** The flow {@code build}, made from {@link BuildTasks}. */
@Generated("io.flowright.processor.FlowrightProcessor")
public final class BuildFlow extends TypedFlow<BuildFlow.Result> {
    private final BuildTasks buildTasks;

    private BuildFlow(BuildTasks buildTasks, Engine engine) {
        super(Graph.GRAPH, engine);
        this.buildTasks = buildTasks;
    }

    /** Creates the flow on the process-wide engine. */
    public static BuildFlow create(BuildTasks buildTasks) {
        return create(buildTasks, Engine.shared());
    }

    /** Creates the flow on an engine of your own. */
    public static BuildFlow create(BuildTasks buildTasks, Engine engine) {
        BuildFlow flow = new BuildFlow(Objects.requireNonNull(buildTasks, "buildTasks"),
                Objects.requireNonNull(engine, "engine"));
        flow.register(new Recording(flow));
        return flow;
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(int[] sizes, String release) {
        return run(RunOptions.none(), sizes, release);
    }

    /**
     * Runs the flow and returns its result; a task that fails ends it with a {@code FlowFailedException}.
     * If the calling thread is interrupted, the run is cancelled: this method throws a
     * {@code CancellationException}, and the thread's interrupt flag is set again.
     */
    public Result run(RunOptions options, int[] sizes, String release) {
        return execute(options, new Frame(this, sizes, release));
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(int[] sizes, String release) {
        return runAsync(RunOptions.none(), sizes, release);
    }

    /** Starts the flow and promises its result. */
    public CompletableFuture<Result> runAsync(RunOptions options, int[] sizes, String release) {
        return executeAsync(options, new Frame(this, sizes, release));
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(int[] sizes, String release) {
        return start(RunOptions.none(), sizes, release);
    }

    /** Starts the flow and returns its run. */
    public Run<Result> start(RunOptions options, int[] sizes, String release) {
        return launch(options, new Frame(this, sizes, release));
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

        /** What {@link BuildTasks#shards} returned. */
        public List<? extends BuildTasks.Shard<String>> shards() {
            frame.requireWanted(0);
            return frame.shards;
        }

        /** What {@link BuildTasks#test} returned for each element. */
        public List<String> reports() {
            frame.requireWanted(1);
            return frame.reports;
        }

        /** What {@link BuildTasks#length} returned for each element. */
        public List<Integer> length() {
            frame.requireWanted(2);
            return frame.length;
        }

        /** What {@link BuildTasks#sum} returned. */
        public long sum() {
            frame.requireWanted(3);
            return frame.sum;
        }

        /** What {@link BuildTasks#twice} returned for each element. */
        public List<Long> twice() {
            frame.requireWanted(4);
            return frame.twice;
        }

        /** What {@link BuildTasks#upload} returned for each element. */
        public List<Outcome<String>> upload() {
            frame.requireWanted(5);
            return frame.upload;
        }

        /** Names the flow and its keys; values may be secrets. */
        @Override
        public String toString() {
            return "Result of flow 'build' [shards, reports, length, sum, twice, upload]";
        }
    }

    /** The inputs of a run, by name. For use by one thread, once. */
    public static final class Inputs {
        private final BuildFlow flow;
        private int[] sizes;
        private String release;

        private Inputs(BuildFlow flow) {
            this.flow = flow;
        }

        /** Sets {@code sizes}. */
        public Inputs sizes(int[] sizes) {
            this.sizes = sizes;
            return this;
        }

        /** Sets {@code release}. */
        public Inputs release(String release) {
            this.release = release;
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
            if (sizes == null) {
                missing.add("sizes");
            }
            if (release == null) {
                missing.add("release");
            }
            if (!missing.isEmpty()) {
                throw new IllegalStateException("Flow 'build' has no value for the inputs: "
                        + String.join(", ", missing));
            }
            return new Frame(flow, sizes, release);
        }
    }

    /** The names of the keys. */
    public static final class Keys {
        /** From {@link BuildTasks#shards}. */
        public static final String SHARDS = "shards";

        /** From {@link BuildTasks#test}. */
        public static final String REPORTS = "reports";

        /** From {@link BuildTasks#length}. */
        public static final String LENGTH = "length";

        /** From {@link BuildTasks#sum}. */
        public static final String SUM = "sum";

        /** From {@link BuildTasks#twice}. */
        public static final String TWICE = "twice";

        /** From {@link BuildTasks#upload}. */
        public static final String UPLOAD = "upload";

        /** From {@link BuildTasks#owners}. */
        public static final String OWNERS = "owners";

        /** There once {@link BuildTasks#inform} has run; carries no value. */
        public static final String NOTIFIED = "notified";

        private Keys() {}
    }

    /** The names of the tasks. */
    public static final class Tasks {
        /** {@link BuildTasks#shards}. */
        public static final String SHARDS = "shards";

        /** {@link BuildTasks#test}. */
        public static final String TEST = "test";

        /** {@link BuildTasks#length}. */
        public static final String LENGTH = "length";

        /** {@link BuildTasks#sum}. */
        public static final String SUM = "sum";

        /** {@link BuildTasks#twice}. */
        public static final String TWICE = "twice";

        /** {@link BuildTasks#upload}. */
        public static final String UPLOAD = "upload";

        /** {@link BuildTasks#owners}. */
        public static final String OWNERS = "owners";

        /** {@link BuildTasks#inform}. */
        public static final String INFORM = "inform";

        /** {@link BuildTasks#log}. */
        public static final String LOG = "log";

        private Tasks() {}
    }

    /** The values of one run, and the calls of its tasks. */
    private static final class Frame extends FlowFrame<Result> {
        private final BuildTasks buildTasks;
        private final int[] sizes;
        private final String release;
        private List<? extends BuildTasks.Shard<String>> shards;
        private List<String> reports;
        private List<Integer> length;
        private long sum;
        private List<Long> twice;
        private List<Outcome<String>> upload;
        private Map<String, Integer> owners;

        Frame(BuildFlow flow, int[] sizes, String release) {
            this.buildTasks = flow.buildTasks;
            this.sizes = input(sizes, "sizes");
            this.release = input(release, "release");
        }

        @Override
        public void run(int task) throws Throwable {
            switch (task) {
                case 0 -> shards();
                case 3 -> sum();
                case 6 -> owners();
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public void put(int task, Object value) {
            switch (task) {
                case 1 -> putTest(value);
                case 2 -> putLength(value);
                case 4 -> putTwice(value);
                case 5 -> putUpload(value);
                case 7 -> {}
                case 8 -> {}
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public void release(int task, int key) {
            switch (task) {
                case 6 -> owners = null;
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] elements(int task) {
            return switch (task) {
                case 1 -> Elements.of(shards);
                case 2 -> Elements.of(reports);
                case 4 -> Elements.of(sizes);
                case 5 -> Elements.of(reports);
                case 7 -> Elements.ofValues(owners);
                case 8 -> Elements.of(shards);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object runElement(int task, Object element) throws Throwable {
            return switch (task) {
                case 2 -> length(element);
                case 4 -> twice(element);
                case 7 -> {
                    inform(element);
                    yield null;
                }
                case 8 -> {
                    log(element);
                    yield null;
                }
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object callElement(int task, Object element, TaskContext context) throws Throwable {
            return switch (task) {
                case 1 -> test(element, context);
                case 5 -> upload(element, context);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object elementFallback(int task, Object element, Throwable failure,
                TaskContext context) throws Throwable {
            return switch (task) {
                case 1 -> noReport(failure, element);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object[] elementKey(int task, Object element) {
            return switch (task) {
                case 1 -> testKey(element);
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public Object[] values(int task) {
            return switch (task) {
                case 0 -> new Object[] {shards};
                case 3 -> new Object[] {sum};
                case 6 -> new Object[] {owners};
                default -> throw noSuchTask(task);
            };
        }

        @Override
        public void restore(int task, Object[] values) {
            switch (task) {
                case 0 -> shards = unchecked(values[0]);
                case 3 -> sum = (long) values[0];
                case 6 -> owners = unchecked(values[0]);
                default -> throw noSuchTask(task);
            }
        }

        @Override
        public Object[] inputs() {
            return new Object[] {sizes, release};
        }

        @Override
        public Result result() {
            return new Result(this);
        }

        /** {@link BuildTasks#shards}. */
        private void shards() {
            shards = provided(buildTasks.shards(sizes), Keys.SHARDS);
        }

        /** {@link BuildTasks#test}. */
        @SuppressWarnings("unchecked")
        private Object test(Object element, TaskContext context) throws IOException {
            return buildTasks.test((BuildTasks.Shard<String>) element, release);
        }

        /** {@link BuildTasks#noReport}, for a failed {@link BuildTasks#test}. */
        @SuppressWarnings("unchecked")
        private Object noReport(Throwable failure, Object element) throws Throwable {
            if (failure instanceof IOException cause) {
                return buildTasks.noReport((BuildTasks.Shard<? extends CharSequence>) element,
                        cause);
            }
            throw failure;
        }

        /** The idempotency key of {@link BuildTasks#test}. */
        @SuppressWarnings("unchecked")
        private Object[] testKey(Object element) {
            return new Object[] {((BuildTasks.Shard<String>) element).id(), "-", release};
        }

        /** Keeps the result of {@link BuildTasks#test}. */
        @SuppressWarnings("unchecked")
        private void putTest(Object value) {
            reports = (List<String>) value;
        }

        /** {@link BuildTasks#length}. */
        private Object length(Object element) {
            return buildTasks.length((String) element);
        }

        /** Keeps the result of {@link BuildTasks#length}. */
        @SuppressWarnings("unchecked")
        private void putLength(Object value) {
            length = (List<Integer>) value;
        }

        /** {@link BuildTasks#sum}. */
        private void sum() {
            sum = buildTasks.sum(length);
        }

        /** {@link BuildTasks#twice}. */
        private Object twice(Object element) {
            return buildTasks.twice((Integer) element);
        }

        /** Keeps the result of {@link BuildTasks#twice}. */
        @SuppressWarnings("unchecked")
        private void putTwice(Object value) {
            twice = (List<Long>) value;
        }

        /** {@link BuildTasks#upload}. */
        private Object upload(Object element, TaskContext context) {
            return buildTasks.upload((CharSequence) element, context);
        }

        /** Keeps the result of {@link BuildTasks#upload}. */
        @SuppressWarnings("unchecked")
        private void putUpload(Object value) {
            upload = (List<Outcome<String>>) value;
        }

        /** {@link BuildTasks#owners}. */
        private void owners() {
            owners = provided(buildTasks.owners(upload), Keys.OWNERS);
        }

        /** {@link BuildTasks#inform}. */
        private void inform(Object element) {
            buildTasks.inform((Integer) element);
        }

        /** {@link BuildTasks#log}. */
        private void log(Object element) {
            buildTasks.log(element);
        }
    }

    /** What an engine with a store knows of the flow. */
    private static final class Recording extends FlowRecording<Result> {
        private final BuildFlow flow;

        Recording(BuildFlow flow) {
            this.flow = flow;
        }

        @Override
        public Type[] inputs() {
            return types(int[].class, String.class);
        }

        @Override
        public Type[] results(int task) {
            return switch (task) {
                case 0 -> types(generic(List.class, generic(BuildTasks.Shard.class, String.class)));
                case 1, 5 -> types(String.class);
                case 2 -> types(Integer.class);
                case 3 -> types(long.class);
                case 4 -> types(Long.class);
                case 6 -> types(generic(Map.class, String.class, Integer.class));
                default -> nothing();
            };
        }

        @Override
        public Frame frame(Object[] inputs) {
            return new Frame(flow, (int[]) inputs[0], (String) inputs[1]);
        }
    }

    /** What the engine knows of the flow. */
    private static final class Graph {
        static final FlowGraph GRAPH = graph();

        private static FlowGraph graph() {
            FlowGraph.Builder graph = FlowGraph.builder("build", "");
            graph.fingerprint("f6a3804c78714f71ebf16318911fc522");
            graph.input("sizes", "int[]");
            graph.input("release", "String");
            graph.task(Tasks.SHARDS, "BuildTasks.shards").requires("sizes").provides(Keys.SHARDS);
            graph.task(Tasks.TEST, "BuildTasks.test")
                    .requires(Keys.SHARDS, "release")
                    .provides(Keys.REPORTS)
                    .forEach(Keys.SHARDS)
                    .maxConcurrency(4)
                    .managed()
                    .retry(RetrySpec.attempts(3))
                    .fallback()
                    .idempotent(Duration.ofDays(7));
            graph.task(Tasks.LENGTH, "BuildTasks.length")
                    .requires(Keys.REPORTS)
                    .provides(Keys.LENGTH)
                    .forEach(Keys.REPORTS);
            graph.task(Tasks.SUM, "BuildTasks.sum").requires(Keys.LENGTH).provides(Keys.SUM);
            graph.task(Tasks.TWICE, "BuildTasks.twice").requires("sizes").provides(Keys.TWICE).forEach("sizes");
            graph.task(Tasks.UPLOAD, "BuildTasks.upload")
                    .requires(Keys.REPORTS)
                    .provides(Keys.UPLOAD)
                    .forEach(Keys.REPORTS)
                    .collect()
                    .optionalResults()
                    .stage();
            graph.task(Tasks.OWNERS, "BuildTasks.owners")
                    .requires(Keys.UPLOAD)
                    .provides(Keys.OWNERS)
                    .released(Keys.OWNERS);
            graph.task(Tasks.INFORM, "BuildTasks.inform")
                    .requires(Keys.OWNERS)
                    .provides(Keys.NOTIFIED)
                    .forEach(Keys.OWNERS)
                    .quorum(2)
                    .nullableElements()
                    .nullable();
            graph.task(Tasks.LOG, "BuildTasks.log").requires(Keys.SHARDS).forEach(Keys.SHARDS).nullable();
            return graph.build();
        }
    }
}
