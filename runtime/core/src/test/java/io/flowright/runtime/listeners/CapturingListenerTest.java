package io.flowright.runtime.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.FlowEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CapturingListenerTest {

    private static final Instant NOW = Instant.EPOCH;

    private final CapturingListener listener = new CapturingListener();
    private final FlowEvent started = new FlowEvent.RunStarted("order", "r1", 1, NOW);
    private final FlowEvent.TaskStarted task = new FlowEvent.TaskStarted("order", "r1", 2, NOW, "load", null, 1);

    @Test
    void keepsEventsInTheirOrder() {
        listener.on(started);
        listener.on(task);

        assertThat(listener.events()).containsExactly(started, task);
    }

    @Test
    void findsTheEventsOfAKind() {
        listener.on(started);
        listener.on(task);

        assertThat(listener.events(FlowEvent.TaskStarted.class))
                .extracting(FlowEvent.TaskStarted::task)
                .containsExactly("load");
        assertThat(listener.events(FlowEvent.TaskEvent.class)).containsExactly(task);
    }

    @Test
    void forgetsOnRequest() {
        listener.on(started);
        listener.clear();
        listener.on(task);

        assertThat(listener.events()).containsExactly(task);
    }
}
