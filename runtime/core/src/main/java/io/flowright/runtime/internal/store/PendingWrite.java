package io.flowright.runtime.internal.store;

import io.flowright.runtime.spi.RunWrite;
import org.jspecify.annotations.Nullable;

/**
 * A write on its way to the store. Its fields are set by the thread that writes, before {@link #written} or the return of
 * {@link StoreWriter#submit}.
 */
public abstract class PendingWrite {

    private final RunWrite write;
    private RunWrite.@Nullable Outcome outcome;
    private @Nullable RuntimeException failure;

    protected PendingWrite(RunWrite write) {
        this.write = write;
    }

    /** What is to be written. */
    public final RunWrite write() {
        return write;
    }

    /** What came of it; null: it has failed. */
    public final RunWrite.@Nullable Outcome outcome() {
        return outcome;
    }

    /** Why nothing is known of it; null: something is. */
    public final @Nullable RuntimeException failure() {
        return failure;
    }

    /** Whether it is safe in the store. */
    public final boolean isWritten() {
        return outcome == RunWrite.Outcome.WRITTEN;
    }

    /** It is no longer on its way. Called once, on a thread of the writer, which must not be held up, or of another's submission. */
    protected abstract void written();

    final void end(RunWrite.@Nullable Outcome how, @Nullable RuntimeException why) {
        outcome = how;
        failure = why;
    }
}
