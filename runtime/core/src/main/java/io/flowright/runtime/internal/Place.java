package io.flowright.runtime.internal;

/**
 * What a thread executes, in one number: a task, which is its own number, or one element of a task that runs for each. It costs
 * flows whose tasks run once nothing.
 */
final class Place {

    /** In place of an element's index: the task runs once, or the task as a whole is meant. */
    static final int NO_ELEMENT = -1;

    private Place() {}

    static long of(int task, int element) {
        return (element + 1L) << Integer.SIZE | task;
    }

    static int task(long place) {
        return (int) place;
    }

    /** The index of the element, or {@link #NO_ELEMENT}. */
    static int element(long place) {
        return (int) (place >>> Integer.SIZE) - 1;
    }
}
