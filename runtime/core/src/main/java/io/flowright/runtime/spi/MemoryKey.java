package io.flowright.runtime.spi;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An idempotency key in a {@link MemoryStore}, which guards it. */
final class MemoryKey {

    private long generation;

    /** The run that has it; null: nobody has. */
    private @Nullable String run;

    /** When the result may be forgotten; null: there is none. */
    private @Nullable Instant expiresAt;

    private byte @Nullable [] result;

    @Nullable
    String run() {
        return run;
    }

    KeyClaim claim(String claimant, Predicate<String> executes) {
        if (expiresAt != null && expiresAt.isAfter(Instant.now())) {
            return new KeyClaim.Completed(result == null ? null : result.clone(), generation);
        }
        if (run != null && !run.equals(claimant) && executes.test(run)) {
            return new KeyClaim.Busy();
        }
        forget();
        run = claimant;
        return new KeyClaim.Owned(generation);
    }

    void apply(KeyWrite write, String writer) {
        boolean owned = writer.equals(run);
        if (write instanceof KeyWrite.Complete complete && owned) {
            run = null;
            result = complete.result() == null ? null : complete.result().clone();
            expiresAt = complete.expiresAt();
        } else if (write instanceof KeyWrite.GiveUp && owned) {
            run = null;
        } else if (write instanceof KeyWrite.Revoke revoke && revoke.generation() == generation) {
            generation++;
            forget();
            // Who else has claimed the key since keeps it: it executes the task.
            run = owned ? null : run;
        }
    }

    /** Whether nothing is lost with it. An outside system may know generations that are over: those are remembered. */
    boolean isForgettable() {
        return run == null && generation == 0 && (expiresAt == null || !expiresAt.isAfter(Instant.now()));
    }

    private void forget() {
        result = null;
        expiresAt = null;
    }
}
