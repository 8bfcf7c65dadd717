package io.flowright.cli.view;

import io.flowright.runtime.FailureInfo;
import io.flowright.runtime.ProgressReport;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.TaskSnapshot;
import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.operations.RunDescription;
import io.flowright.runtime.operations.RunStatistics;
import io.flowright.runtime.operations.RunSummary;
import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.operations.TaskNode;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs and tasks to show, and times that stand still. */
final class Samples {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    static final Times TIMES = new Times(Clock.fixed(START.plusSeconds(100), ZoneOffset.UTC));

    private Samples() {}

    static RunSummary run(String id, RunStatus status) {
        return new RunSummary(
                id,
                "order",
                "f1",
                "1.4",
                status,
                "shop-1",
                2,
                0,
                Map.of("shop", "berlin"),
                START,
                status.isActive() ? null : START.plusSeconds(12));
    }

    static TaskNode task(String name, TaskStatus status, String... after) {
        return new TaskNode(name, TaskNode.Kind.TASK, status, List.of(after), null, List.of());
    }

    static TaskNode group(String name, TaskStatus status, TaskNode... tasks) {
        return new TaskNode(name, TaskNode.Kind.GROUP, status, List.of(), null, List.of(tasks));
    }

    static TaskNode fanOut(String name, int succeeded, int failed, String... after) {
        List<TaskNode> elements = new ArrayList<>();
        for (int index = 0; index < succeeded + failed; index++) {
            TaskStatus status = index < succeeded ? TaskStatus.SUCCEEDED : TaskStatus.FAILED;
            elements.add(new TaskNode("[" + index + "]", TaskNode.Kind.ELEMENT, status, List.of(), null, List.of()));
        }
        TaskStatus status = failed == 0 ? TaskStatus.SUCCEEDED : TaskStatus.FAILED;
        return new TaskNode(name, TaskNode.Kind.TASK, status, List.of(after), null, elements);
    }

    static TaskNode busy(String name, long done, @Nullable Long total, String... after) {
        TaskSnapshot activity = new TaskSnapshot(
                name,
                TaskStatus.RUNNING,
                2,
                null,
                null,
                new ProgressReport(done, total, total == null ? "reading" : null, null, null),
                Map.of());
        return new TaskNode(name, TaskNode.Kind.TASK, TaskStatus.RUNNING, List.of(after), activity, List.of());
    }

    static TaskAttempt attempt(
            String task,
            @Nullable Integer element,
            int number,
            TaskRecord.Status status,
            @Nullable FailureInfo failure) {
        return new TaskAttempt(
                task,
                element,
                number,
                TaskRecord.Kind.END,
                status,
                START,
                START.plusMillis(1500),
                null,
                failure,
                "0123456789abcdef",
                null,
                null);
    }

    static FailureInfo failure(String message) {
        FailureInfo cause =
                new FailureInfo(FailureInfo.Kind.BUG, "java.net.SocketException", "reset", "cause\n\tat B", null);
        return new FailureInfo(
                FailureInfo.Kind.BUG, "java.io.IOException", message, "java.io.IOException\n\tat A", cause);
    }

    static RunDescription description(RunStatus status, List<TaskNode> tasks, List<TaskAttempt> history) {
        return description(status, List.of(), tasks, history);
    }

    static RunDescription description(
            RunStatus status, List<String> interrupted, List<TaskNode> tasks, List<TaskAttempt> history) {
        return new RunDescription(
                run("order-42", status),
                START.plusSeconds(12),
                null,
                List.of(),
                null,
                3,
                5,
                List.of("ship"),
                interrupted,
                tasks,
                history,
                new RunStatistics(
                        Map.of(TaskStatus.SUCCEEDED, 3, TaskStatus.FAILED, 1),
                        4,
                        2,
                        1,
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(12)));
    }
}
