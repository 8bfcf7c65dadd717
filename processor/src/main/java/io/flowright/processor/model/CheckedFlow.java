package io.flowright.processor.model;

import java.util.List;
import java.util.Set;

/**
 * A flow without errors, in the form that the writers need.
 *
 * @param flow as it was written
 * @param order its tasks in the order in which one thread runs them: every task after all that it needs, among ready ones
 *     the highest priority first, then declared order
 * @param optionalKeys the names of the keys that may be absent
 * @param conditionalTasks the names of the tasks that may be skipped, and of those with guards that hold for all known constants
 */
public record CheckedFlow(
        FlowModel flow, List<TaskModel> order, Set<String> optionalKeys, Set<String> conditionalTasks) {}
