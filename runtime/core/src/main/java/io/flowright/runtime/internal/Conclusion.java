package io.flowright.runtime.internal;

/** Something that came to an end elsewhere and counts as a hand until a worker has dealt with it. */
interface Conclusion {

    /** The number of the task that it is about, or {@link ReadyTasks#NONE}. */
    int task();

    /** Deals with it; returns the task that the worker is to run next. */
    int conclude(Worker worker);
}
