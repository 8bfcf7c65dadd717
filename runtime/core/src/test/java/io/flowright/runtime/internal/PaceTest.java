package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void aConstantRateIsKnownFromTheFirstSampleOn() {
        Pace pace = new Pace(5 * SECOND, 0);
        for (int second = 1; second <= 50; second++) {
            pace.reached((5 + second) * SECOND, second * 20L);

            assertThat(seconds(pace, 1_000 - second * 20L)).isCloseTo(50 - second, Percentage.withPercentage(1));
        }
    }

    @Test
    void samplesNeedNotBeEquallyFarApart() {
        Random random = new Random(42);
        Pace pace = new Pace(0, 0);
        long nanos = 0;
        while (nanos < 1_000 * SECOND) {
            nanos += 1_000_000 + random.nextLong(20 * SECOND);
            // One every millisecond.
            pace.reached(nanos, nanos / 1_000_000);
        }
        assertThat(seconds(pace, 60_000)).isCloseTo(60, Percentage.withPercentage(1));
    }

    @Test
    void thousandsOfReportsASecondAreOneSample() {
        Pace pace = new Pace(0, 0);
        for (int i = 1; i <= 100_000; i++) {
            // A burst in the last tenth of each second does not count more than the pause before.
            long inSecond = SECOND / 10 * 9 + SECOND / 10 * (i % 10_000) / 10_000;
            pace.reached((i - 1) / 10_000 * SECOND + inSecond, i);
        }
        assertThat(seconds(pace, 100_000)).isCloseTo(10, Percentage.withPercentage(10));
    }

    @Test
    void whatIsLongAgoIsForgotten() {
        Pace pace = new Pace(0, 0);
        for (int second = 1; second <= 100; second++) {
            pace.reached(second * SECOND, second);
        }
        for (int second = 1; second <= 60; second++) {
            pace.reached((100 + second) * SECOND, 100 + 10L * second);
        }
        assertThat(seconds(pace, 1_000)).isCloseTo(100, Percentage.withPercentage(1));
    }

    @Test
    void withoutARateNobodyCanTell() {
        Pace pace = new Pace(0, 0);
        assertThat(pace.remaining(10)).isNull();
        pace.reached(SECOND / 2, 5);
        assertThat(pace.remaining(5)).isNull();

        Pace standing = new Pace(0, 3);
        standing.reached(SECOND, 3);
        standing.reached(2 * SECOND, 3);
        assertThat(standing.remaining(7)).isNull();
        assertThat(standing.remaining(0)).isZero();

        Pace slow = new Pace(0, 0);
        slow.reached(TimeUnit.DAYS.toNanos(365), 1);
        assertThat(slow.remaining(Long.MAX_VALUE)).isNull();
        assertThat(slow.remaining(2)).isCloseTo(Duration.ofDays(730), Duration.ofSeconds(1));
    }

    private static double seconds(Pace pace, long left) {
        return pace.remaining(left).toNanos() / 1e9;
    }
}
