package io.flowright.runtime.internal;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of an engine by flow and id. A run that is active or paused is held; one that has ended is known only as long as
 * somebody else holds it, so that an engine that lives for months keeps nothing of what it ran.
 */
final class RunRegistry {

    private final Map<Name, Entry> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<FlowRun<?>> collected = new ReferenceQueue<>();

    private record Name(String flow, String id) {}

    private static final class Entry extends WeakReference<FlowRun<?>> {

        final Name name;
        /** Keeps the run reachable. */
        @SuppressWarnings("UnusedVariable")
        volatile @Nullable FlowRun<?> held;

        Entry(Name name, FlowRun<?> run, ReferenceQueue<FlowRun<?>> collected) {
            super(run, collected);
            this.name = name;
            held = run;
        }
    }

    /** Adds the run, unless one of its name is known: then returns that. */
    @Nullable
    FlowRun<?> add(FlowRun<?> run) {
        sweep();
        Entry entry = new Entry(new Name(run.graph.name(), run.id()), run, collected);
        while (true) {
            Entry before = entries.putIfAbsent(entry.name, entry);
            if (before == null) {
                return null;
            }
            FlowRun<?> known = before.get();
            if (known != null) {
                return known;
            }
            entries.remove(entry.name, before);
        }
    }

    /** Adds the run in place of any other of its name, which has stopped to go on here; returns that, or null. */
    @Nullable
    FlowRun<?> replace(FlowRun<?> run) {
        sweep();
        Name name = new Name(run.graph.name(), run.id());
        Entry before = entries.put(name, new Entry(name, run, collected));
        return before == null ? null : before.get();
    }

    @Nullable
    FlowRun<?> find(String flow, String id) {
        Entry entry = entries.get(new Name(flow, id));
        return entry == null ? null : entry.get();
    }

    /** The run goes on: it is held. */
    void hold(FlowRun<?> run) {
        Entry entry = entries.get(new Name(run.graph.name(), run.id()));
        if (entry != null && entry.get() == run) {
            entry.held = run;
        }
    }

    /** The run has ended: it is held no longer. */
    void release(FlowRun<?> run) {
        Entry entry = entries.get(new Name(run.graph.name(), run.id()));
        if (entry != null && entry.get() == run) {
            entry.held = null;
        }
    }

    /** The run did not come to start. */
    void remove(FlowRun<?> run) {
        if (run.isNamed()) {
            entries.computeIfPresent(
                    new Name(run.graph.name(), run.id()), (name, entry) -> entry.get() == run ? null : entry);
        }
    }

    private void sweep() {
        Reference<? extends FlowRun<?>> dead;
        while ((dead = collected.poll()) != null) {
            if (dead instanceof Entry entry) {
                entries.remove(entry.name, entry);
            }
        }
    }
}
