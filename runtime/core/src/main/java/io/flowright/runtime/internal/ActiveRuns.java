package io.flowright.runtime.internal;

import io.flowright.runtime.generated.FlowFrame;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The runs of an engine that are active, so that closing it can wait for them and stop them.
 *
 * <p>A straight line ({@link FlowFrame#runAll} on the caller's thread) takes a few nanoseconds a task, so noting it may cost
 * little more: an exchange on a slot that hardly any other thread uses, and no allocation. Runs that their caller waits for
 * take such a slot too.
 */
final class ActiveRuns {

    /** A power of two. */
    private static final int SLOTS = 64;

    /** Slots lie so far apart that two of them share no cache line. */
    private static final int SPREAD = 32;

    static final int NO_SLOT = -1;

    /** Stands in a slot while its thread is being interrupted. */
    private enum Marker {
        INTERRUPTING
    }

    /** Each slot is a pair of neighbours: a frame or a run, which is claimed by exchange, and a frame's thread. */
    private final AtomicReferenceArray<@Nullable Object> slots = new AtomicReferenceArray<>(SLOTS * SPREAD);

    /** Straight lines that found no slot: they are waited for but cannot be interrupted. */
    private final AtomicInteger unslotted = new AtomicInteger();

    /** Runs that found no slot, or that nobody waits for. */
    private final Set<FlowRun<?>> others = ConcurrentHashMap.newKeySet();

    /** The calling thread begins a straight line; returns the number by which {@link #leave} ends it. */
    int enter(FlowFrame<?> frame) {
        int slot = claim(frame);
        if (slot == NO_SLOT) {
            unslotted.incrementAndGet();
        } else {
            slots.setRelease(slot + 1, Thread.currentThread());
        }
        return slot;
    }

    /** The straight line is over. */
    void leave(int slot, FlowFrame<?> frame) {
        if (slot == NO_SLOT) {
            unslotted.decrementAndGet();
            return;
        }
        slots.setRelease(slot + 1, null);
        if (slots.compareAndSet(slot, frame, null)) {
            return;
        }
        // We are being interrupted: the flag must not outlive the straight line.
        while (slots.get(slot) instanceof Marker) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }

    /** The calling thread will wait for the run; returns the number by which {@link #remove} removes it. */
    int addAwaited(FlowRun<?> run) {
        int slot = claim(run);
        if (slot == NO_SLOT) {
            others.add(run);
        }
        return slot;
    }

    int add(FlowRun<?> run) {
        others.add(run);
        return NO_SLOT;
    }

    void remove(int slot, FlowRun<?> run) {
        if (slot == NO_SLOT) {
            others.remove(run);
        } else {
            // Who closes the engine looks until it is empty, so that a fence here would be in vain.
            slots.setRelease(slot, null);
        }
    }

    private int claim(Object entry) {
        int start = System.identityHashCode(Thread.currentThread());
        for (int probe = 0; probe < 4; probe++) {
            int slot = ((start + probe) & (SLOTS - 1)) * SPREAD;
            if (slots.compareAndSet(slot, null, entry)) {
                return slot;
            }
        }
        return NO_SLOT;
    }

    boolean isEmpty() {
        if (unslotted.get() > 0 || !others.isEmpty()) {
            return false;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slots.get(slot * SPREAD) != null) {
                return false;
            }
        }
        return true;
    }

    /** Stops every run; straight lines stop before their next task, and the current one is interrupted. */
    void cancelAll() {
        others.forEach(FlowRun::close);
        for (int i = 0; i < SLOTS; i++) {
            int slot = i * SPREAD;
            Object entry = slots.get(slot);
            if (entry instanceof FlowRun<?> run) {
                run.close();
            } else if (entry instanceof FlowFrame<?> frame) {
                frame.stop();
                Object thread = slots.getAcquire(slot + 1);
                if (thread != null && slots.compareAndSet(slot, frame, Marker.INTERRUPTING)) {
                    ((Thread) thread).interrupt();
                    slots.set(slot, null);
                }
            }
        }
    }
}
