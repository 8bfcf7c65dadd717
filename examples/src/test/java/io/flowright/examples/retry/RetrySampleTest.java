package io.flowright.examples.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flowright.runtime.Engine;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowFailedException;
import io.flowright.runtime.Run;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.listeners.CapturingListener;
import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RetryPolicy(max_attempts=3, backoff_factor=2, initial_delay_seconds=1), without waiting for it. */
class RetrySampleTest {

    private final VirtualClock clock = FlowClock.virtual();
    private final CapturingListener events = new CapturingListener();
    private final Engine engine = Engine.builder().clock(clock).listener(events).build();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void the_third_attempt_succeeds_after_pauses_of_one_and_two_seconds() {
        Instant start = clock.now();
        Run<QuoteFlow.Result> run =
                QuoteFlow.create(new QuoteTasks(new FlakyExchange(2)), engine).start("ACME");

        passPause(Duration.ofSeconds(1));
        passPause(Duration.ofSeconds(2));

        assertThat(run.result().quote()).isEqualTo(101.25);
        assertThat(run.snapshot().task(QuoteFlow.Tasks.QUOTE).attempts()).isEqualTo(3);
        assertThat(events.events(FlowEvent.RetryScheduled.class))
                .extracting(FlowEvent.RetryScheduled::delay)
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(events.events(FlowEvent.TaskStarted.class))
                .extracting(FlowEvent::at)
                .isEqualTo(List.of(start, start.plusSeconds(1), start.plusSeconds(3)));
    }

    @Test
    void a_third_failure_fails_the_run() {
        Run<QuoteFlow.Result> run =
                QuoteFlow.create(new QuoteTasks(new FlakyExchange(3)), engine).start("ACME");

        passPause(Duration.ofSeconds(1));
        passPause(Duration.ofSeconds(2));

        assertThatThrownBy(run::result)
                .isInstanceOf(FlowFailedException.class)
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }

    /** Waits until the flow is waiting, and sees that it goes on at this moment and not before. */
    private void passPause(Duration pause) {
        await().until(() -> clock.pending() == 1);
        clock.advance(pause.minusNanos(1));
        assertThat(clock.pending()).isEqualTo(1);
        clock.advance(Duration.ofNanos(1));
    }
}
