package io.flowright.runtime.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.BusinessFailure;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.RunStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class LoggingListenerTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final IOException FAILURE = new IOException("gone");
    private static final BusinessFailure NO = new BusinessFailure("not covered");

    private final RecordingLogger logger = new RecordingLogger();

    static Stream<Arguments> events() {
        String f = "order";
        String r = "r1";
        return Stream.of(
                Arguments.of(new FlowEvent.RunStarted(f, r, 1, NOW), "INFO flow order, run r1: started"),
                Arguments.of(new FlowEvent.RunPaused(f, r, 1, NOW), "INFO flow order, run r1: paused"),
                Arguments.of(new FlowEvent.RunResumed(f, r, 1, NOW), "INFO flow order, run r1: resumed"),
                Arguments.of(
                        new FlowEvent.RunFinished(f, r, 1, NOW, RunStatus.SUCCEEDED, null),
                        "INFO flow order, run r1: finished: SUCCEEDED"),
                Arguments.of(
                        new FlowEvent.RunFinished(f, r, 1, NOW, RunStatus.FAILED, FAILURE),
                        "ERROR flow order, run r1: finished: FAILED: java.io.IOException: gone"),
                Arguments.of(
                        new FlowEvent.RunFinished(f, r, 1, NOW, RunStatus.FAILED, NO),
                        "WARN flow order, run r1: finished: FAILED: " + NO),
                Arguments.of(
                        new FlowEvent.RunFinished(f, r, 1, NOW, RunStatus.COMPENSATION_FAILED, NO),
                        "ERROR flow order, run r1: finished: COMPENSATION_FAILED: " + NO),
                Arguments.of(
                        new FlowEvent.RunFinished(f, r, 1, NOW, RunStatus.COMPENSATED, FAILURE),
                        "WARN flow order, run r1: finished: COMPENSATED: java.io.IOException: gone"),
                Arguments.of(
                        new FlowEvent.BreakerChanged(f, r, 1, NOW, "psp", "OPEN"),
                        "WARN flow order, run r1: circuit breaker psp is OPEN"),
                Arguments.of(
                        new FlowEvent.BreakerChanged(f, r, 1, NOW, "psp", "CLOSED"),
                        "INFO flow order, run r1: circuit breaker psp is CLOSED"),
                Arguments.of(
                        new FlowEvent.TaskStarted(f, r, 1, NOW, "charge", null, 2),
                        "DEBUG flow order, run r1, task charge: started, attempt 2"),
                Arguments.of(
                        new FlowEvent.TaskStarted(f, r, 1, NOW, "charge", 7, 1),
                        "DEBUG flow order, run r1, task charge, element 7: started, attempt 1"),
                Arguments.of(
                        new FlowEvent.TaskAttemptFailed(f, r, 1, NOW, "charge", null, 2, FAILURE),
                        "WARN flow order, run r1, task charge: attempt 2 failed: java.io.IOException: gone"),
                Arguments.of(
                        new FlowEvent.RetryScheduled(f, r, 1, NOW, "charge", null, 3, Duration.ofMillis(200)),
                        "INFO flow order, run r1, task charge: attempt 3 follows in 200ms"),
                Arguments.of(
                        new FlowEvent.TaskSucceeded(f, r, 1, NOW, "charge", null, 3, Duration.ofMillis(700)),
                        "DEBUG flow order, run r1, task charge: succeeded in 700ms, attempts: 3"),
                Arguments.of(
                        new FlowEvent.TaskFailed(f, r, 1, NOW, "charge", null, 5, FAILURE),
                        "ERROR flow order, run r1, task charge: failed, attempts: 5" + " [java.io.IOException: gone]"),
                Arguments.of(
                        new FlowEvent.TaskFailed(f, r, 1, NOW, "charge", null, 1, NO),
                        "WARN flow order, run r1, task charge: failed, attempts: 1 [" + NO + "]"),
                Arguments.of(
                        new FlowEvent.RunCompensating(f, r, 1, NOW, FAILURE),
                        "WARN flow order, run r1: is undone: java.io.IOException: gone"),
                Arguments.of(
                        new FlowEvent.TaskCompensated(f, r, 1, NOW, "charge", null, 2),
                        "INFO flow order, run r1, task charge: compensated, attempts: 2"),
                Arguments.of(
                        new FlowEvent.TaskCompensationFailed(f, r, 1, NOW, "charge", null, 3, NO),
                        "ERROR flow order, run r1, task charge: compensation failed, attempts: 3 [" + NO + "]"),
                Arguments.of(
                        new FlowEvent.TaskSkipped(f, r, 1, NOW, "charge"),
                        "DEBUG flow order, run r1, task charge: skipped"),
                Arguments.of(
                        new FlowEvent.TaskAbandoned(f, r, 1, NOW, "charge", null, 1, "worker-3"),
                        "WARN flow order, run r1, task charge: attempt 1 was given up; it does not leave thread"
                                + " worker-3"),
                Arguments.of(
                        new FlowEvent.TaskProgressed(f, r, 1, NOW, "charge", null, 5L, 10L, null),
                        "DEBUG flow order, run r1, task charge: 5 of 10 done"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void logsEachEventAtTheLevelOfItsOutcome(FlowEvent event, String line) {
        new LoggingListener(logger).on(event);

        assertThat(logger.lines).containsExactly(line);
    }

    @Test
    void logsEveryKindOfEvent() {
        List<Class<?>> kinds = new ArrayList<>();
        for (Class<?> kind : FlowEvent.class.getPermittedSubclasses()) {
            kinds.addAll(kind.isRecord() ? List.of(kind) : List.of(kind.getPermittedSubclasses()));
        }

        assertThat(events().<Class<?>>map(event -> event.get()[0].getClass()).distinct())
                .containsExactlyInAnyOrderElementsOf(kinds);
    }

    /** Lines of level, text and, in brackets, the exception. */
    private static final class RecordingLogger extends LegacyAbstractLogger {

        private final List<String> lines = new ArrayList<>();

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {
            lines.add(level + " " + MessageFormatter.basicArrayFormat(pattern, arguments)
                    + (failure == null ? "" : " [" + failure + "]"));
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return "";
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
