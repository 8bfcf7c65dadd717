package io.flowright.crash;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.FlowVersion;
import io.flowright.runtime.spi.KeyClaim;
import io.flowright.runtime.spi.KeyName;
import io.flowright.runtime.spi.RunRecord;
import io.flowright.runtime.spi.RunStore;
import io.flowright.runtime.spi.RunWrite;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in front of another that ends the process at a point: no hook runs, no lock is given back, no connection is closed. It names
 * what it is told: {@code start}, {@code begin <task>}, {@code task <name>}, {@code element <name>[<index>]}, {@code retry <task>},
 * {@code compensation <name>}, {@code status <name>}, {@code completion}, {@code batch} (more than one write in a commit),
 * {@code claim <task>} (of an idempotency key), {@code adopt} (something was) and {@code acquire}.
 *
 * <p>Thread-safe.
 */
public final class CrashingStore extends ForwardingStore {

    /** How the process ends, as after SIGKILL. */
    public static final int EXIT = 137;

    /** Hears what the store is told, all that is told at once in one call, before it is done. */
    @FunctionalInterface
    public interface Observer {
        void told(List<String> moments);
    }

    private final @Nullable CrashPoint point;
    private final Duration pause;
    private final Observer observer;
    private final Runnable end;
    private final Map<String, Integer> times = new HashMap<>();

    /**
     * @param point where the process ends; null: nowhere
     * @param pause how long each commit takes in addition, so that others queue up behind it
     */
    public CrashingStore(RunStore store, @Nullable CrashPoint point, Duration pause, Observer observer) {
        this(store, point, pause, observer, () -> Runtime.getRuntime().halt(EXIT));
    }

    /**
     * @param point where the end comes; null: nowhere
     * @param pause how long each commit takes in addition, so that others queue up behind it
     * @param end what happens at the point, on the thread that told the store; it does not return
     */
    public CrashingStore(RunStore store, @Nullable CrashPoint point, Duration pause, Observer observer, Runnable end) {
        super(store);
        this.point = point;
        this.pause = pause;
        this.observer = observer;
        this.end = end;
    }

    private <T> T told(List<String> moments, Supplier<T> action) {
        boolean here = note(moments);
        if (here && !Objects.requireNonNull(point).after()) {
            end.run();
        }
        T done = action.get();
        if (here) {
            end.run();
        }
        return done;
    }

    /** Returns whether the point is among these. */
    private synchronized boolean note(List<String> moments) {
        observer.told(moments);
        boolean here = false;
        for (String moment : moments) {
            int time = times.merge(moment, 1, Integer::sum);
            here |= point != null && point.moment().equals(moment) && point.time() == time;
        }
        return here;
    }

    @Override
    public List<RunWrite.Outcome> write(List<RunWrite> writes) {
        return told(Moments.of(writes), () -> {
            if (!pause.isZero()) {
                LockSupport.parkNanos(pause.toNanos());
            }
            return super.write(writes);
        });
    }

    @Override
    public Optional<KeyClaim> claim(KeyName key, String run, long epoch) {
        return told(List.of("claim " + key.task()), () -> super.claim(key, run, epoch));
    }

    @Override
    public Optional<RunRecord> acquire(String run, String owner, Set<RunStatus> from, RunStatus to) {
        return told(List.of("acquire"), () -> super.acquire(run, owner, from, to));
    }

    /** Asked again and again: a moment only when there is something, and only after it. */
    @Override
    public List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
        List<RunRecord> adopted = super.adopt(owner, flows, limit);
        return adopted.isEmpty() ? adopted : told(List.of("adopt"), () -> adopted);
    }
}
