package io.flowright.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A task's way to say no: an expected answer, not a defect. Throw it, or a subclass, from a task method. It is recorded
 * as such, is never retried, and circuit breakers do not count it.
 *
 * <pre>{@code
 * if (!account.covers(amount)) {
 *     throw new BusinessFailure("the account does not cover the amount");
 * }
 * }</pre>
 *
 * @since 0.1
 */
public class BusinessFailure extends RuntimeException {

    /** A failure with this reason. */
    public BusinessFailure(String message) {
        super(message);
    }

    /** A failure with this reason, and this cause if there is one. */
    public BusinessFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
