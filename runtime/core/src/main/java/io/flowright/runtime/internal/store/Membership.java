package io.flowright.runtime.internal.store;

/**
 * One incarnation of an engine at its store.
 *
 * @param ownership whether its runs are still its own
 * @param writer how they are recorded
 */
public record Membership(Ownership ownership, StoreWriter writer) {}
