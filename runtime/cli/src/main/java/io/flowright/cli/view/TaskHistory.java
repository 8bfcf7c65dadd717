package io.flowright.cli.view;

import io.flowright.runtime.operations.TaskAttempt;
import io.flowright.runtime.spi.TaskRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is on record of each task and each of its elements: the newest attempt, and how many there were. */
final class TaskHistory {

    private record Place(String task, @Nullable Integer element, boolean isUndoing) {}

    private final Map<Place, TaskAttempt> newest = new LinkedHashMap<>();

    TaskHistory(List<TaskAttempt> history) {
        for (TaskAttempt attempt : history) {
            if (attempt.kind() == TaskRecord.Kind.INTERRUPT) {
                // What its failure was before still holds.
                continue;
            }
            Place place = new Place(attempt.task(), attempt.element(), attempt.kind() == TaskRecord.Kind.COMPENSATION);
            // What was recorded last stands at the end.
            newest.remove(place);
            newest.put(place, attempt);
        }
    }

    /** What the newest attempt of a task, without its elements, was; null: none is on record. */
    @Nullable
    TaskAttempt newest(String task) {
        return newest.get(new Place(task, null, false));
    }

    @Nullable
    Duration took(String task) {
        TaskAttempt attempt = newest(task);
        return attempt == null || attempt.kind() == TaskRecord.Kind.START ? null : attempt.took();
    }

    /** The newest attempts that failed, whatever came of it; in the order in which they did. */
    Collection<TaskAttempt> failures() {
        List<TaskAttempt> failures = new ArrayList<>();
        for (TaskAttempt attempt : newest.values()) {
            if (attempt.failure() != null) {
                failures.add(attempt);
            }
        }
        return failures;
    }
}
