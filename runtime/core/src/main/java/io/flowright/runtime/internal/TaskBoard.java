package io.flowright.runtime.internal;

import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.generated.FlowFrame;
import io.flowright.runtime.generated.FlowGraph;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where each task of one run stands, and which are ready.
 *
 * <p>Memory ordering: what a task wrote to the frame happens-before each task that needs it. A task becomes ready when the
 * last of its dependencies counts it down (a full exchange on its counter, so all earlier counts are visible) or, with one
 * dependency, at once; then either the same thread runs it, or it goes through {@link ReadyTasks}, whose push releases and
 * whose pop acquires.
 */
final class TaskBoard {

    private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle STATUS = MethodHandles.arrayElementVarHandle(byte[].class);
    private static final TaskStatus[] STATUSES = TaskStatus.values();

    private final FlowGraph graph;
    private final FlowFrame<?> frame;
    private final ReadyTasks ready;
    /**
     * For each task how many of its dependencies are not over. When none is left nobody counts any more, and the cell
     * is the task's link on the stack of ready ones: a run then needs one array less.
     */
    private final int[] waiting;

    private final byte[] statuses;

    /** For each direct task whose code came to an end without success how often it did; null: none has. */
    private volatile @Nullable Map<Integer, Integer> unsuccessful;

    /** For each key that is not kept how many of its consumers are not over. */
    private final int[] consumers;

    /** A board on which nothing has run; the roots are ready. */
    TaskBoard(FlowGraph graph, FlowFrame<?> frame, boolean ordered) {
        this.graph = graph;
        this.frame = frame;
        waiting = graph.dependencies();
        ready = ordered || graph.prioritized() ? new ReadyHeap(graph) : new ReadyStack(waiting);
        statuses = new byte[graph.size()];
        consumers = graph.released().consumers();
    }

    /** Whether the order of the ready tasks means something. */
    boolean isOrdered() {
        return ready instanceof ReadyHeap;
    }

    ReadyTasks ready() {
        return ready;
    }

    /** Makes the roots ready, so that they pop in the order of their numbers; what the run does not need is skipped. */
    void begin() {
        for (int task = 0; graph.wanted() < graph.size() && task < graph.size(); task++) {
            if (!graph.isWanted(task)) {
                set(task, TaskStatus.SKIPPED);
            }
        }
        int[] roots = graph.roots();
        for (int i = roots.length - 1; i >= 0; i--) {
            ready.push(roots[i]);
        }
    }

    /** Takes over from a straight line: all tasks before {@code position} have succeeded or were skipped. */
    void beginAt(int position) {
        for (int task = 0; task < position; task++) {
            set(task, frame.skipped(task) ? TaskStatus.SKIPPED : TaskStatus.SUCCEEDED);
            for (int successor : graph.successors(task)) {
                waiting[successor]--;
            }
            if (consumers.length > 0) {
                for (int key : graph.released().takenBy(task)) {
                    consumers[key]--;
                }
            }
        }
        for (int task = graph.size() - 1; task >= position; task--) {
            if (waiting[task] == 0) {
                ready.push(task);
            }
        }
    }

    /** Takes a task out of the ready ones, where it is the first of its order: it is held by the caller. */
    void hold(int task) {
        int first = ready.pop();
        if (first != task) {
            throw new IllegalStateException("task " + first + " came before task " + task);
        }
    }

    TaskStatus status(int task) {
        return STATUSES[(byte) STATUS.getAcquire(statuses, task)];
    }

    /** Only the thread that holds the task calls this, so a plain order of writes is enough. */
    @SuppressWarnings("EnumOrdinal") // One byte a task; the numbers live no longer than the run.
    void set(int task, TaskStatus status) {
        STATUS.setRelease(statuses, task, (byte) status.ordinal());
    }

    /** The code of a direct task came to an end without success: it failed, or a stop of the run interrupted it. */
    void countUnsuccessful(int task) {
        synchronized (this) {
            if (unsuccessful == null) {
                unsuccessful = new ConcurrentHashMap<>();
            }
        }
        Objects.requireNonNull(unsuccessful).merge(task, 1, Integer::sum);
    }

    /** How often {@link #countUnsuccessful} was called for the task. */
    int unsuccessful(int task) {
        Map<Integer, Integer> counts = unsuccessful;
        return counts == null ? 0 : counts.getOrDefault(task, 0);
    }

    /**
     * Notes that a task is over, succeeded or done without, and makes ready what waited for it alone.
     *
     * @return one task that the calling thread is to run next, so that a chain never changes threads;
     *     {@link ReadyTasks#NONE}: none became ready
     */
    int over(int task, TaskStatus how) {
        set(task, how);
        if (consumers.length > 0) {
            release(task);
        }
        int[] successors = graph.successors(task);
        int kept = ReadyTasks.NONE;
        // Backwards, because the stack gives back the last first.
        for (int i = successors.length - 1; i >= 0; i--) {
            int successor = successors[i];
            if (graph.dependencies(successor) == 1 || (int) COUNTER.getAndAdd(waiting, successor, -1) == 1) {
                if (kept != ReadyTasks.NONE) {
                    ready.push(kept);
                }
                kept = successor;
            }
        }
        if (isOrdered() && kept != ReadyTasks.NONE) {
            // Something that was ready before may come first.
            ready.push(kept);
            kept = ready.pop();
        }
        return kept;
    }

    private void release(int task) {
        FlowGraph.Released released = graph.released();
        for (int key : released.takenBy(task)) {
            if ((int) COUNTER.getAndAdd(consumers, key, -1) == 1) {
                frame.release(released.provider(key), released.place(key));
            }
        }
    }
}
