package io.flowright.runtime.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of an idempotency key that a run has, or had; part of a {@link RunWrite}. Each may be written again without harm.
 *
 * @since 0.1
 */
public sealed interface KeyWrite {

    /** The key. */
    KeyName key();

    /**
     * The run's execution succeeded. Nothing happens unless the run has claimed the key.
     *
     * @param result the encoded result; null: the task has none
     * @param expiresAt when the result may be forgotten
     */
    @SuppressWarnings("ArrayRecordComponent") // Bytes on their way, which nobody compares or changes.
    record Complete(KeyName key, byte @Nullable [] result, Instant expiresAt) implements KeyWrite {}

    /** The run gives the key up without a result. Nothing happens unless the run has claimed it. */
    record GiveUp(KeyName key) implements KeyWrite {}

    /**
     * What was done under the key has been undone: its result is forgotten, and the next execution has the next generation. Nothing
     * happens unless the key is at this generation.
     *
     * @param generation that of the execution which was undone
     */
    record Revoke(KeyName key, long generation) implements KeyWrite {}
}
