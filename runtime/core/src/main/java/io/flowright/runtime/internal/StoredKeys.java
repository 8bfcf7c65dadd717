package io.flowright.runtime.internal;

import io.flowright.runtime.StoreUnavailableException;
import io.flowright.runtime.spi.IdempotencyStore;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.KeyWrite;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys of one run in the store of its engine. A claim is a round trip of its own; what comes of it goes into the
 * commits of the run's own records, so that one is never without the other.
 */
final class StoredKeys implements IdempotencyStore {

    /** How long to wait before a key that another run has is asked for again. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** The recorded result of another execution. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    record Result(byte @Nullable [] bytes) {}

    private final FlowRun<?> run;
    private final Journal<?> journal;

    /** Of the keys that the run has claimed. */
    private final Map<Key, Long> generations = new ConcurrentHashMap<>();

    StoredKeys(FlowRun<?> run, Journal<?> journal) {
        this.run = run;
        this.journal = journal;
    }

    private static KeyName name(Key key) {
        return new KeyName(key.flow(), key.task(), IdempotencyKeys.keyFor(key, 0));
    }

    @Override
    public Claim claim(Key key, Runnable whenFreed) {
        // It may have been given up and not yet said so.
        journal.forget(new KeyWrite.GiveUp(name(key)));
        Optional<KeyClaim> answer;
        try {
            answer = journal.engine().store().claim(name(key), run.id(), journal.epoch());
        } catch (StoreUnavailableException e) {
            // As long as the lease lasts. After it nothing starts here any more.
            return busy(whenFreed);
        }
        if (answer.isEmpty()) {
            run.detach(new MovedException(run.id()));
            return busy(whenFreed);
        }
        KeyClaim claim = answer.get();
        if (claim instanceof KeyClaim.Owned owned) {
            generations.put(key, owned.generation());
            return new Claim.Owned(owned.generation());
        }
        if (claim instanceof KeyClaim.Completed completed) {
            generations.put(key, completed.generation());
            return new Claim.Completed(new Result(completed.result()));
        }
        return busy(whenFreed);
    }

    private Claim busy(Runnable whenFreed) {
        run.core.schedule(PAUSE, whenFreed);
        return new Claim.Busy();
    }

    /** What says that the execution has succeeded. */
    KeyWrite completion(Key key, byte @Nullable [] result, Duration ttl) {
        return new KeyWrite.Complete(name(key), result, journal.after(ttl));
    }

    private @Nullable KeyWrite revocation(Key key) {
        Long known = generations.get(key);
        if (known != null) {
            return new KeyWrite.Revoke(name(key), known);
        }
        // It was claimed in a process that is gone.
        KeyClaim claim = claimed(key);
        if (claim instanceof KeyClaim.Completed completed) {
            return new KeyWrite.Revoke(name(key), completed.generation());
        }
        return claim instanceof KeyClaim.Owned owned ? new KeyWrite.Revoke(name(key), owned.generation()) : null;
    }

    /** Waits for the store as long as the lease lasts: what has been undone must not be taken for a failure of the compensation. */
    private @Nullable KeyClaim claimed(Key key) {
        DurableEngine engine = journal.engine();
        return engine.patiently(journal::mayStart, () -> engine.store().claim(name(key), run.id(), journal.epoch()))
                .orElse(null);
    }

    @Override
    public void complete(Key key, @Nullable Object value, Duration ttl) {
        throw new UnsupportedOperationException("the completion goes into the commit of the task's own record");
    }

    @Override
    public void giveUp(Key key) {
        journal.note(new KeyWrite.GiveUp(name(key)));
    }

    /** The commit of the compensation's own record follows, and takes it with it. */
    @Override
    public void revoke(Key key) {
        KeyWrite revocation = revocation(key);
        if (revocation != null) {
            journal.note(revocation);
        }
    }

    @Override
    public long generation(Key key) {
        return generations.getOrDefault(key, 0L);
    }
}
