package io.flowright.runtime;

import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
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

    /** Reads what other tasks have provided. */
    public interface Values {
        <T> T get(String key);
    }

    private record Step(
            String name,
            Body body,
            boolean managed,
            @Nullable Answer fallback,
            @Nullable Body key) {}

    private final List<Step> steps;
    private final Map<String, Class<?>> types;
    private final Map<String, Integer> numbers = new HashMap<>();

    private ScriptedFlow(FlowGraph graph, List<Step> steps, Map<String, Class<?>> types, Engine engine) {
        super(graph, engine);
        this.steps = steps;
        this.types = types;
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

        private final FlowGraph.Builder graph;
        private final List<Step> steps = new ArrayList<>();
        private final Map<String, Class<?>> types = new HashMap<>();

        private Builder(String name) {
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
            steps.add(new Step(name, body, managed, fallback, key));
            return this;
        }

        /** The value of a managed task is of this type; else any is taken. */
        public Builder accepting(String name, Class<?> type) {
            types.put(name, type);
            return this;
        }

        public ScriptedFlow on(Engine engine) {
            return new ScriptedFlow(graph.build(), List.copyOf(steps), Map.copyOf(types), engine);
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
        public void runAll() throws Throwable {
            for (int task = 0; task < steps.size(); task++) {
                enter(task);
                run(task);
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
            return steps.get(task).body().run(this, context);
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
