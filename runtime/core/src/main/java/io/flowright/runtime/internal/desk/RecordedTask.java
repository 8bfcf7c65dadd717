package io.flowright.runtime.internal.desk;

import io.flowright.runtime.TaskStatus;
import io.flowright.runtime.spi.TaskRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is on record of one task, or of one element of it. */
final class RecordedTask {

    private static final Comparator<TaskRecord> IN_ORDER =
            Comparator.comparingInt(TaskRecord::attempt).thenComparing(TaskRecord::kind);

    private final List<TaskRecord> records = new ArrayList<>();
    private final Map<Integer, RecordedTask> elements = new TreeMap<>();

    /** By the names of the tasks. That attempts were interrupted changes nothing. */
    static Map<String, RecordedTask> of(List<TaskRecord> records) {
        Map<String, RecordedTask> tasks = new TreeMap<>();
        records.stream()
                .filter(entry -> entry.kind() != TaskRecord.Kind.INTERRUPT)
                .sorted(IN_ORDER)
                .forEach(entry -> {
                    RecordedTask task = tasks.computeIfAbsent(entry.task(), name -> new RecordedTask());
                    if (!entry.element().isEmpty()) {
                        task = task.elements.computeIfAbsent(
                                Integer.valueOf(entry.element()), index -> new RecordedTask());
                    }
                    task.records.add(entry);
                });
        return tasks;
    }

    Map<Integer, RecordedTask> elements() {
        return elements;
    }

    /** How it stands; null: nothing was recorded. */
    @Nullable
    TaskStatus status() {
        TaskStatus status = null;
        for (TaskRecord entry : records) {
            status = status(entry);
        }
        return status;
    }

    private static TaskStatus status(TaskRecord entry) {
        boolean undoing = entry.kind() == TaskRecord.Kind.COMPENSATION;
        return switch (entry.status()) {
            case STARTED -> undoing ? TaskStatus.COMPENSATING : TaskStatus.RUNNING;
            case RETRYING -> undoing ? TaskStatus.COMPENSATING : TaskStatus.RETRYING;
            case SUCCEEDED, TAKEN -> undoing ? TaskStatus.COMPENSATED : TaskStatus.SUCCEEDED;
            case TOLERATED, FAILED, INTERRUPTED -> undoing ? TaskStatus.COMPENSATION_FAILED : TaskStatus.FAILED;
        };
    }

    /** Whether what it, or an element of it, did has been undone. */
    boolean isUndone() {
        return records.stream()
                        .anyMatch(entry -> entry.kind() == TaskRecord.Kind.COMPENSATION
                                && entry.status() == TaskRecord.Status.SUCCEEDED)
                || elements.values().stream().anyMatch(RecordedTask::isUndone);
    }

    /** The records of what has come to its end, and need not be done again; others are left out. */
    List<TaskRecord> ended() {
        List<TaskRecord> ended = new ArrayList<>();
        // One whose hash is recorded may fail after it had succeeded.
        boolean over = records.stream()
                .filter(entry -> entry.kind() != TaskRecord.Kind.COMPENSATION)
                .reduce((first, second) -> second)
                .filter(RecordedTask::isEnd)
                .isPresent();
        if (over) {
            records.stream()
                    .filter(entry -> entry.kind() != TaskRecord.Kind.COMPENSATION)
                    .forEach(ended::add);
        }
        elements.values().forEach(element -> ended.addAll(element.ended()));
        return ended;
    }

    private static boolean isEnd(TaskRecord entry) {
        return switch (entry.status()) {
            case SUCCEEDED, TAKEN, TOLERATED -> true;
            case STARTED, RETRYING, FAILED, INTERRUPTED -> false;
        };
    }
}
