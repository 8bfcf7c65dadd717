package io.flowright.runtime.operations;

import io.flowright.runtime.RunStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * For how long runs are kept. Those of which nothing is said are kept for ever. Immutable.
 *
 * <pre>{@code
 * Retention.keep(RunStatus.SUCCEEDED, Duration.ofDays(7)).andKeep(RunStatus.CANCELLED, Duration.ofDays(30))
 * }</pre>
 *
 * @param periods by status
 * @since 0.1
 */
public record Retention(Map<RunStatus, Duration> periods) {

    /** A policy; the map is copied. */
    public Retention {
        periods.forEach((status, period) -> {
            if (status.isActive()) {
                throw new IllegalArgumentException("runs that are " + status + " go on, and are not removed");
            }
            if (period.isNegative()) {
                throw new IllegalArgumentException("runs cannot be kept for " + period);
            }
        });
        periods = Map.copyOf(periods);
    }

    /**
     * Keeps runs for a time after they have come to a status.
     *
     * @throws IllegalArgumentException if it is the status of a run that goes on, or the time is negative
     */
    public static Retention keep(RunStatus status, Duration period) {
        return new Retention(Map.of(status, period));
    }

    /** Keeps others for another time. */
    public Retention andKeep(RunStatus status, Duration period) {
        Map<RunStatus, Duration> all = new EnumMap<>(RunStatus.class);
        all.putAll(periods);
        all.put(status, period);
        return new Retention(all);
    }
}
