package io.flowright.runtime.internal;

/** The tasks of one run that could start now. Thread-safe. */
interface ReadyTasks {

    /** What {@link #pop} returns when there is none. */
    int NONE = -1;

    /** Adds a task that is not in it. What the thread did before happens-before the task is popped. */
    void push(int task);

    /** Takes a task out, or returns {@link #NONE}. */
    int pop();

    /** The task that {@link #pop} would take at this moment, or {@link #NONE}. */
    int peek();

    /** Whether there is none at this moment. */
    boolean isEmpty();
}
