package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.BusinessFailure;
import io.flowright.runtime.CircuitOpenException;
import io.flowright.runtime.FlowException;
import io.flowright.runtime.TaskRejectedException;
import io.flowright.runtime.TaskTimeoutException;
import io.flowright.runtime.generated.RetrySpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryDecisionTest {

    private static final Exception FAILURE = new IOException("gone");

    /** The delays that follow as many failures as there are until one is final. */
    private static List<Duration> delays(RetrySpec spec) {
        RetryDecision decision = new RetryDecision(spec);
        List<Duration> delays = new ArrayList<>();
        for (Duration delay = decision.next(FAILURE, Duration.ZERO);
                delay != null;
                delay = decision.next(FAILURE, Duration.ZERO)) {
            delays.add(delay);
        }
        return delays;
    }

    private static boolean isRetried(RetrySpec spec, Throwable failure) {
        return new RetryDecision(spec).next(failure, Duration.ZERO) != null;
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void doublesTheDelayUpToTheLongest() {
        RetrySpec spec = RetrySpec.attempts(5).delay(seconds(1)).backoff(2).maxDelay(seconds(6));

        assertThat(delays(spec)).containsExactly(seconds(1), seconds(2), seconds(4), seconds(6));
    }

    @Test
    void keepsTheDelayWithoutBackoff() {
        assertThat(delays(RetrySpec.attempts(4).delay(seconds(3)))).containsExactly(seconds(3), seconds(3), seconds(3));
    }

    @Test
    void neverRetriesWhatHasOneAttempt() {
        assertThat(delays(RetrySpec.attempts(1).delay(seconds(1)))).isEmpty();
    }

    @Test
    void retriesAtOnceWithoutDelayWhateverTheBackoff() {
        assertThat(delays(RetrySpec.attempts(3).backoff(2).jitter(0.5))).containsExactly(seconds(0), seconds(0));
    }

    @Test
    void cutsAFirstDelayThatIsAboveTheLongest() {
        assertThat(delays(RetrySpec.attempts(3).delay(seconds(10)).backoff(2).maxDelay(seconds(6))))
                .containsExactly(seconds(6), seconds(6));
    }

    @Test
    void keepsAFirstDelayThatIsTheLongest() {
        assertThat(delays(RetrySpec.attempts(3).delay(seconds(6)).backoff(2).maxDelay(seconds(6))))
                .containsExactly(seconds(6), seconds(6));
    }

    @Test
    void doesNotCutADelayThatDoesNotGrow() {
        assertThat(delays(RetrySpec.attempts(2).delay(Duration.ofHours(2)))).containsExactly(Duration.ofHours(2));
    }

    @Test
    void staysInTheBandOfItsJitterAndUsesIt() {
        RetrySpec spec = RetrySpec.attempts(2_000).delay(seconds(10)).jitter(0.2);

        assertThat(delays(spec))
                .hasSize(1_999)
                .allSatisfy(delay -> assertThat(delay).isBetween(seconds(8), seconds(12)))
                .anySatisfy(delay -> assertThat(delay).isLessThan(Duration.ofMillis(8_500)))
                .anySatisfy(delay -> assertThat(delay).isGreaterThan(Duration.ofMillis(11_500)));
    }

    @Test
    void retriesWhatItIsToldTo() {
        RetrySpec io = RetrySpec.attempts(3).on(IOException.class);

        assertThat(isRetried(io, new FileNotFoundException())).isTrue();
        assertThat(isRetried(io, new IllegalStateException())).isFalse();
        assertThat(isRetried(io.abortOn(FileNotFoundException.class), new FileNotFoundException()))
                .isFalse();
        assertThat(isRetried(io.abortOn(FileNotFoundException.class), FAILURE)).isTrue();
    }

    @Test
    void retriesTimeoutsUnlessItIsToldNotToWhateverElseItRetries() {
        TaskTimeoutException timeout = new TaskTimeoutException("charge", seconds(1));
        RetrySpec io = RetrySpec.attempts(3).on(IOException.class);

        assertThat(isRetried(io, timeout)).isTrue();
        assertThat(isRetried(io.withoutTimeouts(), timeout)).isFalse();
        assertThat(isRetried(io.withoutTimeouts().on(FlowException.class), timeout))
                .isFalse();
        assertThat(isRetried(io.abortOn(TaskTimeoutException.class), timeout)).isFalse();
    }

    @Test
    void retriesRefusedAttemptsUnlessItIsToldNotTo() {
        RetrySpec io = RetrySpec.attempts(3).on(IOException.class);
        TaskRejectedException rejected = new TaskRejectedException("charge", "psp", seconds(1));
        CircuitOpenException open = new CircuitOpenException("charge", "psp", seconds(1));

        assertThat(isRetried(io, rejected)).isTrue();
        assertThat(isRetried(io, open)).isTrue();
        assertThat(isRetried(io.abortOn(TaskRejectedException.class), rejected)).isFalse();
        assertThat(isRetried(io.abortOn(CircuitOpenException.class), open)).isFalse();
    }

    @Test
    void neverRetriesABusinessFailure() {
        assertThat(isRetried(RetrySpec.attempts(3).on(BusinessFailure.class), new BusinessFailure("no")))
                .isFalse();
    }

    @Test
    void retriesErrorsOnlyIfTheyAreNamed() {
        assertThat(isRetried(RetrySpec.attempts(3), new StackOverflowError())).isFalse();
        assertThat(isRetried(RetrySpec.attempts(3).on(StackOverflowError.class), new StackOverflowError()))
                .isTrue();
    }

    @Test
    void waitsAtLeastUntilTheBreakerLetsCallsThrough() {
        RetryDecision decision = new RetryDecision(RetrySpec.attempts(9).delay(seconds(5)));

        assertThat(decision.next(new CircuitOpenException("charge", "psp", seconds(40)), seconds(0)))
                .isEqualTo(seconds(40));
        assertThat(decision.next(new CircuitOpenException("charge", "psp", seconds(2)), seconds(0)))
                .isEqualTo(seconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 25})
    void startsAnAttemptUpToTheLongestDuration(int elapsed) {
        RetrySpec spec = RetrySpec.attempts(9).delay(seconds(5)).maxDuration(seconds(30));

        assertThat(new RetryDecision(spec).next(FAILURE, seconds(elapsed))).isEqualTo(seconds(5));
    }

    @ParameterizedTest
    @ValueSource(ints = {26, 30, 100})
    void startsNoAttemptAfterTheLongestDuration(int elapsed) {
        RetrySpec spec = RetrySpec.attempts(9).delay(seconds(5)).maxDuration(seconds(30));

        assertThat(new RetryDecision(spec).next(FAILURE, seconds(elapsed))).isNull();
    }

    @Test
    void takesADelayAboveTheLongestDuration() {
        RetrySpec spec = RetrySpec.attempts(9).delay(seconds(60)).maxDuration(seconds(30));

        assertThat(new RetryDecision(spec).next(FAILURE, seconds(0))).isNull();
    }
}
