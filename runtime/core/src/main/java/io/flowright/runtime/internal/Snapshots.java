package io.flowright.runtime.internal;

import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.RunSnapshot;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says how one run stands, for who asks just now. Under the run's lock.
 *
 * @param tasks the board of the tasks, not of compensations
 * @param managed null: all tasks are direct
 * @param fanOuts null: no task runs for each element of something
 * @param failures null: nothing has failed
 * @param tolerated what optional tasks failed with; null: none has
 * @param undoing null: nothing has been undone
 */
record Snapshots(
        FlowRun<?> run,
        TaskBoard tasks,
        @Nullable ManagedTasks managed,
        @Nullable FanOuts fanOuts,
        @Nullable RunFailures failures,
        @Nullable RunFailures tolerated,
        @Nullable Undoing undoing) {

    RunSnapshot take(RunStatus status, @Nullable Instant startedAt, @Nullable Instant finishedAt) {
        List<TaskSnapshot> snapshots = new ArrayList<>(run.graph.size());
        for (int task = 0; task < run.graph.size(); task++) {
            snapshots.add(take(task, status));
        }
        return new RunSnapshot(
                run.graph.name(),
                run.graph.version(),
                run.id(),
                status,
                startedAt,
                finishedAt,
                snapshots,
                undoing == null ? List.of() : undoing.snapshots(),
                warnings());
    }

    /** What went wrong without failing the run. */
    private List<String> warnings() {
        return tolerated == null
                ? List.of()
                : tolerated.all().stream()
                        .map(failure -> "the run went on without "
                                + run.graph.task(failure.task()).name() + ", which failed"
                                + (failure.element() == Place.NO_ELEMENT ? "" : " for element " + failure.element())
                                + ": " + failure.cause())
                        .toList();
    }

    private RunFailures.@Nullable Failure failureOf(int task) {
        RunFailures.Failure failure = failures == null ? null : failures.of(task);
        return failure != null || tolerated == null ? failure : tolerated.of(task);
    }

    private TaskSnapshot take(int task, RunStatus runStatus) {
        TaskStatus own = tasks.status(task);
        TaskStatus undone = undoing == null ? null : undoing.statusOf(task);
        boolean never = (undoing != null || runStatus == RunStatus.CANCELLED) && own.isActive();
        TaskStatus taskStatus = undone != null ? undone : never ? TaskStatus.CANCELLED : own;
        ManagedTask begun = managed == null ? null : managed.known(task);
        TaskFanOut fanOut = fanOuts != null && fanOuts.known(task) instanceof TaskFanOut known ? known : null;
        RunFailures.Failure failure = failureOf(task);
        Throwable cause = failure == null ? null : failure.cause();
        int attempts = fanOut == null ? directAttempts(task, own) : fanOut.attempts();
        ProgressReport progress = fanOut == null ? null : fanOut.progress();
        if (undoing != null && undoing.progressOf(task) != null) {
            progress = undoing.progressOf(task);
        }
        if (begun != null) {
            attempts = begun.begunAttempts();
            progress = begun.said();
            cause = cause == null ? begun.lastFailure() : cause;
        }
        if (progress == null && own.isActive() && run.journal != null) {
            // What the process that is gone has said holds until this one says something.
            progress = run.journal.lastReport(task, Place.NO_ELEMENT);
        }
        return new TaskSnapshot(
                run.graph.task(task).name(),
                runStatus == RunStatus.CANCELLED && taskStatus.isActive() ? TaskStatus.CANCELLED : taskStatus,
                attempts,
                cause == null ? null : FailureInfo.of(cause),
                failure == null || failure.element() == Place.NO_ELEMENT ? null : failure.element(),
                progress,
                own.isActive() ? elements(task, fanOut) : Map.of());
    }

    private Map<Integer, ProgressReport> elements(int task, @Nullable TaskFanOut fanOut) {
        Map<Integer, ProgressReport> before = run.journal == null ? Map.of() : run.journal.lastReports(task);
        Map<Integer, ProgressReport> now = fanOut == null ? Map.of() : fanOut.said();
        if (before.isEmpty()) {
            return now;
        }
        Map<Integer, ProgressReport> both = new HashMap<>(before);
        both.keySet().removeIf(index -> fanOut != null && fanOut.isRead() && fanOut.hasEnded(index));
        both.putAll(now);
        return both;
    }

    private int directAttempts(int task, TaskStatus taskStatus) {
        boolean another = taskStatus == TaskStatus.RUNNING || taskStatus == TaskStatus.SUCCEEDED;
        return tasks.unsuccessful(task) + (another ? 1 : 0);
    }
}
