package io.flowright.runtime.operations;

import io.flowright.runtime.FailureInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All there is to say of a run without the values of its keys.
 *
 * @param run the run
 * @param updatedAt when something of it was recorded last
 * @param deadline when it fails whatever it is doing; null: never
 * @param targets the keys that it is for; empty: all
 * @param failure why it failed or was undone; null: it has not and was not, or nothing but a task did
 * @param stepsDone how many of its tasks have come to their end
 * @param totalSteps how many it has
 * @param current the names of the tasks that run or wait for another attempt
 * @param interrupted the names of the tasks that were interrupted when the run came to rest, by {@code PauseMode.INTERRUPT} for example:
 *     they run again if it goes on. Empty as long as it is active
 * @param tasks its tasks and groups, in an order in which each comes after those that it needs; empty: its graph is not on record
 * @param history every attempt, in the order in which they were recorded
 * @param statistics the run in numbers
 * @since 0.1
 */
public record RunDescription(
        RunSummary run,
        Instant updatedAt,
        @Nullable Instant deadline,
        List<String> targets,
        @Nullable FailureInfo failure,
        int stepsDone,
        int totalSteps,
        List<String> current,
        List<String> interrupted,
        List<TaskNode> tasks,
        List<TaskAttempt> history,
        RunStatistics statistics) {}
