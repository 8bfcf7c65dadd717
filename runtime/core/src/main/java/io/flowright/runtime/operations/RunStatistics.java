package io.flowright.runtime.operations;

import io.flowright.runtime.TaskStatus;
import java.time.Duration;
import java.util.Map;

/**
 * A run in numbers.
 *
 * @param tasks how many tasks have which status; those with none are left out
 * @param attempts how many attempts are on record, those of compensations included, those that were interrupted not
 * @param failedAttempts how many of them failed
 * @param discardedFailures how many of those were made good by another attempt or a fallback, or did not matter
 * @param running the time of all attempts together
 * @param waiting the time between attempts that failed and those that followed
 * @param elapsed from the start to the end, or to now
 * @since 0.1
 */
public record RunStatistics(
        Map<TaskStatus, Integer> tasks,
        int attempts,
        int failedAttempts,
        int discardedFailures,
        Duration running,
        Duration waiting,
        Duration elapsed) {

    /** How many tasks have come to their end, whatever it was. */
    public int completed() {
        return tasks.entrySet().stream()
                .filter(entry -> entry.getKey().isDone())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** How many have not. */
    public int incomplete() {
        return tasks.values().stream().mapToInt(Integer::intValue).sum() - completed();
    }
}
