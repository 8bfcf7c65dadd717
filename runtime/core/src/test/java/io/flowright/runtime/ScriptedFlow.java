package io.flowright.runtime;

import io.flowright.annotations.OnFailure;
import io.flowright.runtime.generated.Elements;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import io.flowright.runtime.generated.FlowRecording;
import io.flowright.runtime.generated.UndoneElement;
import io.flowright.runtime.spi.FlowVersion;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A flow by hand, for tests of the runtime alone: its tasks are lambdas, its values stand in an array by task number. The key
 * of a task has the task's name. Its only input is "in".
 */
public final class ScriptedFlow extends TypedFlow<Map<String, Object>> {

    /** What a task does. */
    public interface Body {
        @Nullable
        Object run(Values values, TaskContext context) throws Throwable;
    }

    /** What a task does instead when it has failed. */
    public interface Answer {
        @Nullable
        Object run(Values values, Throwable failure) throws Throwable;
    }

    /** What a task does for each element. */
    public interface EachBody<E> {
        @Nullable
        Object run(E element, TaskContext context) throws Throwable;
    }

    /** What undoes a task. */
    public interface Undo {
        @Nullable
        Object run(Values values, FlowFailure failure, TaskContext context) throws Throwable;
    }

    /** What undoes a task that runs for each element, for one of them. */
    public interface EachUndo {
        @Nullable
        Object run(UndoneElement undone, FlowFailure failure, TaskContext context) throws Throwable;
    }

    /** Reads what other tasks have provided. */
    public interface Values {
        <T> T get(String key);

        /** For compensations: whether the task had provided it. */
        boolean has(String key);
    }

    private record Step(
            String name,
            Body body,
            boolean managed,
            @Nullable Answer fallback,
            @Nullable Body key,
            @Nullable String source,
            @Nullable EachBody<Object> each) {}

    private record Undone(@Nullable Undo once, @Nullable EachUndo each) {}

    private final List<Step> steps;
    private final List<Undone> undos;
    private final Map<String, Class<?>> types;
    private final Map<String, Body> conditions;
    private final Map<String, Integer> numbers = new HashMap<>();

    private ScriptedFlow(
            FlowGraph graph,
            List<Step> steps,
            List<Undone> undos,
            Map<String, Class<?>> types,
            Map<String, Body> conditions,
            Engine engine) {
        super(graph, engine);
        this.steps = steps;
        this.undos = undos;
        this.types = types;
        this.conditions = conditions;
        for (int i = 0; i < steps.size(); i++) {
            numbers.put(steps.get(i).name(), i);
        }
    }

    public static Builder named(String name) {
        return new Builder(name);
    }

    public Map<String, Object> run() {
        return run(RunOptions.none());
    }

    public Map<String, Object> run(RunOptions options) {
        return execute(options, new Frame("in"));
    }

    public CompletableFuture<Map<String, Object>> runAsync() {
        return executeAsync(RunOptions.none(), new Frame("in"));
    }

    public Run<Map<String, Object>> start() {
        return start(RunOptions.none(), "in");
    }

    public Run<Map<String, Object>> start(RunOptions options, Object input) {
        return launch(options, new Frame(input));
    }

    /** Collects tasks in an order in which each comes after all that it needs. */
    public static final class Builder {

        private final String name;
        private final FlowGraph.Builder graph;
        private final List<Step> steps = new ArrayList<>();
        private final List<Undone> undos = new ArrayList<>();
        private final Map<String, Class<?>> types = new HashMap<>();
        private final Map<String, Body> conditions = new HashMap<>();

        private Builder(String name) {
            this.name = name;
            graph = FlowGraph.builder(name, "").input("in", "Object");
        }

        /** A direct task. */
        public Builder task(String name, List<String> requires, Body body) {
            return add(name, requires, body, false, null, null, nothing -> {});
        }

        /** A managed task. */
        public Builder managed(String name, List<String> requires, Consumer<FlowGraph.Builder> policies, Body body) {
            return add(name, requires, body, true, null, null, policies);
        }

        /** A managed task that returns a stage. */
        public Builder stage(String name, List<String> requires, Consumer<FlowGraph.Builder> policies, Body body) {
            return add(name, requires, body, true, null, null, policies.andThen(FlowGraph.Builder::stage));
        }

        /** A managed task with a fallback. */
        public Builder withFallback(String name, Consumer<FlowGraph.Builder> policies, Body body, Answer fallback) {
            return add(name, List.of(), body, true, fallback, null, policies.andThen(FlowGraph.Builder::fallback));
        }

        /** A managed idempotent task; {@code key} gives the parts of its key as an Object[]. */
        public Builder idempotent(String name, Consumer<FlowGraph.Builder> policies, Body key, Body body) {
            return add(name, List.of("in"), body, true, null, key, policies);
        }

        /** As {@link #idempotent}, with a fallback. */
        public Builder idempotentWithFallback(
                String name, Consumer<FlowGraph.Builder> policies, Body key, Body body, Answer fallback) {
            return add(name, List.of("in"), body, true, fallback, key, policies.andThen(FlowGraph.Builder::fallback));
        }

        /** A direct task that is skipped unless {@code condition} gives true. */
        public Builder guarded(String name, List<String> requires, Body condition, Body body) {
            conditions.put(name, condition);
            return add(name, requires, body, false, null, null, FlowGraph.Builder::conditional);
        }

        /** What becomes of a run when a task has failed. */
        public Builder onFailure(OnFailure choice) {
            graph.onFailure(choice);
            return this;
        }

        /** A direct task that runs for each element of a list, of a task or the input. */
        public <E> Builder each(String name, String source, Consumer<FlowGraph.Builder> settings, EachBody<E> body) {
            graph.task(name, "Scripted." + name).requires(source).provides(name).forEach(source);
            settings.accept(graph);
            steps.add(new Step(name, (values, task) -> null, false, null, null, source, untyped(body)));
            return this;
        }

        @SuppressWarnings("unchecked")
        private static <E> EachBody<Object> untyped(EachBody<E> body) {
            return (element, context) -> body.run((E) element, context);
        }

        /**
         * A managed task that runs for each element of a list. The key of an idempotent one is the element; its fallback, if it is
         * to have one, says so.
         */
        public <E> Builder managedEach(
                String name, String source, Consumer<FlowGraph.Builder> settings, EachBody<E> body) {
            return each(name, source, graph -> settings.accept(graph.managed()), body);
        }

        private Builder add(
                String name,
                List<String> requires,
                Body body,
                boolean managed,
                @Nullable Answer fallback,
                @Nullable Body key,
                Consumer<FlowGraph.Builder> policies) {
            graph.task(name, "Scripted." + name)
                    .requires(requires.toArray(String[]::new))
                    .provides(name);
            if (managed) {
                graph.managed();
            }
            policies.accept(graph);
            steps.add(new Step(name, body, managed, fallback, key, null, null));
            return this;
        }

        /** A compensation; after all tasks. */
        public Builder compensation(String of, Consumer<FlowGraph.Builder> policies, Undo body) {
            return add(of, policies, new Undone(body, null));
        }

        /** A compensation of a task that runs for each element; after all tasks. */
        public Builder compensationEach(String of, Consumer<FlowGraph.Builder> policies, EachUndo body) {
            return add(of, policies, new Undone(null, body));
        }

        private Builder add(String of, Consumer<FlowGraph.Builder> policies, Undone undone) {
            graph.compensation(of, "Scripted.undo." + of).requires(of);
            policies.accept(graph);
            undos.add(undone);
            return this;
        }

        /** The value of a managed task is of this type; else any is taken. */
        public Builder accepting(String name, Class<?> type) {
            types.put(name, type);
            return this;
        }

        /** As stores know it. */
        public FlowVersion version() {
            // The names of the tasks are enough to tell flows of one test apart.
            return new FlowVersion(
                    name, String.valueOf(steps.stream().map(Step::name).toList()));
        }

        public ScriptedFlow on(Engine engine) {
            graph.fingerprint(version().fingerprint());
            ScriptedFlow flow = new ScriptedFlow(
                    graph.build(),
                    List.copyOf(steps),
                    List.copyOf(undos),
                    Map.copyOf(types),
                    Map.copyOf(conditions),
                    engine);
            flow.register(flow.new Recording());
            return flow;
        }
    }

    private final class Recording extends FlowRecording<Map<String, Object>> {

        @Override
        public Type[] inputs() {
            return types(Object.class);
        }

        @Override
        public Type[] results(int task) {
            return types(Object.class);
        }

        @Override
        public FlowFrame<Map<String, Object>> frame(@Nullable Object[] inputs) {
            return new Frame(inputs[0]);
        }
    }

    private final class Frame extends FlowFrame<Map<String, Object>> implements Values {

        private final Object input;
        private final @Nullable Object[] values = new @Nullable Object[steps.size()];

        Frame(Object input) {
            this.input = input;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T get(String key) {
            return (T) (key.equals("in") ? input : values[numbers.get(key)]);
        }

        @Override
        public boolean has(String key) {
            return succeeded(numbers.get(key));
        }

        @Override
        public void runAll() throws Throwable {
            for (int task = 0; task < steps.size(); task++) {
                enter(task);
                if (runs(task)) {
                    run(task);
                } else {
                    skip(task);
                }
            }
        }

        @Override
        public boolean runs(int task) {
            Body condition = conditions.get(steps.get(task).name());
            try {
                return condition == null || (boolean) condition.run(this, TaskContext.forTest());
            } catch (RuntimeException e) {
                throw e;
            } catch (Throwable t) {
                throw new IllegalStateException(t);
            }
        }

        @Override
        public void run(int task) throws Throwable {
            if (steps.get(task).managed()) {
                throw noSuchTask(task);
            }
            values[task] = provided(
                    steps.get(task).body().run(this, TaskContext.forTest()),
                    steps.get(task).name());
        }

        @Override
        public @Nullable Object call(int task, TaskContext context) throws Throwable {
            return task < steps.size()
                    ? steps.get(task).body().run(this, context)
                    : undos.get(task - steps.size()).once().run(this, failure(), context);
        }

        @Override
        public void put(int task, @Nullable Object value) {
            Class<?> type = types.get(steps.get(task).name());
            values[task] = type == null ? value : type.cast(value);
        }

        @Override
        public @Nullable Object fallback(int task, Throwable failure, TaskContext context) throws Throwable {
            return steps.get(task).fallback().run(this, failure);
        }

        @Override
        public @Nullable Object[] idempotencyKey(int task) {
            try {
                return (Object[]) steps.get(task).key().run(this, TaskContext.forTest());
            } catch (RuntimeException e) {
                throw e;
            } catch (Throwable t) {
                throw new IllegalStateException(t);
            }
        }

        @Override
        public @Nullable Object[] elements(int task) {
            return Elements.of(this.<Iterable<?>>get(steps.get(task).source()));
        }

        @Override
        public @Nullable Object runElement(int task, @Nullable Object element) throws Throwable {
            return steps.get(task).each().run(element, TaskContext.forTest());
        }

        @Override
        public @Nullable Object callElement(int task, @Nullable Object element, TaskContext context) throws Throwable {
            return task < steps.size()
                    ? steps.get(task).each().run(element, context)
                    : undos.get(task - steps.size()).each().run((UndoneElement) element, failure(), context);
        }

        @Override
        public @Nullable Object elementFallback(
                int task, @Nullable Object element, Throwable failure, TaskContext context) {
            return "instead of " + element;
        }

        @Override
        public @Nullable Object[] elementKey(int task, @Nullable Object element) {
            return new Object[] {element};
        }

        @Override
        public @Nullable Object[] values(int task) {
            return new Object[] {values[task]};
        }

        @Override
        public void restore(int task, @Nullable Object[] restored) {
            values[task] = restored[0];
        }

        @Override
        public void release(int task, int key) {
            values[task] = null;
        }

        @Override
        public @Nullable Object[] inputs() {
            return new Object[] {input};
        }

        @Override
        public Map<String, Object> result() {
            Map<String, Object> result = new HashMap<>();
            for (int task = 0; task < steps.size(); task++) {
                result.put(steps.get(task).name(), values[task]);
            }
            return result;
        }
    }
}
