package io.flowright.runtime.spi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SystemClockTest {

    private final FlowClock clock = FlowClock.system();

    @Test
    void tellsTheTimeOfTheComputer() {
        long before = System.nanoTime();
        long reading = clock.nanos();

        assertThat(reading).isBetween(before, System.nanoTime());
        assertThat(clock.now()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    }

    @Test
    void runsActionsOnItsDaemonThread() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();

        clock.schedule(Duration.ofMillis(1), () -> thread.complete(Thread.currentThread()));

        assertThat(thread.get(10, SECONDS)).satisfies(timer -> {
            assertThat(timer.getName()).isEqualTo("flowright-timer");
            assertThat(timer.isDaemon()).isTrue();
        });
    }

    @Test
    void doesNotRunAnActionEarly() throws Exception {
        long start = clock.nanos();
        CompletableFuture<Long> ranAt = new CompletableFuture<>();

        clock.schedule(Duration.ofMillis(20), () -> ranAt.complete(clock.nanos()));

        assertThat(ranAt.get(10, SECONDS) - start).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void servesOthersAfterAnActionThatFails() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);

        clock.schedule(Duration.ofSeconds(-1), () -> {
            throw new AssertionError("on purpose");
        });
        clock.schedule(Duration.ZERO, ran::countDown);

        assertThat(ran.await(10, SECONDS)).isTrue();
    }

    @Test
    void doesNotRunWhatIsCancelled() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);

        FlowClock.Scheduled first = clock.schedule(Duration.ofMillis(50), cancelled::countDown);
        clock.schedule(Duration.ofMillis(60), ran::countDown);
        first.cancel();

        assertThat(ran.await(10, SECONDS)).isTrue();
        assertThat(cancelled.getCount()).isEqualTo(1);
    }

    @Test
    void takesDelaysOfAnyLength() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch soon = new CountDownLatch(1);

        FlowClock.Scheduled far = clock.schedule(Duration.ofSeconds(Long.MAX_VALUE), never::countDown);
        clock.schedule(Duration.ofMillis(5), soon::countDown);

        assertThat(soon.await(10, SECONDS)).isTrue();
        assertThat(never.getCount()).isEqualTo(1);
        far.cancel();
    }
}
