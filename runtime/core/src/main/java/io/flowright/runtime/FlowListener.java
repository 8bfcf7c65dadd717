package io.flowright.runtime;

/**
 * Hears what happens to the runs of an engine: {@code Engine.builder().listener(...)}.
 *
 * <p>Events of one run come one at a time and in the order of their {@link FlowEvent#sequence()}; events of different
 * runs come on different threads at once, so a listener is thread-safe. It is called by the threads that run the tasks
 * and should be quick. What it throws is logged and changes nothing.
 *
 * <pre>{@code
 * FlowListener listener = event -> {
 *     if (event instanceof FlowEvent.TaskFailed failed) {
 *         System.err.println(failed.task() + " failed: " + failed.failure());
 *     }
 * };
 * }</pre>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface FlowListener {

    /** Something happened. */
    void on(FlowEvent event);
}
