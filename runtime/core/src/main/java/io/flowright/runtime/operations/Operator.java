package io.flowright.runtime.operations;

import java.util.Objects;

/**
 * Who does something to runs, and why; both are kept in the audit trail. Immutable.
 *
 * @param name the person or the program
 * @param reason why, for people: a ticket, a sentence; may be empty
 * @since 0.1
 */
public record Operator(String name, String reason) {

    /** An operator; the name is not blank. */
    public Operator {
        Objects.requireNonNull(reason, "reason");
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of the operator is blank");
        }
    }

    /** An operator who gives no reason. */
    public static Operator named(String name) {
        return new Operator(name, "");
    }

    /** The same operator with a reason. */
    public Operator because(String newReason) {
        return new Operator(name, newReason);
    }
}
