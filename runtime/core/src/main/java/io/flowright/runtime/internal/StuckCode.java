package io.flowright.runtime.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * User code of one run that did not heed its interrupt, was given up, and is still on its thread: the same task or element must not run
 * beside it. Guarded by the run's lock.
 */
final class StuckCode {

    /** By {@link Place}; with what waits for it to end. */
    private final Map<Long, Optional<Execution>> places = new HashMap<>();

    void add(long place) {
        places.put(place, Optional.empty());
    }

    /** Whether the place is stuck. */
    boolean contains(long place) {
        return places.containsKey(place);
    }

    /** What runs at a place that is stuck comes back when that has ended. */
    void await(Execution execution) {
        places.put(execution.place(), Optional.of(execution));
    }

    /** The code has ended; returns what waited for it. */
    @Nullable
    Execution remove(long place) {
        Optional<Execution> known = places.remove(place);
        return known == null ? null : known.orElse(null);
    }

    /** What waits, and waits no longer. */
    List<Execution> takeWaiting(Predicate<Execution> meant) {
        List<Execution> waiting = new ArrayList<>();
        places.replaceAll((place, execution) -> {
            if (execution.filter(meant).isEmpty()) {
                return execution;
            }
            execution.ifPresent(waiting::add);
            return Optional.empty();
        });
        return waiting;
    }
}
