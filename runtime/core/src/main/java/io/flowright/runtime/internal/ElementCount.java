package io.flowright.runtime.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts the elements that one loop takes. Of most of them it only writes down the number: who looks reads that. The clock is asked
 * now and then, the more rarely the faster the elements are.
 *
 * @param <T> the type of the elements
 */
final class ElementCount<T extends @Nullable Object> implements Iterator<T> {

    private static final VarHandle DONE;

    static {
        try {
            DONE = MethodHandles.lookup().findVarHandle(ElementCount.class, "done", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Elements between two looks at the clock are to take so long. */
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(1);

    /** So many at most, for the next ones may be slow. */
    private static final int MOST_UNWATCHED = 64;

    private final AttemptProgress progress;
    private final Iterator<? extends T> elements;

    /** How many are done; read by whoever looks. */
    private long done;

    /** Whether an element has been taken that is not done. */
    private boolean busy;

    private int unwatched = 1;
    private int untilWatched = 1;
    private long watched;
    private long told;
    private boolean over;

    ElementCount(AttemptProgress progress, Iterator<? extends T> elements, long total) {
        this.progress = progress;
        this.elements = elements;
        watched = progress.begin(this, total);
        told = watched;
    }

    /** How many are done. For any thread. */
    long done() {
        return (long) DONE.getOpaque(this);
    }

    @Override
    public boolean hasNext() {
        if (elements.hasNext()) {
            return true;
        }
        if (!over) {
            over = true;
            finishElement();
            progress.counted(done);
        }
        return false;
    }

    @Override
    public T next() {
        T element = elements.next();
        finishElement();
        busy = true;
        if (--untilWatched == 0) {
            watch();
        }
        return element;
    }

    private void finishElement() {
        if (busy) {
            busy = false;
            DONE.setOpaque(this, done + 1);
        }
    }

    private void watch() {
        long now = progress.nanos();
        unwatched = now - watched < SHORT ? Math.min(2 * unwatched, MOST_UNWATCHED) : 1;
        untilWatched = unwatched;
        watched = now;
        if (now - told >= Pace.SAMPLE) {
            told = now;
            progress.counted(now, this);
        }
    }

    @Override
    public void remove() {
        elements.remove();
    }
}
