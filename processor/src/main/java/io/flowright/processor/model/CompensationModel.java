package io.flowright.processor.model;

/**
 * A method that undoes a task.
 *
 * @param of the name of the task that it undoes
 * @param started whether it also undoes a task whose outcome is not known
 * @param task the method, with its parameters and policies; its name is the undone task's and {@code .compensation}
 * @param site the annotation's value, where the task is named
 */
public record CompensationModel(String of, boolean started, TaskModel task, Site site) {

    /** What the name of a compensation has after that of its task. */
    public static final String SUFFIX = ".compensation";

    /** The name of the task as the annotation has it: without the groups that it is in. */
    public String shownOf() {
        int group = task.taskClass().group().length();
        return group == 0 ? of : of.substring(group + 1);
    }
}
