package io.flowright.runtime.generated;

/**
 * A compensation of a {@link FlowGraph}. The frame knows it by a number after those of the tasks: with n tasks, the compensation
 * at index i of {@link FlowGraph#compensations} has the number n + i.
 *
 * @param task the number of the task that it undoes
 * @param started whether it also undoes a task whose outcome is not known
 * @param execution its own name, method and policies; it runs for each element if the task does
 */
public record CompensationSpec(int task, boolean started, TaskSpec execution) {}
