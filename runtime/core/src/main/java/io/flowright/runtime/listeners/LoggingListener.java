package io.flowright.runtime.listeners;

import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowListener;
import io.flowright.runtime.RunStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs events through SLF4J. The level follows the outcome: ERROR for tasks and runs that failed, WARN for attempts that
 * failed, abandoned threads and breakers that opened, INFO for runs, DEBUG for tasks and their progress. Only a task that
 * failed for good is logged with its stack trace. Values of keys are never logged; what exceptions say is.
 *
 * @since 0.1
 */
public final class LoggingListener implements FlowListener {

    private final Logger logger;

    /** Logs under {@code io.flowright.flows}. */
    public LoggingListener() {
        this("io.flowright.flows");
    }

    /** Logs under this name. */
    public LoggingListener(String loggerName) {
        this(LoggerFactory.getLogger(loggerName));
    }

    LoggingListener(Logger logger) {
        this.logger = logger;
    }

    @Override
    public void on(FlowEvent event) {
        if (event instanceof FlowEvent.TaskEvent task) {
            onTask(task);
        } else {
            onRun(event);
        }
    }

    private void onRun(FlowEvent event) {
        if (event instanceof FlowEvent.RunStarted) {
            log(Level.INFO, event, "started");
        } else if (event instanceof FlowEvent.RunPaused) {
            log(Level.INFO, event, "paused");
        } else if (event instanceof FlowEvent.RunResumed) {
            log(Level.INFO, event, "resumed");
        } else if (event instanceof FlowEvent.RunFinished finished) {
            log(level(finished.status()), event, "finished: " + finished.status() + because(finished.failure()));
        } else if (event instanceof FlowEvent.BreakerChanged changed) {
            Level level = changed.state().equals("OPEN") ? Level.WARN : Level.INFO;
            log(level, event, "circuit breaker " + changed.breaker() + " is " + changed.state());
        }
    }

    private static Level level(RunStatus status) {
        return switch (status) {
            case FAILED, COMPENSATION_FAILED -> Level.ERROR;
            case COMPENSATED -> Level.WARN;
            default -> Level.INFO;
        };
    }

    private void onTask(FlowEvent.TaskEvent event) {
        if (event instanceof FlowEvent.TaskStarted started) {
            log(Level.DEBUG, event, "started, attempt " + started.attempt());
        } else if (event instanceof FlowEvent.TaskSucceeded succeeded) {
            log(
                    Level.DEBUG,
                    event,
                    "succeeded in " + succeeded.took().toMillis() + " ms, attempts: " + succeeded.attempts());
        } else if (event instanceof FlowEvent.TaskProgressed progressed) {
            log(Level.DEBUG, event, progressed.done() + " of " + progressed.total() + " done");
        } else if (event instanceof FlowEvent.TaskSkipped) {
            log(Level.DEBUG, event, "skipped");
        } else if (event instanceof FlowEvent.TaskAttemptFailed failed) {
            log(Level.WARN, event, "attempt " + failed.attempt() + " failed" + because(failed.failure()));
        } else if (event instanceof FlowEvent.RetryScheduled retry) {
            log(
                    Level.INFO,
                    event,
                    "attempt " + retry.nextAttempt() + " follows in "
                            + retry.delay().toMillis() + " ms");
        } else if (event instanceof FlowEvent.TaskAbandoned abandoned) {
            log(
                    Level.WARN,
                    event,
                    "attempt " + abandoned.attempt() + " was given up; it does not leave thread " + abandoned.thread());
        } else if (event instanceof FlowEvent.TaskFailed failed) {
            log(Level.ERROR, event, "failed, attempts: " + failed.attempts(), failed.failure());
        }
    }

    private static String because(@Nullable Throwable failure) {
        return failure == null ? "" : ": " + failure;
    }

    private void log(Level level, FlowEvent event, String what) {
        log(level, event, what, null);
    }

    private void log(Level level, FlowEvent event, String what, @Nullable Throwable failure) {
        LoggingEventBuilder entry = logger.atLevel(level);
        String task = event instanceof FlowEvent.TaskEvent of ? ", task " + of.task() : "";
        entry.setCause(failure).log("flow {}, run {}{}: {}", event.flow(), event.runId(), task, what);
    }
}
