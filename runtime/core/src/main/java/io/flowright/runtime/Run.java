package io.flowright.runtime;

/**
 * A run of a flow.
 *
 * @param <R> the flow's result type
 */
public interface Run<R> {

    String id();

    RunStatus status();

    R result();
}
