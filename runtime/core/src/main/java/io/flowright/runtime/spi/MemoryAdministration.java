package io.flowright.runtime.spi;

import static java.util.Comparator.comparing;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.AuditAct;
import io.flowright.runtime.operations.AuditEntry;
import io.flowright.runtime.operations.RunCount;
import io.flowright.runtime.operations.RunCursor;
import io.flowright.runtime.operations.RunQuery;
import io.flowright.runtime.operations.RunSummary;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The side of a {@link MemoryStore} that is for those who look after its runs. The store's monitor guards it. */
final class MemoryAdministration implements RunAdministration {

    /** UTF-8 is ordered by code points, as databases order; a {@code String} is not. */
    private static final Comparator<String> BY_CODE_POINT =
            (one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other));

    private static final Comparator<RunSummary> NEWEST_FIRST = comparing(RunSummary::createdAt)
            .thenComparing(RunSummary::id, BY_CODE_POINT)
            .reversed();

    private final MemoryStore store;
    private final List<RunCommand> commands = new ArrayList<>();
    private final List<AuditEntry> trail = new ArrayList<>();
    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();
    private long lastCommand;

    MemoryAdministration(MemoryStore store) {
        this.store = store;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> outline(FlowVersion flow) {
        synchronized (store) {
            return Optional.ofNullable(store.outlines().get(flow)).map(byte[]::clone);
        }
    }

    @Override
    public Optional<RunSummary> summary(String run) {
        synchronized (store) {
            return Optional.ofNullable(store.all().get(run)).map(MemoryRun::toSummary);
        }
    }

    @Override
    public List<RunSummary> list(RunQuery query, @Nullable RunCursor after, int limit) {
        synchronized (store) {
            return store.all().values().stream()
                    .map(MemoryRun::toSummary)
                    .filter(run -> applies(query, run) && (after == null || follows(after, run)))
                    .sorted(NEWEST_FIRST)
                    .limit(limit)
                    .toList();
        }
    }

    private static boolean applies(RunQuery query, RunSummary run) {
        return (query.flow() == null || query.flow().equals(run.flow()))
                && (query.statuses().isEmpty() || query.statuses().contains(run.status()))
                && run.tags().entrySet().containsAll(query.tags().entrySet())
                && (query.createdFrom() == null || !run.createdAt().isBefore(query.createdFrom()))
                && (query.createdBefore() == null || run.createdAt().isBefore(query.createdBefore()));
    }

    private static boolean follows(RunCursor cursor, RunSummary run) {
        int order = run.createdAt().compareTo(cursor.createdAt());
        return order < 0 || (order == 0 && BY_CODE_POINT.compare(run.id(), cursor.id()) < 0);
    }

    @Override
    public List<RunCount> count() {
        synchronized (store) {
            Map<String, Map<RunStatus, Long>> counts = store.all().values().stream()
                    .collect(Collectors.groupingBy(
                            run -> run.flow().flow(),
                            TreeMap::new,
                            Collectors.groupingBy(MemoryRun::status, TreeMap::new, Collectors.counting())));
            return counts.entrySet().stream()
                    .flatMap(flow -> flow.getValue().entrySet().stream()
                            .map(count -> new RunCount(flow.getKey(), count.getKey(), count.getValue())))
                    .toList();
        }
    }

    @Override
    public boolean instruct(String id, RunCommand.Kind kind, AuditAct act) {
        synchronized (store) {
            MemoryRun run = store.all().get(id);
            boolean possible = run != null
                    && run.status().isActive()
                    && (run.status() != RunStatus.COMPENSATING
                            || kind == RunCommand.Kind.PAUSE
                            || kind == RunCommand.Kind.INTERRUPT);
            append(act, possible);
            if (run == null || !possible) {
                return false;
            }
            if (store.isLive(run.owner())) {
                commands.add(new RunCommand(++lastCommand, id, kind));
            } else {
                run.rest(kind.status(), act.at());
            }
        }
        wake();
        return true;
    }

    @Override
    public boolean release(String id, Set<RunStatus> from, RunStatus to, AuditAct act) {
        synchronized (store) {
            MemoryRun run = store.all().get(id);
            boolean possible = run != null && from.contains(run.status());
            append(act, possible);
            if (run == null || !possible) {
                return false;
            }
            if (to.isActive()) {
                run.goOn(null, to);
            } else {
                run.rest(to, act.at());
            }
            forget(id);
        }
        wake();
        return true;
    }

    /** The commands that wait for a run are void: it has been set going again, or it is gone. */
    void forget(String run) {
        commands.removeIf(command -> command.run().equals(run));
    }

    @Override
    public List<RunCommand> commands(String owner) {
        synchronized (store) {
            return commands.stream()
                    .filter(command -> {
                        MemoryRun run = store.all().get(command.run());
                        return run != null && owner.equals(run.owner());
                    })
                    .toList();
        }
    }

    @Override
    public void settle(Collection<RunCommand> done) {
        synchronized (store) {
            commands.removeAll(done);
        }
    }

    @Override
    public Watch watch(Runnable wake) {
        // Each watch is its own, though two may wake the same.
        Runnable watcher = new Runnable() {
            @Override
            public void run() {
                wake.run();
            }
        };
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    void wake() {
        watchers.forEach(Runnable::run);
    }

    @Override
    public AuditEntry append(AuditAct act, boolean accepted) {
        synchronized (store) {
            AuditEntry entry = AuditEntry.after(trail.isEmpty() ? null : trail.get(trail.size() - 1), act, accepted);
            trail.add(entry);
            return entry;
        }
    }

    @Override
    public List<AuditEntry> trail(@Nullable String run, long after, int limit) {
        synchronized (store) {
            return trail.stream()
                    .skip(after)
                    .filter(entry -> run == null || run.equals(entry.act().run()))
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public int purge(@Nullable String flow, RunStatus status, Instant endedBefore, int limit) {
        if (status.isActive()) {
            throw new IllegalArgumentException("runs that are " + status + " go on, and are not removed");
        }
        synchronized (store) {
            Set<String> old = store.all().values().stream()
                    .map(MemoryRun::toRecord)
                    .filter(run -> run.status() == status
                            && (flow == null || flow.equals(run.flow().flow())))
                    .filter(run -> run.endedAt() != null && run.endedAt().isBefore(endedBefore))
                    .sorted(comparing(RunRecord::endedAt))
                    .limit(limit)
                    .map(RunRecord::id)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            store.all().keySet().removeAll(old);
            old.forEach(this::forget);
            return old.size();
        }
    }

    @Override
    public int purgeKeys(int limit) {
        synchronized (store) {
            Set<KeyName> old = store.keys().entrySet().stream()
                    .filter(key -> key.getValue().isForgettable())
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            store.keys().keySet().removeAll(old);
            return old.size();
        }
    }
}
