package io.flowright.runtime;

/**
 * What becomes of what the tasks of a cancelled run did.
 *
 * @since 0.1
 */
public enum CancelMode {
    /** It stays; the run is {@code CANCELLED}. */
    KEEP,
    /** It is undone by the flow's compensations; the run is {@code COMPENSATED}, or {@code COMPENSATION_FAILED}. */
    COMPENSATE
}
