package io.flowright.runtime;

/** The states of a run. */
public enum RunStatus {
    PENDING,
    RUNNING,
    WAITING,
    COMPENSATING,
    PAUSED,
    FAILED,
    COMPENSATION_FAILED,
    SUCCEEDED,
    COMPENSATED,
    CANCELLED
}
