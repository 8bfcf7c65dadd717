package io.flowright.runtime.generated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The checked graph of a flow. Tasks are numbered in the order in which one thread runs them: a task's number is higher
 * than the numbers of all that it needs. Immutable and thread-safe.
 */
public final class FlowGraph {

    private static final int[] NONE = {};

    private final String name;
    private final String version;
    private final Map<String, String> inputs;
    private final TaskSpec[] tasks;
    private final int[][] successors;
    private final int[] dependencies;
    private final int[] roots;
    private final Released released;
    private final boolean direct;
    private final boolean prioritized;

    private FlowGraph(String name, String version, Map<String, String> inputs, TaskSpec[] tasks) {
        this.name = name;
        this.version = version;
        this.inputs = inputs;
        this.tasks = tasks;
        dependencies = new int[tasks.length];
        Map<String, Integer> providers = providers(tasks);
        successors = link(tasks, providers, dependencies);
        roots = roots(dependencies);
        released = Released.of(tasks, providers);
        direct = Arrays.stream(tasks).allMatch(task -> task.kind() == TaskSpec.Kind.DIRECT);
        prioritized = Arrays.stream(tasks).anyMatch(task -> task.priority() != 0);
    }

    private static Map<String, Integer> providers(TaskSpec[] tasks) {
        Map<String, Integer> providers = new HashMap<>();
        for (int task = 0; task < tasks.length; task++) {
            for (String key : tasks[task].provides()) {
                providers.put(key, task);
            }
        }
        return providers;
    }

    private static int[][] link(TaskSpec[] tasks, Map<String, Integer> providers, int[] dependencies) {
        int[][] successors = new int[tasks.length][];
        Arrays.fill(successors, NONE);
        int[] counts = new int[tasks.length];
        int[] lastConsumer = new int[tasks.length];
        Arrays.fill(lastConsumer, -1);
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

    private static int[] roots(int[] dependencies) {
        int[] roots = new int[dependencies.length];
        int count = 0;
        for (int task = 0; task < dependencies.length; task++) {
            if (dependencies[task] == 0) {
                roots[count++] = task;
            }
        }
        return Arrays.copyOf(roots, count);
    }

    /** Starts the graph of the flow with this durable name. */
    public static Builder builder(String name, String version) {
        return new Builder(name, version);
    }

    /** The durable name of the flow. */
    public String name() {
        return name;
    }

    /** The label for people; may be empty. */
    public String version() {
        return version;
    }

    /** The inputs by name, in declared order, each with its type as people write it. */
    public Map<String, String> inputs() {
        return inputs;
    }

    /** How many tasks there are. */
    public int size() {
        return tasks.length;
    }

    /** The task with this number. */
    public TaskSpec task(int task) {
        return tasks[task];
    }

    /** The tasks that need {@code task}, ascending. The caller must not change it. */
    public int[] successors(int task) {
        return successors[task];
    }

    /** How many other tasks {@code task} needs. */
    public int dependencies(int task) {
        return dependencies[task];
    }

    /** {@link #dependencies(int)} of all tasks, as a copy. */
    public int[] dependencies() {
        return dependencies.clone();
    }

    /** The tasks that need no other, ascending. The caller must not change it. */
    public int[] roots() {
        return roots;
    }

    /** The keys whose values are let go after their last consumer. */
    public Released released() {
        return released;
    }

    /** Whether every task is {@link TaskSpec.Kind#DIRECT}. */
    public boolean direct() {
        return direct;
    }

    /** Whether any task has a priority other than 0. */
    public boolean prioritized() {
        return prioritized;
    }

    /** The keys of a graph that are not kept, numbered from 0. Immutable. */
    public static final class Released {

        private final int[] providers;
        private final int[] places;
        private final int[] consumers;
        private final int[][] takenBy;

        private Released(int[] providers, int[] places, int[] consumers, int[][] takenBy) {
            this.providers = providers;
            this.places = places;
            this.consumers = consumers;
            this.takenBy = takenBy;
        }

        private static Released of(TaskSpec[] tasks, Map<String, Integer> providers) {
            Map<String, Integer> numbers = new LinkedHashMap<>();
            for (TaskSpec task : tasks) {
                task.released().forEach(key -> numbers.put(key, numbers.size()));
            }
            int[] provider = new int[numbers.size()];
            int[] place = new int[numbers.size()];
            numbers.forEach((key, number) -> {
                int task = Objects.requireNonNull(providers.get(key));
                provider[number] = task;
                place[number] = tasks[task].provides().indexOf(key);
            });
            int[] consumers = new int[numbers.size()];
            int[][] takenBy = numbers.isEmpty() ? new int[0][] : new int[tasks.length][];
            for (int task = 0; task < takenBy.length; task++) {
                takenBy[task] = tasks[task].requires().stream()
                        .filter(numbers::containsKey)
                        .mapToInt(numbers::get)
                        .toArray();
                for (int key : takenBy[task]) {
                    consumers[key]++;
                }
            }
            return new Released(provider, place, consumers, takenBy);
        }

        /** Whether every key is kept. */
        public boolean isEmpty() {
            return providers.length == 0;
        }

        /** The task that provides the key. */
        public int provider(int key) {
            return providers[key];
        }

        /** The key's place among those of its provider. */
        public int place(int key) {
            return places[key];
        }

        /** For each key the number of tasks that take it, as a copy. */
        public int[] consumers() {
            return isEmpty() ? NONE : consumers.clone();
        }

        /** The keys that the task takes. The caller must not change it. */
        public int[] takenBy(int task) {
            return takenBy[task];
        }
    }

    /** Collects a graph. The methods after {@link #task} describe the task that was named last. */
    public static final class Builder {

        private final String name;
        private final String version;
        private final Map<String, String> inputs = new LinkedHashMap<>();
        private final List<TaskSpec> tasks = new ArrayList<>();

        private @Nullable String task;
        private String method = "";
        private List<String> requires = new ArrayList<>();
        private List<String> provides = List.of();
        private List<String> released = List.of();
        private int priority;
        private TaskSpec.Kind kind = TaskSpec.Kind.DIRECT;
        private boolean nullable;
        private @Nullable Duration timeout;
        private @Nullable RetrySpec retry;
        private @Nullable CircuitBreakerSpec breaker;
        private @Nullable RateLimitSpec rateLimit;
        private @Nullable BulkheadSpec bulkhead;
        private boolean fallback;
        private @Nullable Duration remember;

        private Builder(String name, String version) {
            this.name = name;
            this.version = version;
        }

        /** Adds an input with its type as people write it. */
        public Builder input(String input, String type) {
            inputs.put(input, type);
            return this;
        }

        /** Adds a task, behind which stands this method. */
        public Builder task(String task, String method) {
            finishTask();
            this.task = task;
            this.method = method;
            return this;
        }

        /** Names keys and inputs that the task takes or waits for; may be called again for more. */
        public Builder requires(String... keys) {
            Collections.addAll(requires, keys);
            return this;
        }

        /** Names the keys that the task gives. */
        public Builder provides(String... keys) {
            provides = List.of(keys);
            return this;
        }

        /** Names the keys of the task whose values are let go after their last consumer. */
        public Builder released(String... keys) {
            released = List.of(keys);
            return this;
        }

        /** Among ready tasks the higher priority starts first; the default is 0. */
        public Builder priority(int priority) {
            this.priority = priority;
            return this;
        }

        /** The frame runs the task through {@code call} and {@code put}. */
        public Builder managed() {
            kind = TaskSpec.Kind.MANAGED;
            return this;
        }

        /** As {@link #managed()}; what {@code call} returns is a stage. */
        public Builder stage() {
            kind = TaskSpec.Kind.STAGE;
            return this;
        }

        /** The result may be null, or the method is void. */
        public Builder nullable() {
            nullable = true;
            return this;
        }

        /** The limit of one attempt. */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /** When the task runs again. */
        public Builder retry(RetrySpec retry) {
            this.retry = retry;
            return this;
        }

        /** The task's circuit breaker. */
        public Builder circuitBreaker(CircuitBreakerSpec breaker) {
            this.breaker = breaker;
            return this;
        }

        /** The task's rate limiter. */
        public Builder rateLimit(RateLimitSpec limit) {
            rateLimit = limit;
            return this;
        }

        /** The task's bulkhead. */
        public Builder bulkhead(BulkheadSpec bulkhead) {
            this.bulkhead = bulkhead;
            return this;
        }

        /** The frame has a fallback for the task. */
        public Builder fallback() {
            fallback = true;
            return this;
        }

        /** The task is idempotent; its results are remembered for this long. */
        public Builder idempotent(Duration ttl) {
            remember = ttl;
            return this;
        }

        /** The graph. */
        public FlowGraph build() {
            finishTask();
            return new FlowGraph(
                    name,
                    version,
                    Collections.unmodifiableMap(new LinkedHashMap<>(inputs)),
                    tasks.toArray(TaskSpec[]::new));
        }

        private void finishTask() {
            if (task == null) {
                return;
            }
            tasks.add(new TaskSpec(
                    task,
                    method,
                    List.copyOf(requires),
                    provides,
                    released,
                    priority,
                    kind,
                    nullable,
                    timeout,
                    retry,
                    breaker,
                    rateLimit,
                    bulkhead,
                    fallback,
                    remember));
            task = null;
            requires = new ArrayList<>();
            provides = List.of();
            released = List.of();
            priority = 0;
            kind = TaskSpec.Kind.DIRECT;
            nullable = false;
            timeout = null;
            retry = null;
            breaker = null;
            rateLimit = null;
            bulkhead = null;
            fallback = false;
            remember = null;
        }
    }
}
