package io.flowright.runtime;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of one run. Immutable. */
public final class RunOptions {

    private static final RunOptions NONE = new RunOptions(null, null);

    private final @Nullable String id;
    private final @Nullable Duration deadline;

    private RunOptions(@Nullable String id, @Nullable Duration deadline) {
        this.id = id;
        this.deadline = deadline;
    }

    /** No options. */
    public static RunOptions none() {
        return NONE;
    }

    /**
     * The id of the run, by which {@link TypedFlow#find} finds it. Starting an id that the engine knows joins that run
     * when the inputs are equal, else it is a {@link RunConflictException}.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public static RunOptions id(String id) {
        return NONE.withId(id);
    }

    /**
     * The time after which the run fails with a {@link DeadlineExceededException}, whatever it is doing.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public static RunOptions deadline(Duration deadline) {
        return NONE.withDeadline(deadline);
    }

    /** These options and {@link #id(String)}. */
    public RunOptions withId(String newId) {
        if (newId.isBlank()) {
            throw new IllegalArgumentException("The id of a run is blank");
        }
        return new RunOptions(newId, deadline);
    }

    /** These options and {@link #deadline(Duration)}. */
    public RunOptions withDeadline(Duration newDeadline) {
        Objects.requireNonNull(newDeadline, "deadline");
        if (newDeadline.isNegative() || newDeadline.isZero()) {
            throw new IllegalArgumentException("The deadline of a run is not positive: " + newDeadline);
        }
        return new RunOptions(id, newDeadline);
    }

    /** The id; null: the engine makes one when it is asked for. */
    public @Nullable String id() {
        return id;
    }

    /** The deadline; null: none. */
    public @Nullable Duration deadline() {
        return deadline;
    }
}
