package io.flowright.runtime.listeners;

import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowListener;
import io.flowright.runtime.internal.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures how long runs take, however they end, and how long tasks take that succeed, retries included. The time for
 * which a run was paused does not count. A task that runs for
 * each element is measured as a whole. Thread-safe.
 *
 * @since 0.1
 */
public final class DurationListener implements FlowListener {

    // All guarded by this.
    private final Map<String, Instant> activeSince = new HashMap<>();
    private final Map<String, Duration> beforePause = new HashMap<>();
    private final Map<String, Statistics> flows = new TreeMap<>();
    private final Map<String, Map<String, Statistics>> tasks = new TreeMap<>();

    /** A listener that has measured nothing yet. */
    public DurationListener() {}

    @Override
    public synchronized void on(FlowEvent event) {
        if (event instanceof FlowEvent.RunStarted || event instanceof FlowEvent.RunResumed) {
            activeSince.put(event.runId(), event.at());
        } else if (event instanceof FlowEvent.RunPaused) {
            beforePause.put(event.runId(), activeUntil(event));
        } else if (event instanceof FlowEvent.RunFinished) {
            flows.merge(event.flow(), Statistics.of(activeUntil(event)), Statistics::plus);
        } else if (event instanceof FlowEvent.TaskSucceeded succeeded && succeeded.element() == null) {
            tasks.computeIfAbsent(event.flow(), flow -> new TreeMap<>())
                    .merge(succeeded.task(), Statistics.of(succeeded.took()), Statistics::plus);
        }
    }

    private Duration activeUntil(FlowEvent end) {
        Duration before = beforePause.remove(end.runId());
        Instant since = activeSince.remove(end.runId());
        return (before == null ? Duration.ZERO : before)
                .plus(since == null ? Duration.ZERO : Duration.between(since, end.at()));
    }

    /** What was measured of the runs of this flow. */
    public synchronized Statistics flow(String flow) {
        return flows.getOrDefault(flow, Statistics.NONE);
    }

    /** What was measured of this task of this flow. */
    public synchronized Statistics task(String flow, String task) {
        return tasks.getOrDefault(flow, Map.of()).getOrDefault(task, Statistics.NONE);
    }

    /** A table for people: a line for each flow, and below it one for each of its tasks. */
    public synchronized String report() {
        StringBuilder text = new StringBuilder();
        // Tasks of runs that have not ended count too, so a flow may have tasks before it has runs.
        Map<String, Statistics> lines = new TreeMap<>(flows);
        tasks.keySet().forEach(flow -> lines.putIfAbsent(flow, Statistics.NONE));
        lines.forEach((flow, runs) -> {
            text.append(flow).append(": ").append(runs).append('\n');
            tasks.getOrDefault(flow, Map.of())
                    .forEach((task, durations) -> text.append("  ")
                            .append(task)
                            .append(": ")
                            .append(durations)
                            .append('\n'));
        });
        return text.toString();
    }

    /**
     * What was measured of one flow or task.
     *
     * @param count how many durations
     * @param total their sum
     * @param max the longest
     */
    public record Statistics(long count, Duration total, Duration max) {

        private static final Statistics NONE = new Statistics(0, Duration.ZERO, Duration.ZERO);

        private static Statistics of(Duration duration) {
            return new Statistics(1, duration, duration);
        }

        private Statistics plus(Statistics other) {
            return new Statistics(
                    count + other.count, total.plus(other.total), max.compareTo(other.max) > 0 ? max : other.max);
        }

        /** The average duration; zero if nothing was measured. */
        public Duration mean() {
            return count == 0 ? Duration.ZERO : total.dividedBy(count);
        }

        /** {@code 3 times, mean 12ms, max 15ms, total 36ms}. */
        @Override
        public String toString() {
            return "%d times, mean %s, max %s, total %s"
                    .formatted(count, Durations.text(mean()), Durations.text(max), Durations.text(total));
        }
    }
}
