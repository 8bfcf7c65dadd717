package io.flowright.runtime;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * A failure as data: what a record of a run keeps of an exception.
 *
 * @param kind whether someone should look for a defect
 * @param type the name of the exception's class
 * @param message its message
 * @param trace its stack trace as printed, with causes and suppressed exceptions; cut after 64 Ki characters
 * @param cause the failure behind it; the chain is cut after eight
 * @since 0.1
 */
public record FailureInfo(
        Kind kind,
        String type,
        @Nullable String message,
        String trace,
        @Nullable FailureInfo cause) {

    private static final int MAX_DEPTH = 8;
    private static final int MAX_TRACE = 64 * 1024;

    /** What a failure means. */
    public enum Kind {
        /** The task could not do its work. */
        BUG,
        /** The task said no, by a {@link BusinessFailure}. */
        BUSINESS
    }

    /** The data of an exception. */
    public static FailureInfo of(Throwable failure) {
        return of(failure, MAX_DEPTH);
    }

    /** The depth also ends the chain of an exception that is, through others, its own cause. */
    private static FailureInfo of(Throwable failure, int depth) {
        if (failure instanceof RecordedException recorded) {
            // Recorded again, it is still the original.
            return recorded.info();
        }
        Throwable cause = failure.getCause();
        return new FailureInfo(
                failure instanceof BusinessFailure ? Kind.BUSINESS : Kind.BUG,
                failure.getClass().getName(),
                failure.getMessage(),
                trace(failure),
                cause == null || depth == 1 ? null : of(cause, depth - 1));
    }

    private static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.getBuffer().length() <= MAX_TRACE
                ? text.toString()
                : text.getBuffer().substring(0, MAX_TRACE);
    }

    /** Class and message, as {@link Throwable#toString()} has them. */
    @Override
    public String toString() {
        return message == null ? type : type + ": " + message;
    }
}
