package io.flowright.runtime.internal.desk;

import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.operations.RunStatistics;
import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.operations.TaskNode;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run in numbers. */
final class Numbers {

    private Numbers() {}

    static RunStatistics of(List<TaskNode> tasks, List<TaskAttempt> history, Duration elapsed) {
        Map<TaskStatus, Integer> statuses = new EnumMap<>(TaskStatus.class);
        tasks.forEach(task -> statuses.merge(task.status(), 1, Integer::sum));
        Map<Execution, List<TaskAttempt>> executions = new HashMap<>();
        history.stream()
                .filter(attempt ->
                        attempt.kind() != TaskRecord.Kind.START && attempt.kind() != TaskRecord.Kind.INTERRUPT)
                .forEach(attempt -> executions
                        .computeIfAbsent(Execution.of(attempt), execution -> new ArrayList<>())
                        .add(attempt));
        int attempts = 0;
        int failed = 0;
        int discarded = 0;
        Duration running = Duration.ZERO;
        Duration waiting = Duration.ZERO;
        for (List<TaskAttempt> execution : executions.values()) {
            TaskAttempt last = execution.get(execution.size() - 1);
            boolean madeGood = switch (last.status()) {
                case SUCCEEDED, TAKEN, TOLERATED -> true;
                case STARTED, RETRYING, FAILED, INTERRUPTED -> false;
            };
            TaskAttempt before = null;
            for (TaskAttempt attempt : execution) {
                attempts++;
                if (attempt.failure() != null) {
                    failed++;
                    discarded += madeGood ? 1 : 0;
                }
                Duration took = attempt.took();
                running = took == null ? running : running.plus(took);
                if (before != null && attempt.startedAt() != null) {
                    Duration pause = Duration.between(before.endedAt(), attempt.startedAt());
                    waiting = pause.isNegative() ? waiting : waiting.plus(pause);
                }
                before = attempt;
            }
        }
        return new RunStatistics(Map.copyOf(statuses), attempts, failed, discarded, running, waiting, elapsed);
    }

    /** What the attempts are of. */
    private record Execution(String task, @Nullable Integer element, TaskRecord.Kind kind) {
        static Execution of(TaskAttempt attempt) {
            return new Execution(attempt.task(), attempt.element(), attempt.kind());
        }
    }
}
