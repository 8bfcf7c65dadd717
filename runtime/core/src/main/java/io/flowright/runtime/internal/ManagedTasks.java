package io.flowright.runtime.internal;

import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.generated.TaskSpec;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The tasks of one run that are more than a call: those with policies, a stage or a context. */
final class ManagedTasks {

    private final FlowRun<?> run;

    /** Those that have begun, by number. */
    private final AtomicReferenceArray<@Nullable ManagedTask> begun;

    ManagedTasks(FlowRun<?> run, int numbers) {
        this.run = run;
        begun = new AtomicReferenceArray<>(numbers);
    }

    boolean contains(int task) {
        return run.graph.task(task).kind() != TaskSpec.Kind.DIRECT;
    }

    /** The task, which begins if it has not. Called by the thread that holds it. */
    ManagedTask get(int task) {
        ManagedTask known = begun.get(task);
        if (known == null) {
            known = new ManagedTask(run, new TaskExecution(run, task));
            begun.set(task, known);
        }
        return known;
    }

    /** The task; null if it has not begun. */
    @Nullable
    ManagedTask known(int task) {
        return begun.get(task);
    }

    /** Sees what they say now; not under any lock. */
    void look() {
        for (int task = 0; task < begun.length(); task++) {
            ManagedTask known = begun.get(task);
            ProgressLog log = known == null ? null : known.logIfAny();
            if (log != null) {
                log.look();
            }
        }
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
