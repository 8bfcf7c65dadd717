package io.flowright.runtime.spi;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.StoreUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records runs in memory, for tests: engines that share one behave as engines on one database do, and nothing survives the process.
 * Closing it changes nothing, so that the engine that comes after a "crash" finds what the one before has recorded.
 *
 * <pre>{@code
 * MemoryStore store = new MemoryStore();
 * Engine first = Engine.builder().store(store).build();
 * // ... stop the first engine in the middle of a run ...
 * store.expireLeases();
 * Engine second = Engine.builder().store(store).build(); // adopts the run
 * }</pre>
 *
 * <p>Thread-safe. Values are kept as the bytes that the codec made of them.
 *
 * @since 0.1
 */
public final class MemoryStore implements RunStore {

    private static final Comparator<MemoryRun> OLDEST_FIRST = Comparator.comparing(MemoryRun::createdAt);
    private static final Comparator<MemoryRun> IN_TURN =
            Comparator.comparingInt(MemoryRun::priority).reversed().thenComparing(OLDEST_FIRST);

    // Guarded by this.
    private final Map<String, LiveEngine> engines = new HashMap<>();
    private final Map<String, MemoryRun> runs = new LinkedHashMap<>();
    private final Map<KeyName, MemoryKey> keys = new HashMap<>();
    private final Map<FlowVersion, byte[]> outlines = new HashMap<>();
    private final MemoryAdministration administration = new MemoryAdministration(this);
    private boolean available = true;

    /** A store without runs. */
    public MemoryStore() {}

    // ---- for tests -----------------------------------------------------------------------------------------------

    /** Takes all engines for dead, as if they had been silent for longer than their leases. Those that are not dead come back. */
    public synchronized void expireLeases() {
        engines.values().forEach(LiveEngine::expire);
    }

    /** From now on all methods of {@link RunStore} throw {@link StoreUnavailableException}, or work again. */
    public synchronized void available(boolean isAvailable) {
        this.available = isAvailable;
    }

    /** All runs, in the order in which they were begun. */
    public synchronized List<RunRecord> runs() {
        return runs.values().stream().map(MemoryRun::toRecord).toList();
    }

    // ---- engines -------------------------------------------------------------------------------------------------

    @Override
    public synchronized void enter(String owner, String label, Duration lease) {
        requireAvailable();
        engine(owner).renew(lease);
    }

    @Override
    public synchronized void announce(String owner, FlowVersion flow, byte[] outline) {
        requireAvailable();
        outlines.put(flow, outline.clone());
        engine(owner).flows.add(flow);
    }

    @Override
    public synchronized boolean renew(String owner, Duration lease, List<RunActivity> activities) {
        requireAvailable();
        boolean unbroken = isLive(owner);
        engine(owner).renew(lease);
        activities.forEach(this::note);
        return unbroken;
    }

    private void note(RunActivity activity) {
        MemoryRun run = runs.get(activity.run());
        if (run != null && run.epoch() == activity.epoch()) {
            run.activity(activity.activity());
        }
    }

    @Override
    public synchronized void leave(String owner) {
        requireAvailable();
        engines.remove(owner);
    }

    @Override
    public synchronized Set<FlowVersion> announced() {
        requireAvailable();
        return engines.values().stream()
                .filter(LiveEngine::isLive)
                .flatMap(engine -> engine.flows.stream())
                .collect(toSet());
    }

    private LiveEngine engine(String owner) {
        return engines.computeIfAbsent(owner, name -> new LiveEngine());
    }

    boolean isLive(@Nullable String owner) {
        LiveEngine engine = owner == null ? null : engines.get(owner);
        return engine != null && engine.isLive();
    }

    // ---- runs ----------------------------------------------------------------------------------------------------

    @Override
    public synchronized List<RunWrite.Outcome> write(List<RunWrite> writes) {
        requireAvailable();
        return writes.stream().map(this::write).toList();
    }

    private RunWrite.Outcome write(RunWrite write) {
        MemoryRun run = runs.get(write.run());
        NewRun begin = write.begin();
        if (begin != null && run != null && !run.isBegunAs(begin)) {
            return RunWrite.Outcome.EXISTS;
        }
        if (begin != null && run == null) {
            run = new MemoryRun(write.run(), begin);
            runs.put(write.run(), run);
        }
        if (run == null || run.epoch() != write.epoch()) {
            return RunWrite.Outcome.STALE;
        }
        write.tasks().forEach(run::add);
        write.keys().forEach(change -> key(change.key()).apply(change, write.run()));
        if (write.change() != null) {
            run.change(write.change());
        }
        return RunWrite.Outcome.WRITTEN;
    }

    @Override
    public synchronized List<RunRecord> adopt(String owner, Collection<FlowVersion> flows, int limit) {
        requireAvailable();
        List<MemoryRun> adopted = orphaned(run -> flows.contains(run.flow()))
                .sorted(IN_TURN)
                .limit(limit)
                .toList();
        adopted.forEach(run -> run.claim(owner));
        return adopted.stream().map(MemoryRun::toRecord).toList();
    }

    @Override
    public synchronized Optional<RunRecord> acquire(String id, String owner, Set<RunStatus> from, RunStatus to) {
        requireAvailable();
        MemoryRun run = runs.get(id);
        if (run == null || !from.contains(run.status())) {
            return Optional.empty();
        }
        run.goOn(owner, to);
        administration.forget(id);
        return Optional.of(run.toRecord());
    }

    @Override
    public synchronized Optional<RunRecord> find(String run) {
        requireAvailable();
        return Optional.ofNullable(runs.get(run)).map(MemoryRun::toRecord);
    }

    @Override
    public synchronized List<TaskRecord> tasks(String id) {
        requireAvailable();
        MemoryRun run = runs.get(id);
        return run == null ? List.of() : run.tasks();
    }

    @Override
    public synchronized List<RunRecord> orphans(int limit) {
        requireAvailable();
        return orphaned(run -> true).limit(limit).map(MemoryRun::toRecord).toList();
    }

    @Override
    public synchronized Map<String, Long> owned(String owner) {
        requireAvailable();
        return activeOf(owner).collect(toMap(MemoryRun::id, MemoryRun::epoch));
    }

    @Override
    public synchronized void disown(String owner, String id, long epoch) {
        requireAvailable();
        activeOf(owner)
                .filter(run -> run.id().equals(id) && run.epoch() == epoch)
                .forEach(run -> run.claim(null));
    }

    private Stream<MemoryRun> activeOf(String owner) {
        return runs.values().stream().filter(run -> run.status().isActive() && owner.equals(run.owner()));
    }

    @Override
    public synchronized Optional<byte[]> activity(String run) {
        requireAvailable();
        return Optional.ofNullable(runs.get(run)).flatMap(MemoryRun::activity);
    }

    private Stream<MemoryRun> orphaned(Predicate<MemoryRun> wanted) {
        return runs.values().stream()
                .filter(run -> run.status().isActive() && !isLive(run.owner()) && wanted.test(run))
                .sorted(OLDEST_FIRST);
    }

    // ---- idempotency keys ----------------------------------------------------------------------------------------

    @Override
    public synchronized Optional<KeyClaim> claim(KeyName name, String id, long epoch) {
        requireAvailable();
        MemoryRun run = runs.get(id);
        if (run == null || run.epoch() != epoch) {
            return Optional.empty();
        }
        MemoryKey key = key(name);
        MemoryRun before = key.run() == null ? null : runs.get(key.run());
        KeyClaim claim = key.claim(id, this::isBeingExecuted);
        if (claim instanceof KeyClaim.Owned
                && before != null
                && before != run
                && before.status().isActive()) {
            before.claim(null);
        }
        return Optional.of(claim);
    }

    private MemoryKey key(KeyName name) {
        return keys.computeIfAbsent(name, unknown -> new MemoryKey());
    }

    private boolean isBeingExecuted(String id) {
        MemoryRun run = runs.get(id);
        return run != null && run.status().isActive() && isLive(run.owner());
    }

    // ---- for people ----------------------------------------------------------------------------------------------

    @Override
    public synchronized RunAdministration administration() {
        requireAvailable();
        return administration;
    }

    Map<String, MemoryRun> all() {
        requireAvailable();
        return runs;
    }

    Map<KeyName, MemoryKey> keys() {
        requireAvailable();
        return keys;
    }

    Map<FlowVersion, byte[]> outlines() {
        requireAvailable();
        return outlines;
    }

    private void requireAvailable() {
        if (!available) {
            throw new StoreUnavailableException("The store in memory has been made unavailable");
        }
    }

    /** Changes nothing: the records belong to whoever has this store. */
    @Override
    public void close() {}

    /** An engine that has entered. */
    private static final class LiveEngine {
        final Set<FlowVersion> flows = new HashSet<>();
        private long since;
        private long lease;

        void renew(Duration newLease) {
            since = System.nanoTime();
            lease = TimeUnit.NANOSECONDS.convert(newLease);
        }

        void expire() {
            lease = 0;
        }

        boolean isLive() {
            return System.nanoTime() - since < lease;
        }
    }
}
