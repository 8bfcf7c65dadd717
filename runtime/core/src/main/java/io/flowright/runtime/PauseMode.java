package io.flowright.runtime;

/**
 * What becomes of the tasks that run when a run is paused.
 *
 * @since 0.1
 */
public enum PauseMode {
    /** They finish, and their results are kept. */
    DRAIN,
    /**
     * They are interrupted, and what they give afterwards is dropped. When the run goes on, they run again with the same arguments. In a
     * durable run each attempt that was interrupted is on record.
     */
    INTERRUPT
}
