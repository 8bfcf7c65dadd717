package io.flowright.runtime.generated;

import io.flowright.annotations.OnFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checked graph of a flow. Tasks are numbered in the order in which one thread runs them: a task's number is higher
 * than the numbers of all that it needs. Immutable and thread-safe.
 */
public final class FlowGraph {

    private static final int[] NONE = {};

    private final String name;
    private final String version;
    private final String fingerprint;
    private final OnFailure onFailure;
    private final Map<String, String> inputs;
    private final TaskSpec[] tasks;
    private final List<CompensationSpec> compensations;

    /** For each task the number of its compensation; -1: it has none. */
    private final int[] compensationNumbers;

    private final int[][] successors;
    private final int[] dependencies;
    private final int[] roots;
    private final Released released;
    private final boolean direct;
    private final boolean conditional;
    private final boolean fansOut;
    private final boolean prioritized;

    /** The tasks that a run is to run; null: all. */
    private final @Nullable BitSet wanted;

    /** Whether it is the graph of the compensations. */
    private final boolean reversed;

    private FlowGraph(
            String name,
            String version,
            String fingerprint,
            OnFailure onFailure,
            Map<String, String> inputs,
            TaskSpec[] tasks,
            List<CompensationSpec> compensations) {
        this.onFailure = onFailure;
        this.compensations = compensations;
        reversed = false;
        wanted = null;
        this.name = name;
        this.version = version;
        this.fingerprint = fingerprint;
        this.inputs = inputs;
        this.tasks = tasks;
        compensationNumbers = numbers(compensations, tasks.length);
        dependencies = new int[tasks.length];
        Map<String, List<Integer>> providers = providers(tasks);
        successors = link(tasks, providers, dependencies);
        roots = roots(dependencies);
        released = Released.of(tasks, providers);
        direct = Arrays.stream(tasks).allMatch(task -> task.kind() == TaskSpec.Kind.DIRECT && task.fanOut() == null);
        conditional = Arrays.stream(tasks).anyMatch(TaskSpec::conditional);
        fansOut = Arrays.stream(tasks).anyMatch(task -> task.fanOut() != null);
        prioritized = Arrays.stream(tasks).anyMatch(task -> task.priority() != 0);
    }

    /** Part of a graph: the tasks keep their numbers, but only what is wanted is reached. */
    private FlowGraph(FlowGraph whole, BitSet wanted) {
        name = whole.name;
        version = whole.version;
        fingerprint = whole.fingerprint;
        onFailure = whole.onFailure;
        inputs = whole.inputs;
        tasks = whole.tasks;
        compensations = whole.compensations;
        compensationNumbers = whole.compensationNumbers;
        reversed = false;
        successors = new int[tasks.length][];
        for (int task = 0; task < tasks.length; task++) {
            successors[task] =
                    Arrays.stream(whole.successors[task]).filter(wanted::get).toArray();
        }
        // A wanted task wants all that it needs, so its number of dependencies is the same.
        dependencies = whole.dependencies;
        roots = Arrays.stream(whole.roots).filter(wanted::get).toArray();
        released = whole.released.takenOnlyBy(wanted);
        direct = whole.direct;
        conditional = whole.conditional;
        fansOut = whole.fansOut;
        prioritized = whole.prioritized;
        this.wanted = wanted;
    }

    /**
     * The graph with all arrows turned round. In place of each task that has a compensation stands that, with its number; the
     * other tasks have their own.
     */
    private FlowGraph(FlowGraph forward) {
        name = forward.name;
        version = forward.version;
        fingerprint = forward.fingerprint;
        onFailure = forward.onFailure;
        inputs = forward.inputs;
        compensations = forward.compensations;
        compensationNumbers = forward.compensationNumbers;
        int size = forward.tasks.length;
        tasks = Arrays.copyOf(forward.tasks, size + compensations.size());
        for (int i = 0; i < compensations.size(); i++) {
            tasks[size + i] = compensations.get(i).execution();
        }
        int[] numbers = new int[size];
        Arrays.setAll(numbers, task -> compensationNumbers[task] < 0 ? task : compensationNumbers[task]);
        dependencies = new int[tasks.length];
        int[] counts = new int[size];
        for (int task = 0; task < size; task++) {
            dependencies[numbers[task]] = forward.successors[task].length;
            for (int successor : forward.successors[task]) {
                counts[successor]++;
            }
        }
        successors = new int[tasks.length][];
        Arrays.fill(successors, NONE);
        BitSet reached = new BitSet(tasks.length);
        for (int task = size - 1; task >= 0; task--) {
            successors[numbers[task]] = new int[counts[task]];
            for (int successor : forward.successors[task]) {
                successors[numbers[successor]][--counts[successor]] = numbers[task];
            }
            reached.set(numbers[task], forward.isWanted(task));
        }
        roots = reached.stream().filter(number -> dependencies[number] == 0).toArray();
        released = Released.of(new TaskSpec[0], Map.of());
        direct = false;
        fansOut = false;
        conditional = false;
        prioritized = false;
        wanted = reached;
        reversed = true;
    }

    private static int[] numbers(List<CompensationSpec> compensations, int size) {
        int[] numbers = new int[size];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < compensations.size(); i++) {
            numbers[compensations.get(i).task()] = size + i;
        }
        return numbers;
    }

    /** The graph along which a run is undone: what comes last in this one comes first, and nothing is let go. */
    public FlowGraph reversed() {
        return new FlowGraph(this);
    }

    /**
     * The part of the graph that is needed for some keys; the frame is told.
     *
     * @throws IllegalArgumentException if the flow has no key of such a name
     */
    public FlowGraph restrictedTo(Set<String> keys, FlowFrame<?> frame) {
        Map<String, List<Integer>> providers = providers(tasks);
        BitSet needed = new BitSet(tasks.length);
        for (String key : keys) {
            List<Integer> tasksOfKey = providers.get(key);
            if (tasksOfKey == null) {
                throw new IllegalArgumentException("Flow '" + name + "' has no key '" + key
                        + "' to be a target; it has " + new TreeSet<>(providers.keySet()));
            }
            tasksOfKey.forEach(needed::set);
        }
        // Whatever a task needs has a lower number.
        for (int task = needed.length() - 1; task >= 0; task = needed.previousSetBit(task - 1)) {
            for (String key : tasks[task].requires()) {
                providers.getOrDefault(key, List.of()).forEach(needed::set);
            }
        }
        frame.want(needed);
        return new FlowGraph(this, needed);
    }

    /** How many tasks a run is to run. */
    public int wanted() {
        return wanted == null ? tasks.length : wanted.cardinality();
    }

    /** Whether a run is to run the task. */
    public boolean isWanted(int task) {
        return wanted == null || wanted.get(task);
    }

    /** What becomes of a run when a task has failed for good. */
    public OnFailure onFailure() {
        return onFailure;
    }

    /** The tasks that provide each key, ascending: several where they are alternatives. */
    private static Map<String, List<Integer>> providers(TaskSpec[] tasks) {
        Map<String, List<Integer>> providers = new HashMap<>();
        for (int task = 0; task < tasks.length; task++) {
            for (String key : tasks[task].provides()) {
                List<Integer> others = providers.get(key);
                if (others == null) {
                    providers.put(key, List.of(task));
                } else {
                    providers.put(
                            key, Stream.concat(others.stream(), Stream.of(task)).toList());
                }
            }
        }
        return providers;
    }

    private static int[][] link(TaskSpec[] tasks, Map<String, List<Integer>> providers, int[] dependencies) {
        int[][] successors = new int[tasks.length][];
        Arrays.fill(successors, NONE);
        int[] counts = new int[tasks.length];
        int[] lastConsumer = new int[tasks.length];
        Arrays.fill(lastConsumer, -1);
        for (int task = 0; task < tasks.length; task++) {
            for (String key : tasks[task].requires()) {
                // An input has no provider; two keys of one provider are one dependency.
                for (int provider : providers.getOrDefault(key, List.of())) {
                    if (lastConsumer[provider] == task) {
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

    /** What tells this graph from others of its name; empty: it was made without. */
    public String fingerprint() {
        return fingerprint;
    }

    /** The inputs by name, in declared order, each with its type as people write it. */
    public Map<String, String> inputs() {
        return inputs;
    }

    /** How many tasks there are. */
    public int size() {
        return tasks.length;
    }

    /** The task, or compensation, with this number. */
    public TaskSpec task(int task) {
        return task < tasks.length
                ? tasks[task]
                : compensations.get(task - tasks.length).execution();
    }

    /** The number of the task with this durable name; -1: there is none. */
    public int numberOf(String task) {
        for (int number = 0; number < tasks.length; number++) {
            if (tasks[number].name().equals(task)) {
                return number;
            }
        }
        return -1;
    }

    /** The compensations, in declared order. */
    public List<CompensationSpec> compensations() {
        return compensations;
    }

    /** The compensation of the task; null: it has none. */
    public @Nullable CompensationSpec compensationOf(int task) {
        int number = compensationNumbers[task];
        return number < 0 ? null : compensations.get(number - compensationNumbers.length);
    }

    /** The number of the task's compensation, which follows those of the tasks; -1: it has none. */
    public int compensationNumber(int task) {
        return compensationNumbers[task];
    }

    /** Whether a run is undone when a task has failed for good. */
    public boolean compensatesOnFailure() {
        return onFailure == OnFailure.COMPENSATE || (onFailure == OnFailure.DEFAULT && !compensations.isEmpty());
    }

    /** Whether, of two tasks that are ready, the one is to start before the other if they cannot start together. */
    public boolean precedes(int task, int other) {
        if (reversed) {
            return taskOf(task) > taskOf(other);
        }
        int priority = tasks[task].priority();
        int otherPriority = tasks[other].priority();
        return priority != otherPriority ? priority > otherPriority : task < other;
    }

    /** The task for which the number of a task, or of a compensation, stands. */
    public int taskOf(int number) {
        int size = compensationNumbers.length;
        return number < size ? number : compensations.get(number - size).task();
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

    /** Whether every task is {@link TaskSpec.Kind#DIRECT} and runs once. */
    public boolean direct() {
        return direct;
    }

    /** Whether any task may be skipped. */
    public boolean conditional() {
        return conditional;
    }

    /** Whether any task runs for each element of something. */
    public boolean fansOut() {
        return fansOut;
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

        private static Released of(TaskSpec[] tasks, Map<String, List<Integer>> providers) {
            Map<String, Integer> numbers = new LinkedHashMap<>();
            for (TaskSpec task : tasks) {
                task.released().forEach(key -> numbers.putIfAbsent(key, numbers.size()));
            }
            int[] provider = new int[numbers.size()];
            int[] place = new int[numbers.size()];
            numbers.forEach((key, number) -> {
                // Alternatives share the place of the value, so any of them can let go of it.
                int task = Objects.requireNonNull(providers.get(key)).get(0);
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

        /** The same keys where only some of the tasks run: they are not to wait for the others. */
        private Released takenOnlyBy(BitSet wanted) {
            int[] left = consumers.clone();
            for (int task = 0; task < takenBy.length; task++) {
                for (int key : wanted.get(task) ? NONE : takenBy[task]) {
                    left[key]--;
                }
            }
            return new Released(providers, places, left, takenBy);
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
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<CompensationSpec> compensations = new ArrayList<>();

        private OnFailure onFailure = OnFailure.DEFAULT;

        private @Nullable String task;
        private @Nullable String compensated;
        private boolean started;
        private String method = "";
        private List<String> requires = new ArrayList<>();
        private List<String> provides = List.of();
        private List<String> released = List.of();
        private String group = "";
        private int priority;
        private List<TaskSpec.Guard> guards = new ArrayList<>();
        private boolean conditional;
        private boolean optional;
        private TaskSpec.Kind kind = TaskSpec.Kind.DIRECT;
        private boolean nullable;
        private @Nullable Duration timeout;
        private @Nullable RetrySpec retry;
        private @Nullable CircuitBreakerSpec breaker;
        private @Nullable RateLimitSpec rateLimit;
        private @Nullable BulkheadSpec bulkhead;
        private boolean fallback;
        private @Nullable String source;
        private int maxConcurrency;
        private int quorum;
        private boolean collect;
        private boolean optionalResults;
        private boolean nullableElements;
        private @Nullable Duration remember;
        private boolean pure;
        private boolean hashed;
        private boolean once;
        private String fingerprint = "";

        private Builder(String name, String version) {
            this.name = name;
            this.version = version;
        }

        /** What becomes of a run when a task has failed for good. */
        public Builder onFailure(OnFailure choice) {
            onFailure = choice;
            return this;
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

        /**
         * Adds a compensation of a task that was added before, behind which stands this method. The frame runs it through
         * {@code call}; where the task runs for each element, through {@code callElement}.
         */
        public Builder compensation(String of, String method) {
            task(of + ".compensation", method);
            compensated = of;
            kind = TaskSpec.Kind.MANAGED;
            nullable = true;
            return this;
        }

        /** The compensation also undoes a task whose outcome is not known. */
        public Builder started() {
            started = true;
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

        /** The path of the group that the task belongs to. */
        public Builder group(String path) {
            group = path;
            return this;
        }

        /** Among ready tasks the higher priority starts first; the default is 0. */
        public Builder priority(int priority) {
            this.priority = priority;
            return this;
        }

        /** Adds a guard of the task, as people read it: {@code "verdict"}, {@code "RESTART or ROLLBACK"}. */
        public Builder guard(String key, String values) {
            guards.add(new TaskSpec.Guard(key, values));
            return this;
        }

        /** The task may be skipped: the frame's {@code runs} says whether. */
        public Builder conditional() {
            conditional = true;
            return this;
        }

        /** The run goes on when the task fails. */
        public Builder optional() {
            optional = true;
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

        /** The task runs for each element of this key or input. */
        public Builder forEach(String source) {
            this.source = source;
            return this;
        }

        /**
         * How many elements run at a time at most; the default is what the engine has threads for, for a compensation as many as of
         * its task.
         */
        public Builder maxConcurrency(int elements) {
            maxConcurrency = elements;
            return this;
        }

        /** How many elements must succeed; the default is all. */
        public Builder quorum(int elements) {
            quorum = elements;
            return this;
        }

        /** Failures of elements are results too. */
        public Builder collect() {
            collect = true;
            return this;
        }

        /** The method returns an {@code Optional}, and elements for which it is empty are left out. */
        public Builder optionalResults() {
            optionalResults = true;
            return this;
        }

        /** Elements may be null. */
        public Builder nullableElements() {
            nullableElements = true;
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

        /** The task is run again instead of recorded. */
        public Builder pure() {
            pure = true;
            return this;
        }

        /** The task is run again, and the hash of what it gives is recorded. */
        public Builder hashed() {
            pure = true;
            hashed = true;
            return this;
        }

        /** The start of the task is recorded before it begins. */
        public Builder once() {
            once = true;
            return this;
        }

        /** What tells the checked graph from others: equal tasks, keys, types and edges give equal fingerprints. */
        public Builder fingerprint(String newFingerprint) {
            fingerprint = newFingerprint;
            return this;
        }

        /** The graph. */
        public FlowGraph build() {
            finishTask();
            return new FlowGraph(
                    name,
                    version,
                    fingerprint,
                    onFailure,
                    Collections.unmodifiableMap(new LinkedHashMap<>(inputs)),
                    tasks.toArray(TaskSpec[]::new),
                    List.copyOf(compensations));
        }

        private @Nullable FanOutSpec fanOut() {
            FanOutSpec undone = compensated == null
                    ? null
                    : tasks.get(numberOf(compensated)).fanOut();
            if (undone != null) {
                int limit = maxConcurrency == 0 ? undone.maxConcurrency() : maxConcurrency;
                return new FanOutSpec(undone.source(), limit, 0, false, false, true);
            }
            return source == null
                    ? null
                    : new FanOutSpec(source, maxConcurrency, quorum, collect, optionalResults, nullableElements);
        }

        private int numberOf(String added) {
            return Objects.requireNonNull(numbers.get(added), added);
        }

        private void finishTask() {
            if (task == null) {
                return;
            }
            TaskSpec spec = new TaskSpec(
                    task,
                    method,
                    List.copyOf(requires),
                    provides,
                    released,
                    group,
                    priority,
                    List.copyOf(guards),
                    conditional,
                    optional,
                    kind,
                    nullable,
                    timeout,
                    retry,
                    breaker,
                    rateLimit,
                    bulkhead,
                    fallback,
                    fanOut(),
                    remember,
                    pure,
                    hashed,
                    once);
            if (compensated == null) {
                numbers.put(task, tasks.size());
                tasks.add(spec);
            } else {
                compensations.add(new CompensationSpec(numberOf(compensated), started, spec));
            }
            task = null;
            compensated = null;
            started = false;
            requires = new ArrayList<>();
            provides = List.of();
            released = List.of();
            group = "";
            priority = 0;
            guards = new ArrayList<>();
            conditional = false;
            optional = false;
            kind = TaskSpec.Kind.DIRECT;
            nullable = false;
            timeout = null;
            retry = null;
            breaker = null;
            rateLimit = null;
            bulkhead = null;
            fallback = false;
            source = null;
            maxConcurrency = 0;
            quorum = 0;
            collect = false;
            optionalResults = false;
            nullableElements = false;
            remember = null;
            pure = false;
            hashed = false;
            once = false;
        }
    }
}
