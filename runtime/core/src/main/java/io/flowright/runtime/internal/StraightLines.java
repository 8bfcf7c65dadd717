package io.flowright.runtime.internal;

import io.flowright.runtime.generated.FlowFrame;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The straight lines that are running ({@link FlowFrame#runAll} on the caller's thread), so that closing the engine can wait
 * for them and stop them. A straight line takes a few nanoseconds a task, so noting it may cost little more: an exchange on a
 * slot that hardly any other thread uses, and no allocation.
 */
final class StraightLines {

    /** A power of two; more callers than this at once share the overflow count and are waited for but not interrupted. */
    private static final int SLOTS = 64;

    /** Slots lie so far apart that two of them share no cache line. */
    private static final int SPREAD = 32;

    /** Stands in a slot while its thread is being interrupted. */
    private enum Marker {
        INTERRUPTING
    }

    /** Each slot is a pair of neighbours: the frame, which is claimed by exchange, and its thread. */
    private final AtomicReferenceArray<@Nullable Object> slots = new AtomicReferenceArray<>(SLOTS * SPREAD);

    private final AtomicInteger overflow = new AtomicInteger();

    private static final int OVERFLOW = -1;

    /** The calling thread begins a straight line; returns the number by which {@link #leave} ends it. */
    int enter(FlowFrame<?> frame) {
        Thread thread = Thread.currentThread();
        int start = System.identityHashCode(thread);
        for (int probe = 0; probe < 4; probe++) {
            int slot = (start + probe & SLOTS - 1) * SPREAD;
            if (slots.compareAndSet(slot, null, frame)) {
                slots.setRelease(slot + 1, thread);
                return slot;
            }
        }
        overflow.incrementAndGet();
        return OVERFLOW;
    }

    /** The straight line is over. */
    void leave(int slot, FlowFrame<?> frame) {
        if (slot == OVERFLOW) {
            overflow.decrementAndGet();
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

    boolean isEmpty() {
        if (overflow.get() > 0) {
            return false;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slots.get(slot * SPREAD) != null) {
                return false;
            }
        }
        return true;
    }

    /** Stops every straight line before its next task and interrupts the current one. */
    void stopAll() {
        for (int i = 0; i < SLOTS; i++) {
            int slot = i * SPREAD;
            if (slots.get(slot) instanceof FlowFrame<?> frame) {
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
