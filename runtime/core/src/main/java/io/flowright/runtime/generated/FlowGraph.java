package io.flowright.runtime.generated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checked graph of a flow. Tasks are numbered in the order in which one thread runs them: a task's number is higher
 * than those of all that it needs. Immutable and thread-safe once built.
 */
public final class FlowGraph {

    private final String name;
    private final String version;
    private final Map<String, String> inputs;
    private final TaskSpec[] tasks;
    private final int[][] successors;
    private final int[] dependencies;
    private final boolean direct;
    private final boolean prioritized;

    private FlowGraph(Builder builder) {
        name = builder.name;
        version = builder.version;
        inputs = Map.copyOf(builder.inputs);
        tasks = builder.tasks.toArray(TaskSpec[]::new);
        dependencies = new int[tasks.length];
        successors = link(tasks, dependencies);
        direct = builder.tasks.stream().allMatch(task -> task.kind() == TaskSpec.Kind.DIRECT);
        prioritized = builder.tasks.stream().anyMatch(task -> task.priority() != 0);
    }

    private static int[][] link(TaskSpec[] tasks, int[] dependencies) {
        Map<String, Integer> providers = new HashMap<>();
        for (int task = 0; task < tasks.length; task++) {
            for (String key : tasks[task].provides()) {
                providers.put(key, task);
            }
        }
        int[][] successors = new int[tasks.length][];
        int[] counts = new int[tasks.length];
        int[] lastConsumer = new int[tasks.length];
        Arrays.fill(lastConsumer, -1);
        Arrays.fill(successors, new int[0]);
        for (int task = 0; task < tasks.length; task++) {
            for (String key : tasks[task].requires()) {
                Integer provider = providers.get(key);
                // An input has no provider; two keys of one provider are one dependency.
                if (provider == null || lastConsumer[provider] == task) {
                    continue;
                }
                lastConsumer[provider] = task;
                dependencies[task]++;
                if (counts[provider] == successors[provider].length) {
                    successors[provider] = Arrays.copyOf(successors[provider], Math.max(2, counts[provider] * 2));
                }
                successors[provider][counts[provider]++] = task;
            }
        }
        for (int task = 0; task < tasks.length; task++) {
            successors[task] = Arrays.copyOf(successors[task], counts[task]);
        }
        return successors;
    }

    /** Starts the graph of the flow with this durable name. */
    public static Builder builder(String name, String version) {
        return new Builder(name, version);
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    /** The inputs by name, each with its type as people write it. */
    public Map<String, String> inputs() {
        return inputs;
    }

    /** How many tasks there are. */
    public int size() {
        return tasks.length;
    }

    public TaskSpec task(int task) {
        return tasks[task];
    }

    /** The tasks that need {@code task}, ascending. Not to be changed. */
    public int[] successors(int task) {
        return successors[task];
    }

    /** How many tasks {@code task} needs. */
    public int dependencies(int task) {
        return dependencies[task];
    }

    /** Whether every task is {@link TaskSpec.Kind#DIRECT}. */
    public boolean direct() {
        return direct;
    }

    /** Whether any task has a priority other than 0. */
    public boolean prioritized() {
        return prioritized;
    }

    /** Collects a graph. The methods after {@link #task} describe the task that was named last. */
    public static final class Builder {

        private final String name;
        private final String version;
        private final Map<String, String> inputs = new LinkedHashMap<>();
        private final List<TaskSpec> tasks = new ArrayList<>();
        private @Nullable TaskSpec current;

        private Builder(String name, String version) {
            this.name = name;
            this.version = version;
        }

        /** Adds an input with its type as people write it. */
        public Builder input(String input, String type) {
            inputs.put(input, type);
            return this;
        }

        /** Adds a task behind which stands this method. */
        public Builder task(String task, String method) {
            add();
            return this;
        }

        private void add() {
            throw new UnsupportedOperationException();
        }

        /** Names keys and inputs that the task takes or waits for; may be called again for more. */
        public Builder requires(String... keys) {
            return this;
        }

        /** Names the keys that the task gives. */
        public Builder provides(String... keys) {
            return this;
        }

        /** Names keys of the task whose values {@link FlowFrame#release} lets go after their last consumer. */
        public Builder released(String... keys) {
            return this;
        }

        public Builder priority(int priority) {
            return this;
        }

        /** The frame runs the task through {@code call} and {@code put}. */
        public Builder managed() {
            return this;
        }

        /** As {@link #managed()}; what {@code call} returns is a stage. */
        public Builder stage() {
            return this;
        }

        /** The result may be null (or the task is void). */
        public Builder nullable() {
            return this;
        }

        public Builder timeout(Duration limit) {
            return this;
        }

        public Builder retry(RetrySpec retry) {
            return this;
        }

        public Builder circuitBreaker(CircuitBreakerSpec breaker) {
            return this;
        }

        public Builder rateLimit(RateLimitSpec limit) {
            return this;
        }

        public Builder bulkhead(BulkheadSpec bulkhead) {
            return this;
        }

        /** The frame has a fallback for the task. */
        public Builder fallback() {
            return this;
        }

        /** The task is idempotent; its results are remembered for this long. */
        public Builder idempotent(Duration ttl) {
            return this;
        }

        public FlowGraph build() {
            return new FlowGraph(this);
        }
    }
}
