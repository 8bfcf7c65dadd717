package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flowright.runtime.spi.FlowClock;
import io.flowright.runtime.spi.IdempotencyStore.Claim;
import io.flowright.runtime.spi.IdempotencyStore.Key;
import io.flowright.runtime.spi.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryIdempotencyStoreTest {

    private static final Key KEY = key("1");
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Runnable NOBODY = () -> {
        throw new AssertionError("nobody waits");
    };

    private final VirtualClock clock = FlowClock.virtual();
    private final MemoryIdempotencyStore store = new MemoryIdempotencyStore(3, Duration.ofHours(1), clock);
    private final List<String> freed = new ArrayList<>();

    private static Key key(String rendered) {
        return new Key("order", "charge", rendered);
    }

    private void executed(Key key, String result) {
        assertThat(store.claim(key, NOBODY)).isInstanceOf(Claim.Owned.class);
        store.complete(key, result, WEEK);
    }

    @Test
    void ownsTheFirstClaimAndAnswersLaterOnesWithItsResult() {
        assertThat(store.claim(KEY, NOBODY)).isEqualTo(new Claim.Owned(0));
        store.complete(KEY, "paid", WEEK);

        assertThat(store.claim(KEY, NOBODY)).isEqualTo(new Claim.Completed("paid"));
    }

    @Test
    void remembersThatThereIsNoResult() {
        executed(KEY, null);

        assertThat(store.claim(KEY, NOBODY)).isEqualTo(new Claim.Completed(null));
    }

    @Test
    void tellsKeysFlowsAndTasksApart() {
        executed(KEY, "paid");

        assertThat(store.claim(key("2"), NOBODY)).isInstanceOf(Claim.Owned.class);
        assertThat(store.claim(new Key("invoice", "charge", "1"), NOBODY)).isInstanceOf(Claim.Owned.class);
        assertThat(store.claim(new Key("order", "refund", "1"), NOBODY)).isInstanceOf(Claim.Owned.class);
    }

    @Test
    void wakesAllWhoWaitWhenTheOwnerCompletes() {
        store.claim(KEY, NOBODY);
        assertThat(store.claim(KEY, () -> freed.add("b"))).isEqualTo(new Claim.Busy());
        assertThat(store.claim(KEY, () -> freed.add("c"))).isEqualTo(new Claim.Busy());
        assertThat(freed).isEmpty();

        store.complete(KEY, "paid", WEEK);

        assertThat(freed).containsExactly("b", "c");
        assertThat(store.claim(KEY, NOBODY)).isEqualTo(new Claim.Completed("paid"));
    }

    @Test
    void givesTheKeyToOneOfThoseWhoWaitedWhenTheOwnerGivesUp() {
        List<Claim> second = new ArrayList<>();
        store.claim(KEY, NOBODY);
        store.claim(KEY, () -> second.add(store.claim(KEY, () -> freed.add("b"))));
        store.claim(KEY, () -> second.add(store.claim(KEY, () -> freed.add("c"))));

        store.giveUp(KEY);
        assertThat(second).containsExactly(new Claim.Owned(0), new Claim.Busy());
        store.complete(KEY, "paid", WEEK);

        assertThat(freed).containsExactly("c");
    }

    @Test
    void wakesTheOthersAfterOneThatFails() {
        store.claim(KEY, NOBODY);
        store.claim(KEY, () -> {
            throw new IllegalStateException("on purpose");
        });
        store.claim(KEY, () -> freed.add("c"));

        store.giveUp(KEY);

        assertThat(freed).containsExactly("c");
    }

    @Test
    void holdsNoLockWhileItWakes() {
        store.claim(KEY, NOBODY);
        List<Claim> others = new ArrayList<>();
        store.claim(KEY, () -> {
            Thread other = new Thread(() -> others.add(store.claim(key("2"), NOBODY)));
            other.start();
            try {
                other.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        store.complete(KEY, "paid", WEEK);

        assertThat(others).containsExactly(new Claim.Owned(0));
    }

    @Test
    void forgetsAResultAfterItsTime() {
        store.claim(KEY, NOBODY);
        store.complete(KEY, "paid", Duration.ofMinutes(5));

        clock.advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(store.claim(KEY, NOBODY)).isInstanceOf(Claim.Completed.class);
        clock.advance(Duration.ofNanos(1));
        assertThat(store.claim(KEY, NOBODY)).isEqualTo(new Claim.Owned(0));
    }

    @Test
    void forgetsAnyResultAfterItsOwnLongestTime() {
        executed(KEY, "paid");

        clock.advance(Duration.ofHours(1));

        assertThat(store.claim(KEY, NOBODY)).isInstanceOf(Claim.Owned.class);
    }

    @Test
    void forgetsTheOldestResultWhenThereAreTooMany() {
        executed(key("1"), "a");
        executed(key("2"), "b");
        executed(key("3"), "c");
        executed(key("4"), "d");

        assertThat(store.claim(key("1"), NOBODY)).isInstanceOf(Claim.Owned.class);
        assertThat(store.claim(key("2"), NOBODY)).isInstanceOf(Claim.Completed.class);
        assertThat(store.claim(key("4"), NOBODY)).isInstanceOf(Claim.Completed.class);
    }

    @Test
    void takesAResultThatWasRenewedForAYoungOne() {
        executed(key("1"), "a");
        executed(key("2"), "b");
        executed(key("3"), "c");
        store.revoke(key("1"));
        executed(key("1"), "a again");

        executed(key("4"), "d");

        assertThat(store.claim(key("1"), NOBODY)).isEqualTo(new Claim.Completed("a again"));
        assertThat(store.claim(key("2"), NOBODY)).isInstanceOf(Claim.Owned.class);
    }

    @Test
    void neverForgetsAClaim() {
        store.claim(KEY, NOBODY);
        for (int i = 2; i < 10; i++) {
            executed(key("" + i), "x");
        }
        clock.advance(Duration.ofDays(1));

        assertThat(store.claim(KEY, () -> freed.add("b"))).isEqualTo(new Claim.Busy());
        store.complete(KEY, "paid", WEEK);
        assertThat(store.claim(KEY, NOBODY)).isEqualTo(new Claim.Completed("paid"));
    }

    @Test
    void executesAgainInTheNextGenerationAfterACompensation() {
        executed(KEY, "paid");
        assertThat(store.generation(KEY)).isZero();

        store.revoke(KEY);

        assertThat(store.generation(KEY)).isEqualTo(1);
        assertThat(store.claim(KEY, NOBODY)).isEqualTo(new Claim.Owned(1));
        store.complete(KEY, "paid again", WEEK);
        assertThat(store.claim(KEY, NOBODY)).isEqualTo(new Claim.Completed("paid again"));
        store.revoke(KEY);
        assertThat(store.claim(KEY, NOBODY)).isEqualTo(new Claim.Owned(2));
    }

    @Test
    void keepsTheGenerationWhenAnOwnerGivesUp() {
        executed(KEY, "paid");
        store.revoke(KEY);
        store.claim(KEY, NOBODY);

        store.giveUp(KEY);

        assertThat(store.claim(KEY, NOBODY)).isEqualTo(new Claim.Owned(1));
    }

    @Test
    void doesNotChangeTheGenerationUnderAnOwner() {
        executed(KEY, "paid");
        clock.advance(Duration.ofHours(2));
        store.claim(KEY, NOBODY);

        store.revoke(KEY);
        assertThat(store.generation(KEY)).isZero();
        store.complete(KEY, "paid", WEEK);

        assertThat(store.generation(KEY)).isEqualTo(1);
    }

    @Test
    void takesAResultFromItsOwnerOnly() {
        assertThatThrownBy(() -> store.complete(KEY, "paid", WEEK))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("charge")
                .hasMessageNotContaining("paid");
        store.giveUp(KEY);
        assertThat(store.claim(KEY, NOBODY)).isInstanceOf(Claim.Owned.class);
    }

    @Test
    void doesNotShowValuesInTexts() {
        assertThat(key("s6:secret").toString()).doesNotContain("secret");
        assertThat(new Claim.Completed("secret")).hasToString("Completed");
    }

    @Test
    void executesOnceWhenManyClaimAtOnce() throws Exception {
        int claimants = 200;
        MemoryIdempotencyStore shared = new MemoryIdempotencyStore(clock);
        AtomicInteger executions = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        class Claimant implements Runnable {
            @Override
            public void run() {
                Claim claim = shared.claim(KEY, () -> pool.execute(this));
                if (claim instanceof Claim.Owned) {
                    // The first two give up, as if they had failed.
                    if (executions.incrementAndGet() <= 2) {
                        shared.giveUp(KEY);
                        run();
                    } else {
                        shared.complete(KEY, "paid", WEEK);
                        answered.incrementAndGet();
                    }
                } else if (claim instanceof Claim.Completed) {
                    answered.incrementAndGet();
                }
            }
        }
        try {
            for (int i = 0; i < claimants; i++) {
                pool.execute(new Claimant());
            }
            await().atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(answered).hasValue(claimants));
        } finally {
            pool.shutdownNow();
        }

        assertThat(executions).hasValue(3);
    }
}
