package io.flowright.benchmarks.durable;

import io.flowright.benchmarks.durable.peers.Contender;
import io.flowright.benchmarks.durable.shapes.Shape;

/** What is measured, and the names of the scores. */
enum Score {
    RATE("runs/s"),
    P50("p50 ms"),
    P99("p99 ms"),
    ROUND_TRIPS("round trips a run"),
    COMMITS("commits a run"),
    START("ms to the first run"),
    BYTES("bytes a run"),
    RECOVERY("runs recovered/s"),
    HEAP("bytes of heap a paused run");

    private final String unit;

    Score(String unit) {
        this.unit = unit;
    }

    /** The name of this score under load. */
    String of(Contender contender, Shape shape, int callers) {
        return contender + ", " + shape + ", " + callers + (callers == 1 ? " caller, " : " callers, ") + unit;
    }

    /** The name of this score of a contender as such. */
    String of(Contender contender) {
        return contender + ", " + unit;
    }
}
