package io.flowright.runtime.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Ready tasks on a lock-free stack, the cheapest order there is: R. K. Treiber, "Systems Programming: Coping with
 * Parallelism" (IBM RJ 5118, 1986). The links are one int array per run, so pushing allocates nothing.
 *
 * <p>A task can come back (it was stopped, it waited), so the head carries a counter beside the task: without it a pop that
 * read a link long ago could take effect after the same task had been popped and pushed again.
 */
final class ReadyStack implements ReadyTasks {

    private static final VarHandle HEAD;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(ReadyStack.class, "head", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Upper half: the number of changes; lower half: the task on top plus one, 0: none. */
    private volatile long head;

    /** For each task on the stack the one below plus one. */
    private final int[] below;

    /**
     * @param below a cell for each task; it is written when the task is pushed
     */
    ReadyStack(int[] below) {
        this.below = below;
    }

    @Override
    public void push(int task) {
        long top;
        do {
            top = head;
            below[task] = (int) top;
        } while (!HEAD.compareAndSet(this, top, changed(top, task + 1)));
    }

    @Override
    public int pop() {
        while (true) {
            long top = head;
            int task = (int) top - 1;
            if (task < 0) {
                return NONE;
            }
            // The link may be changing under us; then the counter has changed too and the exchange fails.
            if (HEAD.compareAndSet(this, top, changed(top, below[task]))) {
                return task;
            }
        }
    }

    @Override
    public int peek() {
        return (int) head - 1;
    }

    @Override
    public boolean isEmpty() {
        return (int) head == 0;
    }

    private static long changed(long top, int newTop) {
        return ((top >>> 32) + 1) << 32 | newTop;
    }
}
