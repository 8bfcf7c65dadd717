package io.flowright.processor.model;

import java.util.List;

/**
 * A flow without errors, in the form that the writers need.
 *
 * @param flow as it was written
 * @param order its tasks in the order in which one thread runs them: every task after all that it needs, among ready ones
 *     the highest priority first, then declared order
 */
public record CheckedFlow(FlowModel flow, List<TaskModel> order) {}
