package io.flowright.examples.patterns;

import io.flowright.annotations.Flow;
import io.flowright.annotations.ForEach;
import io.flowright.annotations.Input;
import io.flowright.annotations.Provides;
import io.flowright.annotations.Requires;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** Pattern 36, dynamic partial join, as far as it goes: when one offer is good enough, no further shop is asked. */
@Flow
public class DynamicPartialJoinTasks {

    @Provides
    AtomicBoolean enough() {
        return new AtomicBoolean();
    }

    @Provides("offers")
    Optional<Integer> ask(
            @ForEach(value = "shops", maxConcurrency = 2) Callable<Integer> shop,
            @Requires AtomicBoolean enough,
            @Input int budget)
            throws Exception {
        if (enough.get()) {
            return Optional.empty();
        }
        int price = shop.call();
        if (price <= budget) {
            enough.set(true);
        }
        return Optional.of(price);
    }

    @Provides
    int best(@Input List<Callable<Integer>> shops, @Requires List<Integer> offers) {
        return offers.stream().mapToInt(Integer::intValue).min().orElseThrow();
    }
}
