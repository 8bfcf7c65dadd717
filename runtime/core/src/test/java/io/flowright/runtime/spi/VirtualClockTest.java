package io.flowright.runtime.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

    private final VirtualClock clock = FlowClock.virtual();
    private final List<String> ran = new ArrayList<>();

    private FlowClock.Scheduled after(int seconds, String name) {
        return clock.schedule(Duration.ofSeconds(seconds), () -> ran.add(name + "@" + seconds()));
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(clock.nanos());
    }

    @Test
    void standsStillUntilItIsAdvanced() {
        Instant start = clock.now();

        clock.advance(Duration.ofMinutes(2));

        assertThat(start).isEqualTo("2000-01-01T00:00:00Z");
        assertThat(clock.now()).isEqualTo("2000-01-01T00:02:00Z");
        assertThat(clock).hasToString("FlowClock.virtual() at 2000-01-01T00:02:00Z");
        assertThat(clock.nanos()).isEqualTo(Duration.ofMinutes(2).toNanos());
    }

    @Test
    void runsWhatIsDueInOrderOfTimeEachAtItsOwnMoment() {
        after(3, "c");
        after(1, "a");
        after(2, "b");
        after(9, "z");

        clock.advance(Duration.ofSeconds(5));

        assertThat(ran).containsExactly("a@1", "b@2", "c@3");
        assertThat(seconds()).isEqualTo(5);
        assertThat(clock.pending()).isEqualTo(1);
    }

    @Test
    void runsActionsOfOneMomentInTheOrderInWhichTheyWereScheduled() {
        after(1, "a");
        after(1, "b");
        after(1, "c");

        clock.advance(Duration.ofSeconds(1));

        assertThat(ran).containsExactly("a@1", "b@1", "c@1");
    }

    @Test
    void runsWhatAnActionSchedulesIfItIsDueBeforeTheEnd() {
        clock.schedule(Duration.ofSeconds(1), () -> {
            after(1, "soon");
            after(60, "later");
        });

        clock.advance(Duration.ofSeconds(10));

        assertThat(ran).containsExactly("soon@2");
        assertThat(clock.pending()).isEqualTo(1);
    }

    @Test
    void keepsAnActionWithoutDelayUntilItIsAdvancedByNothing() {
        after(0, "now");
        after(-5, "past");
        assertThat(ran).isEmpty();

        clock.advance(Duration.ZERO);

        assertThat(ran).containsExactly("now@0", "past@0");
    }

    @Test
    void forgetsWhatIsCancelled() {
        FlowClock.Scheduled cancelled = after(1, "a");
        after(2, "b");

        cancelled.cancel();
        assertThat(clock.pending()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));

        assertThat(ran).containsExactly("b@2");
    }

    @Test
    void goesOnAfterAnActionThatFails() {
        clock.schedule(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("on purpose");
        });
        after(2, "b");

        clock.advance(Duration.ofSeconds(2));

        assertThat(ran).containsExactly("b@2");
    }

    @Test
    void isNotTurnedBackByAnActionThatAdvancesItItself() {
        clock.schedule(Duration.ofSeconds(1), () -> clock.advance(Duration.ofSeconds(10)));

        clock.advance(Duration.ofSeconds(2));

        assertThat(seconds()).isEqualTo(11);
    }

    @Test
    void takesDelaysOfAnyLength() {
        clock.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> ran.add("never"));

        clock.advance(Duration.ofDays(365 * 100));

        assertThat(ran).isEmpty();
    }

    @Test
    void standsStillAtTheEndOfItsTime() {
        clock.advance(Duration.ofSeconds(Long.MAX_VALUE));
        Instant end = clock.now();
        after(1, "late");

        clock.advance(Duration.ofSeconds(1));

        assertThat(clock.now()).isEqualTo(end).isAfter(Instant.parse("2290-01-01T00:00:00Z"));
        assertThat(ran).hasSize(1);
    }

    @Test
    void doesNotRunBackwards() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runsEachActionOnceWhenManyThreadsScheduleAndAdvance() throws Exception {
        int threads = 4;
        int each = 2_000;
        AtomicInteger runs = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int t = 0; t < threads; t++) {
                pool.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        clock.schedule(Duration.ofNanos(i % 7), runs::incrementAndGet);
                        clock.advance(Duration.ofNanos(1));
                    }
                });
            }
        } finally {
            pool.shutdown();
        }
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        clock.advance(Duration.ofSeconds(1));

        assertThat(runs).hasValue(threads * each);
        assertThat(clock.pending()).isZero();
    }
}
