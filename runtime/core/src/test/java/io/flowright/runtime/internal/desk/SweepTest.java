package io.flowright.runtime.internal.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.spi.RunAdministration;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final Map<RunStatus, Duration> PERIODS = Map.of(RunStatus.SUCCEEDED, Duration.ofDays(1));

    private final List<Integer> sizes = new ArrayList<>();
    private long now;
    private int left = 3_000;
    private int keys;

    @Test
    void aStoreThatIsSlowHasSmallerBatches() {
        sweep(size -> size);

        assertThat(sizes.get(0)).isEqualTo(100);
        assertThat(sizes).contains(50).allMatch(size -> size >= 25 && size <= 100);
        assertThat(left).isZero();
    }

    @Test
    void aStoreThatIsQuickHasLargerOnes() {
        sweep(size -> 1);

        assertThat(sizes).startsWith(100, 200, 400, 500, 500).allMatch(size -> size <= 500);
        assertThat(left).isZero();
    }

    @Test
    void noStoreIsTooSlow() {
        sweep(size -> 1_000);

        assertThat(sizes).startsWith(100, 50, 25, 12, 10, 10).allMatch(size -> size >= 10);
        assertThat(left).isZero();
    }

    @Test
    void aStoreThatIsNeitherHasTheSame() {
        sweep(size -> 20);

        assertThat(sizes).containsOnly(100);
        assertThat(left).isZero();
    }

    @Test
    void keysAreRemovedAfterTheRunsUntilNoneIsLeft() {
        keys = 250;

        sweep(size -> 20);

        assertThat(keys).isZero();
    }

    @Test
    void nothingIsRemovedAnyMoreOnceTheEngineHasClosed() {
        int[] asked = {0};
        keys = 250;

        long removed = new Sweep(store(size -> 20), () -> asked[0]++ < 2, () -> now).remove(PERIODS, Instant.EPOCH);

        assertThat(removed).isEqualTo(200);
        assertThat(keys).isEqualTo(250);
    }

    /** @param millis how long a batch of a size takes */
    private void sweep(IntUnaryOperator millis) {
        long removed = new Sweep(store(millis), () -> true, () -> now).remove(PERIODS, Instant.EPOCH);

        assertThat(removed).isEqualTo(3_000);
    }

    private RunAdministration store(IntUnaryOperator millis) {
        return (RunAdministration) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RunAdministration.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("purgeKeys")) {
                        int gone = Math.min(keys, (Integer) arguments[0]);
                        now += TimeUnit.MILLISECONDS.toNanos(20);
                        keys -= gone;
                        return gone;
                    }
                    int size = (Integer) arguments[3];
                    sizes.add(size);
                    now += TimeUnit.MILLISECONDS.toNanos(millis.applyAsInt(size));
                    int removed = Math.min(left, size);
                    left -= removed;
                    return removed;
                });
    }
}
