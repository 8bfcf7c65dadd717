package io.flowright.runtime.internal;

import io.flowright.runtime.spi.FlowClock;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread's stay in one run. It knows whether user code is on the thread, so that an interrupt reaches the attempt it is
 * meant for and nobody else: it is delivered only between {@link #enter} and {@link #exit} of that attempt, and
 * {@code exit} does not return before a delivery that has begun is over and its flag is cleared.
 */
final class Worker {

    private static final ThreadLocal<@Nullable Worker> CURRENT = new ThreadLocal<>();

    private static final VarHandle STATE;
    private static final VarHandle PLACE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Worker.class, "state", long.class);
            PLACE = MethodHandles.lookup().findVarHandle(Worker.class, "place", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // The state is an entry number, which rises with each enter, and one of these phases.
    private static final long PHASES = 7;
    private static final long ENTRY = 8;
    private static final long OUTSIDE = 0;
    private static final long INSIDE = 1;
    private static final long DELIVERING = 2;
    private static final long DELIVERED = 3;
    private static final long NESTED = 4;
    private static final long NESTED_INTERRUPTED = 5;
    private static final long ABANDONED = 6;

    /** How user code left the thread. */
    enum Exit {
        /** Nobody interrupted it. */
        CLEAN,
        /** We interrupted it; the thread's flag is clear again. */
        INTERRUPTED,
        /** The run went on without it; whatever it brings is to be dropped. */
        ABANDONED
    }

    final FlowRun<?> run;
    final Thread thread = Thread.currentThread();
    final @Nullable Worker outer;

    /** Whether the thread is one of the engine's, else it is that of a caller. */
    final boolean helper;

    /** Whether the run ends with the thread's interest in it. */
    final boolean owner;

    /** The next of those that work on the run; under the run's lock. */
    @Nullable
    Worker next;

    private volatile long state;

    /** The run that this worker's user code waits for; set while the phase is NESTED. */
    private volatile @Nullable FlowRun<?> nested;

    /** Whether the nested run was started by this worker's user code, and so ends with it. */
    private volatile boolean nestedOwned;

    /** What the worker entered last; written before the state that says so. */
    private volatile long place;

    /** What will give up the user code on this thread, unless that ends before. */
    private volatile FlowClock.@Nullable Scheduled abandonment;

    /** Whether an interrupt that was meant for the caller hit user code here; for the thread itself. */
    private boolean callerInterrupted;

    /** How many tasks this thread has got over with since it was last asked; for the thread itself. */
    private int over;

    private Worker(FlowRun<?> run, boolean helper, boolean owner, @Nullable Worker outer) {
        this.run = run;
        this.helper = helper;
        this.owner = owner;
        this.outer = outer;
    }

    /** The innermost stay of the calling thread; null: it runs no task. */
    static @Nullable Worker current() {
        return CURRENT.get();
    }

    /** A thread of the engine begins a stay. */
    static Worker beginHelping(FlowRun<?> run) {
        return begin(new Worker(run, true, false, CURRENT.get()));
    }

    /** A thread that waits for the run begins a stay. */
    static Worker beginParticipating(FlowRun<?> run, boolean owner) {
        return begin(new Worker(run, false, owner, CURRENT.get()));
    }

    private static Worker begin(Worker worker) {
        CURRENT.set(worker);
        return worker;
    }

    /** Ends the stay. */
    void end() {
        // Null where there is none: removing the entry and adding it again would cost more than it holds.
        CURRENT.set(outer);
    }

    /**
     * User code of a {@link Place} comes on the thread now. A volatile write: whoever asks for a stop either sees it and
     * interrupts, or was early enough for the caller's next look at the run to see the stop.
     *
     * @return a number by which {@link #interrupt(long)} can mean this entry alone
     */
    long enter(long newPlace) {
        // The state, which follows, makes it visible to whoever reads that first; a second fence for each task would be
        // in vain.
        PLACE.setRelease(this, newPlace);
        long entry = (state & ~PHASES) + ENTRY;
        state = entry | INSIDE;
        return entry;
    }

    /** User code has left the thread; a flag that was set for it is clear. */
    Exit exit() {
        long entry = state & ~PHASES;
        if (STATE.compareAndSet(this, entry | INSIDE, entry | OUTSIDE)) {
            if (helper) {
                // User code may have set the flag itself; on a thread of the engine it would hit the next task.
                Thread.interrupted();
            }
            return Exit.CLEAN;
        }
        while (state == (entry | DELIVERING)) {
            Thread.onSpinWait();
        }
        FlowClock.Scheduled watch = abandonment;
        if (watch != null) {
            watch.cancel();
        }
        boolean abandoned = !STATE.compareAndSet(this, entry | DELIVERED, entry | OUTSIDE);
        state = entry | OUTSIDE;
        Thread.interrupted();
        return abandoned ? Exit.ABANDONED : Exit.INTERRUPTED;
    }

    /** The interrupt of the caller is to be passed on to it when the stay ends. */
    void noteCallerInterrupt() {
        callerInterrupted = true;
    }

    boolean callerInterrupted() {
        return callerInterrupted;
    }

    void countOver() {
        over++;
    }

    int takeOver() {
        int taken = over;
        over = 0;
        return taken;
    }

    /** Interrupts the user code of one entry; returns false if it was over, or had been interrupted. */
    boolean interrupt(long entry) {
        while (true) {
            long seen = state;
            if ((seen & ~PHASES) != entry) {
                return false;
            }
            long phase = seen & PHASES;
            if (phase == INSIDE) {
                if (STATE.compareAndSet(this, seen, entry | DELIVERING)) {
                    thread.interrupt();
                    state = entry | DELIVERED;
                    return true;
                }
            } else if (phase == NESTED) {
                if (STATE.compareAndSet(this, seen, entry | NESTED_INTERRUPTED)) {
                    interruptNested();
                    return true;
                }
            } else {
                return false;
            }
        }
    }

    /** The thread may be running tasks of another run for ours: those are not to be hit. */
    private void interruptNested() {
        FlowRun<?> inner = nested;
        if (inner != null && nestedOwned) {
            inner.cancelHere();
        }
        LockSupport.unpark(thread);
    }

    /**
     * The user code on this thread begins to wait for {@code inner}.
     *
     * @return whether an interrupt came before; the thread's flag is clear then
     */
    boolean beginNested(FlowRun<?> inner, boolean owned) {
        long entry = state & ~PHASES;
        nested = inner;
        nestedOwned = owned;
        if (STATE.compareAndSet(this, entry | INSIDE, entry | NESTED)) {
            return false;
        }
        while (state == (entry | DELIVERING)) {
            Thread.onSpinWait();
        }
        return Thread.interrupted();
    }

    /** The wait is over; an interrupt that came meanwhile is delivered now. */
    void endNested() {
        long entry = state & ~PHASES;
        if (!STATE.compareAndSet(this, entry | NESTED, entry | INSIDE)
                && STATE.compareAndSet(this, entry | NESTED_INTERRUPTED, entry | DELIVERING)) {
            thread.interrupt();
            state = entry | DELIVERED;
        }
        nested = null;
    }

    /** Whether an interrupt came during the wait of {@link #beginNested}. */
    boolean nestedInterrupted() {
        return (state & PHASES) == NESTED_INTERRUPTED;
    }

    /**
     * Gives up user code that did not heed its interrupt.
     *
     * @return whether it was still on the thread; then {@link #exit} will say so
     */
    boolean abandon(long entry) {
        long seen = state;
        return (seen & ~PHASES) == entry
                && ((seen & PHASES) == DELIVERED || (seen & PHASES) == NESTED_INTERRUPTED)
                && STATE.compareAndSet(this, seen, entry | ABANDONED);
    }

    void watched(FlowClock.Scheduled scheduled) {
        abandonment = scheduled;
    }

    long entry() {
        return state & ~PHASES;
    }

    /** What was entered with {@link #entry}, or since. */
    long place() {
        return place;
    }
}
