package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.BusinessFailure;
import io.flowright.runtime.CircuitOpenException;
import io.flowright.runtime.TaskRejectedException;
import io.flowright.runtime.TaskTimeoutException;
import io.flowright.runtime.generated.CircuitBreakerSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakerTest {

    private static final CircuitBreakerSpec TWO_IN_A_ROW = CircuitBreakerSpec.failures("psp", 2);
    private static final Exception FAILURE = new IOException("gone");

    private static final Map<String, Set<String>> AFTER =
            Map.of("CLOSED", Set.of("OPEN"), "OPEN", Set.of("HALF_OPEN"), "HALF_OPEN", Set.of("OPEN", "CLOSED"));

    private final List<String> states = new ArrayList<>();

    private Breaker breaker(CircuitBreakerSpec spec) {
        return new Breaker(spec, states::add);
    }

    /** One failure opens it, and no time later it is ready to be half-open. */
    private Breaker opened(CircuitBreakerSpec spec) {
        Breaker breaker = breaker(spec.delay(Duration.ZERO));
        for (int i = 0; i < spec.failures(); i++) {
            fail(breaker, FAILURE);
        }
        assertThat(states).containsExactly("OPEN");
        return breaker;
    }

    private static void fail(Breaker breaker, Throwable failure) {
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.failed(failure);
    }

    private static void succeed(Breaker breaker) {
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.succeeded();
    }

    @Test
    void opensAfterFailuresInARow() {
        Breaker breaker = breaker(TWO_IN_A_ROW);

        fail(breaker, FAILURE);
        succeed(breaker);
        fail(breaker, FAILURE);
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.failed(FAILURE);

        assertThat(breaker.tryAcquire()).isFalse();
        assertThat(states).containsExactly("OPEN");
        assertThat(breaker.remainingDelay()).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
    }

    @Test
    void opensAfterFailuresAmongTheLastAttempts() {
        Breaker breaker = breaker(TWO_IN_A_ROW.of(3));

        fail(breaker, FAILURE);
        succeed(breaker);
        fail(breaker, FAILURE);

        assertThat(breaker.tryAcquire()).isFalse();
    }

    @Test
    void staysClosedWhenItsFailuresAreTooFarApart() {
        Breaker breaker = breaker(TWO_IN_A_ROW.of(3));

        for (int i = 0; i < 10; i++) {
            fail(breaker, FAILURE);
            succeed(breaker);
            succeed(breaker);
        }

        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(breaker.remainingDelay()).isZero();
    }

    @Test
    void letsOneProbePassWhenTheDelayIsOver() {
        Breaker breaker = opened(TWO_IN_A_ROW);

        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(states).containsExactly("OPEN", "HALF_OPEN");
        assertThat(breaker.tryAcquire()).isFalse();
        breaker.succeeded();

        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(states).containsExactly("OPEN", "HALF_OPEN", "CLOSED");
    }

    @Test
    void opensAgainWhenAProbeFails() {
        Breaker breaker = opened(TWO_IN_A_ROW);

        fail(breaker, FAILURE);

        assertThat(states).containsExactly("OPEN", "HALF_OPEN", "OPEN");
    }

    @Test
    void closesAfterAsManySuccessfulProbesAsItAsksFor() {
        Breaker breaker = opened(TWO_IN_A_ROW.successes(3));

        succeed(breaker);
        succeed(breaker);
        assertThat(states).containsExactly("OPEN", "HALF_OPEN");
        succeed(breaker);

        assertThat(states).containsExactly("OPEN", "HALF_OPEN", "CLOSED");
    }

    @Test
    void letsAsManyProbesPassAtOnceAsItAsksForSuccesses() {
        Breaker breaker = opened(TWO_IN_A_ROW.successes(2));

        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(breaker.tryAcquire()).isFalse();
    }

    @Test
    void getsThePlaceOfAProbeBackThatEndsWithoutAnOutcome() {
        Breaker breaker = opened(TWO_IN_A_ROW);

        for (int i = 0; i < 100; i++) {
            assertThat(breaker.tryAcquire()).isTrue();
            breaker.released();
        }
        succeed(breaker);

        assertThat(states).containsExactly("OPEN", "HALF_OPEN", "CLOSED");
    }

    @Test
    void getsThePlaceOfAProbeBackWhoseFailureDoesNotCount() {
        Breaker breaker = opened(TWO_IN_A_ROW.ignore(IllegalStateException.class));

        for (int i = 0; i < 100; i++) {
            fail(breaker, new IllegalStateException());
        }
        succeed(breaker);

        assertThat(states).containsExactly("OPEN", "HALF_OPEN", "CLOSED");
    }

    @Test
    void givesNoPlaceAwayTwiceWhenAnAttemptEndsThatPassedBeforeItOpened() {
        Breaker breaker = breaker(TWO_IN_A_ROW.delay(Duration.ZERO));
        assertThat(breaker.tryAcquire()).isTrue();
        fail(breaker, FAILURE);
        fail(breaker, FAILURE);
        assertThat(breaker.tryAcquire()).isTrue();
        breaker.released();

        breaker.released();

        assertThat(breaker.tryAcquire()).isTrue();
        assertThat(breaker.tryAcquire()).isFalse();
    }

    private boolean opensAfter(CircuitBreakerSpec spec, Throwable failure) {
        Breaker breaker = breaker(spec);
        fail(breaker, failure);
        fail(breaker, failure);
        return !breaker.tryAcquire();
    }

    @Test
    void countsWhatItIsToldTo() {
        CircuitBreakerSpec io = TWO_IN_A_ROW.on(IOException.class);

        assertThat(opensAfter(io, new FileNotFoundException())).isTrue();
        assertThat(opensAfter(io, new IllegalStateException())).isFalse();
        assertThat(opensAfter(io.ignore(FileNotFoundException.class), new FileNotFoundException()))
                .isFalse();
    }

    @Test
    void takesAnExceptionThatItIsNotToldToCountForAnAnswerOfTheService() {
        Breaker breaker = breaker(TWO_IN_A_ROW.on(IOException.class));

        fail(breaker, FAILURE);
        fail(breaker, new IllegalStateException());
        fail(breaker, FAILURE);

        assertThat(breaker.tryAcquire()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesWhatItIgnoresForNothingAtAll(boolean released) {
        Breaker breaker = breaker(TWO_IN_A_ROW.ignore(IllegalStateException.class));

        fail(breaker, FAILURE);
        assertThat(breaker.tryAcquire()).isTrue();
        if (released) {
            breaker.released();
        } else {
            breaker.failed(new IllegalStateException());
        }
        fail(breaker, FAILURE);

        assertThat(breaker.tryAcquire()).isFalse();
    }

    @Test
    void countsTimeoutsUnlessItIsToldToIgnoreThem() {
        TaskTimeoutException timeout = new TaskTimeoutException("charge", Duration.ofSeconds(1));

        assertThat(opensAfter(TWO_IN_A_ROW.on(IOException.class), timeout)).isTrue();
        assertThat(opensAfter(TWO_IN_A_ROW.ignore(TaskTimeoutException.class), timeout))
                .isFalse();
    }

    @Test
    void countsErrorsOnlyIfTheyAreNamed() {
        assertThat(opensAfter(TWO_IN_A_ROW, new StackOverflowError())).isFalse();
        assertThat(opensAfter(TWO_IN_A_ROW.on(StackOverflowError.class), new StackOverflowError()))
                .isTrue();
    }

    @Test
    void countsBusinessFailuresOnlyIfTheyAreNamed() {
        class OutOfStock extends BusinessFailure {
            OutOfStock() {
                super("sold out");
            }
        }

        assertThat(opensAfter(TWO_IN_A_ROW, new OutOfStock())).isFalse();
        assertThat(opensAfter(TWO_IN_A_ROW.on(RuntimeException.class), new OutOfStock()))
                .isFalse();
        assertThat(opensAfter(TWO_IN_A_ROW.on(OutOfStock.class), new OutOfStock()))
                .isTrue();
        assertThat(opensAfter(TWO_IN_A_ROW.on(OutOfStock.class), new BusinessFailure("other")))
                .isFalse();
    }

    @Test
    void doesNotCountWhatNeverReachedTheService() {
        assertThat(opensAfter(TWO_IN_A_ROW, new TaskRejectedException("charge", "psp", Duration.ZERO)))
                .isFalse();
        assertThat(opensAfter(TWO_IN_A_ROW, new CircuitOpenException("charge", "other", Duration.ZERO)))
                .isFalse();
    }

    @Test
    void canBeUsedByWhoeverHearsOfItsChanges() {
        List<String> heard = new ArrayList<>();
        Breaker[] self = new Breaker[1];
        self[0] = new Breaker(CircuitBreakerSpec.failures("psp", 1).delay(Duration.ZERO), state -> {
            heard.add(state);
            if (state.equals("OPEN")) {
                succeed(self[0]);
            }
        });

        fail(self[0], FAILURE);

        assertThat(heard).containsExactly("OPEN", "HALF_OPEN", "CLOSED");
    }

    @Test
    void tellsItsChangesOneAtATimeAndInTheirOrderWhenManyThreadsUseIt() throws Exception {
        List<String> heard = new ArrayList<>();
        AtomicInteger telling = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Breaker breaker = new Breaker(CircuitBreakerSpec.failures("psp", 1).delay(Duration.ZERO), state -> {
            most.accumulateAndGet(telling.incrementAndGet(), Math::max);
            heard.add(state);
            telling.decrementAndGet();
        });
        ExecutorService pool = Executors.newFixedThreadPool(4);
        for (int t = 0; t < 4; t++) {
            pool.execute(() -> {
                for (int i = 0; i < 5_000; i++) {
                    if (breaker.tryAcquire()) {
                        if (i % 2 == 0) {
                            breaker.failed(FAILURE);
                        } else {
                            breaker.succeeded();
                        }
                    }
                }
            });
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(most).hasValue(1);
        assertThat(heard).hasSizeGreaterThan(100);
        String before = "CLOSED";
        for (String state : heard) {
            assertThat(state).isIn(AFTER.get(before));
            before = state;
        }
    }
}
