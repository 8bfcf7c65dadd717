package io.flowright.runtime;

import io.flowright.runtime.internal.Durations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Options of one run. Immutable. */
public final class RunOptions {

    private static final RunOptions NONE = new RunOptions(null, null, Set.of(), 0, Map.of());

    /** Stores index ids and tags, and an entry of an index of PostgreSQL has a third of a page. */
    private static final int MOST_BYTES = 1_000;

    private static final int MOST_BYTES_OF_A_NAME = 200;

    private final @Nullable String id;
    private final @Nullable Duration deadline;

    private final Set<String> targets;
    private final int priority;
    private final Map<String, String> tags;

    private RunOptions(
            @Nullable String id,
            @Nullable Duration deadline,
            Set<String> targets,
            int priority,
            Map<String, String> tags) {
        this.id = id;
        this.deadline = deadline;
        this.targets = targets;
        this.priority = priority;
        this.tags = tags;
    }

    /** No options. */
    public static RunOptions none() {
        return NONE;
    }

    /**
     * The id of the run, by which {@link TypedFlow#find} finds it. Starting an id that the engine knows joins that run
     * when the inputs are equal, else it is a {@link RunConflictException}.
     *
     * @throws IllegalArgumentException if it is blank, or longer than 1,000 bytes in UTF-8
     */
    public static RunOptions id(String id) {
        return NONE.withId(id);
    }

    /**
     * The time from its begin after which the run fails with a {@link DeadlineExceededException}, whatever it is doing. It
     * holds until the run is first paused or fails, and not for its compensations; a {@linkplain Run#resume() resumed} run has no deadline.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public static RunOptions deadline(Duration deadline) {
        return NONE.withDeadline(deadline);
    }

    /**
     * The keys that the run is for: it runs what these need and skips the rest. Accessors of other keys throw an
     * {@link IllegalStateException}. Generated classes have a constant for each key: {@code OrderFlow.Keys.RECEIPT}.
     *
     * <p>Starting the flow throws an {@link IllegalArgumentException} if it has no key of such a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RunOptions target(String... keys) {
        return NONE.withTarget(keys);
    }

    /**
     * Which of several runs an engine that is full takes first: the one with the higher priority, and of equal ones the one that was
     * started first. It says nothing about runs that have their turn. 0 unless it is given.
     *
     * @see Engine.Builder#maxActiveRuns
     */
    public static RunOptions priority(int priority) {
        return NONE.withPriority(priority);
    }

    /**
     * A tag, by which {@link Runs} finds the run in a store: an order number, a shop, an application. A run may have many.
     *
     * @throws IllegalArgumentException if the name is blank, or longer than 200 bytes in UTF-8, or the value longer than 1,000
     */
    public static RunOptions tag(String name, String value) {
        return NONE.withTag(name, value);
    }

    /** These options and {@link #id(String)}. */
    public RunOptions withId(String newId) {
        Objects.requireNonNull(newId, "id");
        if (newId.isBlank()) {
            throw new IllegalArgumentException("The id of a run is blank");
        }
        checkLength("id of a run", newId, MOST_BYTES);
        return new RunOptions(newId, deadline, targets, priority, tags);
    }

    private static void checkLength(String what, String text, int most) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > most) {
            throw new IllegalArgumentException("The " + what + " has " + bytes + " bytes, and may have " + most);
        }
    }

    /** These options and {@link #deadline(Duration)}. */
    public RunOptions withDeadline(Duration newDeadline) {
        Objects.requireNonNull(newDeadline, "deadline");
        if (newDeadline.isNegative() || newDeadline.isZero()) {
            throw new IllegalArgumentException("The deadline of a run is not positive: " + Durations.text(newDeadline));
        }
        return new RunOptions(id, newDeadline, targets, priority, tags);
    }

    /** These options and {@link #target(String...)}. */
    public RunOptions withTarget(String... keys) {
        Set<String> newTargets = new LinkedHashSet<>();
        for (String key : keys) {
            newTargets.add(Objects.requireNonNull(key, "target"));
        }
        if (newTargets.isEmpty()) {
            throw new IllegalArgumentException("A run without a target would run nothing");
        }
        return new RunOptions(id, deadline, Collections.unmodifiableSet(newTargets), priority, tags);
    }

    /** These options and {@link #priority(int)}. */
    public RunOptions withPriority(int newPriority) {
        return new RunOptions(id, deadline, targets, newPriority, tags);
    }

    /** These options and {@link #tag(String, String)}; the value replaces that of an earlier tag of that name. */
    public RunOptions withTag(String name, String value) {
        Objects.requireNonNull(value, "value");
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a tag is blank");
        }
        checkLength("name of a tag", name, MOST_BYTES_OF_A_NAME);
        checkLength("value of tag " + name, value, MOST_BYTES);
        Map<String, String> newTags = new TreeMap<>(tags);
        newTags.put(name, value);
        return new RunOptions(id, deadline, targets, priority, Collections.unmodifiableMap(newTags));
    }

    /** The id; null: the engine makes one when it is asked for. */
    public @Nullable String id() {
        return id;
    }

    /** The deadline; null: none. */
    public @Nullable Duration deadline() {
        return deadline;
    }

    /** The keys that the run is for; empty: all. */
    public Set<String> targets() {
        return targets;
    }

    /** The priority of the run. */
    public int priority() {
        return priority;
    }

    /** The tags of the run, sorted by name. */
    public Map<String, String> tags() {
        return tags;
    }
}
