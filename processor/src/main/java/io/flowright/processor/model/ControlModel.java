package io.flowright.processor.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how often a task runs.
 *
 * @param guards all of which must hold
 * @param optional whether the flow goes on when the task fails
 * @param forEach the elements that it runs for, each once; null: it runs once
 * @param recorded what of it a durable run records
 */
public record ControlModel(
        List<Guard> guards, boolean optional, @Nullable ForEach forEach, Recorded recorded) {

    /** What a durable run records of a task. */
    public enum Recorded {
        /** Its result. */
        RESULT,
        /** Nothing: it is run again. */
        NOTHING,
        /** The hash of its result: it is run again, and the new result is to have the same. */
        HASH,
        /** Its start, before it begins, and its result. */
        START;

        /** Whether the task is run again instead of its result being recorded. */
        public boolean isPure() {
            return this == NOTHING || this == HASH;
        }
    }

    /**
     * {@code @When} or {@code @Unless}.
     *
     * @param key the boolean or enum that decides
     * @param negated whether the named values are those without which the task runs
     * @param constants of the enum; empty: the key is a boolean, and {@code true} is meant
     * @param site the annotation
     */
    public record Guard(KeyUse key, boolean negated, List<Constant> constants, Site site) {}

    /** An enum constant that a guard names. */
    public record Constant(String name, Site site) {}

    /**
     * {@code @ForEach}.
     *
     * @param parameter the index of the task's parameter that takes an element
     * @param maxConcurrency 0: the engine's
     * @param collect whether failures are results too
     * @param quorum how many must succeed; 0: all
     * @param optional whether the method gives an {@code Optional}, and empty ones are left out of the list
     */
    public record ForEach(
            int parameter, int maxConcurrency, boolean collect, int quorum, boolean optional, Site site) {}
}
