package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.generated.RateLimitSpec;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimiterTest {

    private static final Duration ANY = Duration.ofDays(1000);

    private static Limiter limiter(int permits, Duration per) {
        return new Limiter(new RateLimitSpec("psp", permits, per, ANY));
    }

    @Test
    void permitsAsManyAtOnceAsThereArePerPeriod() {
        Limiter limiter = limiter(2, Duration.ofDays(1));

        assertThat(limiter.reserve(ANY)).isZero();
        assertThat(limiter.reserve(ANY)).isZero();
        assertThat(limiter.reserve(ANY)).isBetween(Duration.ofHours(23), Duration.ofDays(1));
    }

    @Test
    void spreadsThoseWhoWaitOverThePeriodsToCome() {
        Limiter limiter = limiter(2, Duration.ofDays(1));

        assertThat(IntStream.range(0, 7)
                        .mapToLong(i -> limiter.reserve(ANY).plusHours(1).toDays()))
                .containsExactly(0L, 0L, 1L, 1L, 2L, 2L, 3L);
    }

    @Test
    void refusesWhoCannotWaitThatLongAndKeepsThePermit() {
        Limiter limiter = limiter(1, Duration.ofDays(1));
        limiter.reserve(ANY);

        assertThat(limiter.reserve(Duration.ofHours(1))).isNull();
        assertThat(limiter.reserve(Duration.ZERO)).isNull();
        assertThat(limiter.reserve(Duration.ofDays(1))).isNotNull();
        assertThat(limiter.reserve(Duration.ofDays(1))).isNull();
    }

    @Test
    void permitsAgainInTheNextPeriod() throws InterruptedException {
        Limiter limiter = limiter(1, Duration.ofMillis(20));
        limiter.reserve(ANY);
        Duration wait = limiter.reserve(ANY);

        // The limiter follows the real clock, so there is nothing but the time to wait for.
        Thread.sleep(wait.toMillis() + 21);

        assertThat(limiter.reserve(Duration.ZERO)).isZero();
    }

    @Test
    void doesNotSaveUpThePermitsOfIdlePeriods() throws InterruptedException {
        Duration period = Duration.ofMillis(20);
        Limiter limiter = limiter(2, period);
        for (int i = 0; i < 5; i++) {
            limiter.reserve(ANY);
        }
        Thread.sleep(30 * period.toMillis());

        long start = System.nanoTime();
        int immediate = 0;
        while (limiter.reserve(Duration.ZERO) != null) {
            immediate++;
        }
        long periods = (System.nanoTime() - start) / period.toNanos() + 2;

        assertThat(immediate).isBetween(2, (int) (2 * periods));
    }
}
