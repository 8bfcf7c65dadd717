package io.flowright.runtime.listeners;

import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps all events, for tests. Thread-safe.
 *
 * <pre>{@code
 * CapturingListener captured = new CapturingListener();
 * // ... run flows on an engine with this listener
 * List<FlowEvent.RetryScheduled> retries = captured.events(FlowEvent.RetryScheduled.class);
 * }</pre>
 *
 * @since 0.1
 */
public final class CapturingListener implements FlowListener {

    // Guarded by this.
    private final List<FlowEvent> events = new ArrayList<>();

    /** A listener that has heard nothing yet. */
    public CapturingListener() {}

    @Override
    public synchronized void on(FlowEvent event) {
        events.add(event);
    }

    /** All events so far, in the order in which they came. */
    public synchronized List<FlowEvent> events() {
        return List.copyOf(events);
    }

    /** The events of this kind so far, in the order in which they came. */
    public <E extends FlowEvent> List<E> events(Class<E> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Forgets all events so far. */
    public synchronized void clear() {
        events.clear();
    }
}
