package io.flowright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlowExceptionTest {

    @Test
    void aTimeoutNamesTheTaskAndItsLimit() {
        assertThat(new TaskTimeoutException("charge", Duration.ofSeconds(30)))
                .isInstanceOf(FlowException.class)
                .hasMessage("task charge did not end within 30s");
    }

    @Test
    void aRejectionNamesTheTaskThePolicyAndTheWait() {
        assertThat(new TaskRejectedException("charge", "psp", Duration.ofMinutes(1)))
                .hasMessage("task charge did not get its turn at psp within 1m");
    }

    @Test
    void anOpenBreakerSaysHowLongItStaysOpen() {
        assertThat(new CircuitOpenException("charge", "psp", Duration.ofSeconds(12)))
                .hasMessage("task charge was not called: the circuit breaker psp is open for another 12s");
    }

    @Test
    void aHalfOpenBreakerThatIsBusyDoesNotClaimToStayOpen() {
        assertThat(new CircuitOpenException("charge", "psp", Duration.ZERO))
                .hasMessage(
                        "task charge was not called: the circuit breaker psp is half-open and busy with other calls");
    }

    @Test
    void aDeadlineNamesTheRunAndTheTimeItHad() {
        assertThat(new DeadlineExceededException("r1", Duration.ofHours(1)))
                .hasMessage("run r1 was not done within 1h");
    }

    @Test
    void anUnexpectedNullSaysHowToAllowIt() {
        assertThat(new UnexpectedNullException("order"))
                .hasMessageStartingWith("null was returned for order;")
                .hasMessageContaining("@Nullable");
    }

    @Test
    void thePausedAndTheConflictingRunAreNamed() {
        assertThat(new RunPausedException("r1")).hasMessageContaining("run r1 is paused");
        assertThat(new RunConflictException("r1")).hasMessageContaining("r1");
    }

    @Test
    void aBusinessFailureIsNotOneOfOurs() {
        assertThat(new BusinessFailure("no cover"))
                .isNotInstanceOf(FlowException.class)
                .hasMessage("no cover");
    }
}
