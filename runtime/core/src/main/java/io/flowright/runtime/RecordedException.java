package io.flowright.runtime;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of which only the record is left: the process in which it was thrown is gone. It has the message of the
 * original, whose stack trace is in {@link #info}.
 *
 * @since 0.1
 */
public class RecordedException extends FlowException {

    private final transient FailureInfo info;

    /** For the runtime. */
    public RecordedException(FailureInfo info) {
        super(Objects.requireNonNullElse(info.message(), info.type()), causeOf(info));
        this.info = info;
    }

    /** Where it was read says nothing; where the original was thrown is in its record. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // There is nothing to fill in.
    public Throwable fillInStackTrace() {
        return this;
    }

    private static @Nullable RecordedException causeOf(FailureInfo info) {
        FailureInfo cause = info.cause();
        return cause == null ? null : new RecordedException(cause);
    }

    /** As the original says it. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // It is the name of the class that differs, not the message.
    public String toString() {
        return info.toString();
    }

    /** The name of the original's class. */
    public String type() {
        return info.type();
    }

    /** What is recorded of it. */
    public FailureInfo info() {
        return info;
    }
}
