package io.flowright.runtime.internal;

import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.generated.TaskSpec;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The tasks of one run that are more than a call: those with policies, a stage or a context. */
final class ManagedTasks {

    private final FlowRun<?> run;

    /** Those that have begun, by number. */
    private final AtomicReferenceArray<@Nullable ManagedTask> begun;

    /** Those whose attempt has ended elsewhere, to be dealt with by a worker whether or not further tasks start. */
    private final Queue<ManagedTask> outcomes = new ConcurrentLinkedQueue<>();

    ManagedTasks(FlowRun<?> run) {
        this.run = run;
        begun = new AtomicReferenceArray<>(run.graph.size());
    }

    boolean contains(int task) {
        return run.graph.task(task).kind() != TaskSpec.Kind.DIRECT;
    }

    /** The task, which begins if it has not. Called by the thread that holds it. */
    ManagedTask get(int task) {
        ManagedTask known = begun.get(task);
        if (known == null) {
            known = new ManagedTask(run, task);
            begun.set(task, known);
        }
        return known;
    }

    /** The task; null if it has not begun. */
    @Nullable
    ManagedTask known(int task) {
        return begun.get(task);
    }

    void addOutcome(ManagedTask task) {
        outcomes.add(task);
    }

    @Nullable
    ManagedTask pollOutcome() {
        return outcomes.poll();
    }

    boolean hasOutcomes() {
        return !outcomes.isEmpty();
    }

    /** The run stops: waits end, and pending stages too if {@code all}. */
    void stopWaiting(boolean all) {
        for (int task = 0; task < begun.length(); task++) {
            ManagedTask known = begun.get(task);
            if (known != null) {
                known.stopWaiting(all);
            }
        }
    }

    /** The run has stopped: tasks that have passed some of their gates give up what they hold. */
    void rest() {
        for (int task = 0; task < begun.length(); task++) {
            ManagedTask known = begun.get(task);
            if (known != null && run.board().status(task) != TaskStatus.SUCCEEDED) {
                known.rest();
            }
        }
    }
}
