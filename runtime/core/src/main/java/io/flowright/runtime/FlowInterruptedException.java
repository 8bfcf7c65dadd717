package io.flowright.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The thread that waited for a run, or until a run may begin, was interrupted. Its interrupt flag is set again. A run that
 * was only waited for goes on; one that was to begin does not.
 *
 * <p>The {@code run} methods of a flow do not throw it for their own run, once that has begun: the run is the caller's, so
 * an interrupt of the caller cancels it, whether the caller waits or is running one of the tasks. They throw a
 * {@link java.util.concurrent.CancellationException} then and set the flag again. A task is interrupted in its caller's stead
 * where it fails while the flag is set, or with an {@link InterruptedException} of a blocking method of the JDK; that is the
 * cause of the {@code CancellationException}, and no retry, breaker or fallback sees it. An {@code InterruptedException}
 * that the user's code makes itself, while nobody interrupts, is a failure of the task like any other.
 *
 * @since 0.1
 */
public class FlowInterruptedException extends FlowException {

    /** For the runtime. */
    public FlowInterruptedException(String message) {
        super(message);
    }

    /** For the runtime. */
    public FlowInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
