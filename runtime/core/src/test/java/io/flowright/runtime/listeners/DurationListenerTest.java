package io.flowright.runtime.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.RunStatus;
import io.flowright.runtime.listeners.DurationListener.Statistics;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DurationListenerTest {

    private final DurationListener listener = new DurationListener();

    private static Instant at(long millis) {
        return Instant.EPOCH.plusMillis(millis);
    }

    private void started(String run, long millis) {
        listener.on(new FlowEvent.RunStarted("order", run, 1, at(millis)));
    }

    private void finished(String run, long millis) {
        listener.on(new FlowEvent.RunFinished("order", run, 9, at(millis), RunStatus.SUCCEEDED, null));
    }

    private void succeeded(String task, long millis) {
        listener.on(new FlowEvent.TaskSucceeded("order", "r1", 2, at(0), task, null, 1, Duration.ofMillis(millis)));
    }

    @Test
    void measuresRunsThatOverlap() {
        started("r1", 0);
        started("r2", 50);
        finished("r1", 100);
        finished("r2", 350);

        assertThat(listener.flow("order")).isEqualTo(new Statistics(2, Duration.ofMillis(400), Duration.ofMillis(300)));
        assertThat(listener.flow("order").mean()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void doesNotCountTheTimeOfAPause() {
        started("r1", 0);
        listener.on(new FlowEvent.RunPaused("order", "r1", 2, at(10)));
        listener.on(new FlowEvent.RunResumed("order", "r1", 3, at(1000)));
        listener.on(new FlowEvent.RunPaused("order", "r1", 4, at(1020)));
        listener.on(new FlowEvent.RunResumed("order", "r1", 5, at(2000)));
        finished("r1", 2005);

        assertThat(listener.flow("order").total()).isEqualTo(Duration.ofMillis(35));
    }

    @Test
    void measuresATaskThatRunsForEachElementAsAWhole() {
        listener.on(new FlowEvent.TaskSucceeded("order", "r1", 2, at(0), "test", 0, 1, Duration.ofMillis(5)));
        succeeded("test", 9);

        assertThat(listener.task("order", "test").total()).isEqualTo(Duration.ofMillis(9));
    }

    @Test
    void measuresTasks() {
        succeeded("load", 10);
        succeeded("load", 20);
        succeeded("ship", 7);

        assertThat(listener.task("order", "load"))
                .isEqualTo(new Statistics(2, Duration.ofMillis(30), Duration.ofMillis(20)));
        assertThat(listener.task("order", "ship").count()).isEqualTo(1);
    }

    @Test
    void hasMeasuredNothingOfTheUnknown() {
        assertThat(listener.flow("order").count()).isZero();
        assertThat(listener.task("order", "load").mean()).isZero();
    }

    @Test
    void reportsFlowsWithTheirTasks() {
        succeeded("load", 12);
        started("r1", 0);
        finished("r1", 20);
        listener.on(new FlowEvent.TaskSucceeded("invoice", "r2", 2, at(0), "print", null, 1, Duration.ofMillis(3)));

        assertThat(listener.report()).isEqualTo("""
                        invoice: 0 times, mean 0s, max 0s, total 0s
                          print: 1 times, mean 3ms, max 3ms, total 3ms
                        order: 1 times, mean 20ms, max 20ms, total 20ms
                          load: 1 times, mean 12ms, max 12ms, total 12ms
                        """);
    }
}
