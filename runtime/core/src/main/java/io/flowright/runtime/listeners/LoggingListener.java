package io.flowright.runtime.listeners;

import io.flowright.runtime.BusinessFailure;
import io.flowright.runtime.FlowEvent;
import io.flowright.runtime.FlowListener;
import io.flowright.runtime.internal.Durations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs events through SLF4J. The level follows the outcome: ERROR for tasks, compensations and runs that failed, WARN for those that
 * failed by a {@link BusinessFailure}, attempts that failed, abandoned threads, breakers that opened and runs that are undone,
 * INFO for runs, DEBUG for tasks and their progress. Only a task that failed for good is logged with its stack trace. Values of keys are
 * never logged; what exceptions say is.
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
        } else if (event instanceof FlowEvent.RunCompensating compensating) {
            log(Level.WARN, event, "is undone" + because(compensating.failure()));
        } else if (event instanceof FlowEvent.RunFinished finished) {
            log(level(finished), event, "finished: " + finished.status() + because(finished.failure()));
        } else if (event instanceof FlowEvent.BreakerChanged changed) {
            Level level = changed.state().equals("OPEN") ? Level.WARN : Level.INFO;
            log(level, event, "circuit breaker " + changed.breaker() + " is " + changed.state());
        }
    }

    private static Level level(FlowEvent.RunFinished finished) {
        return switch (finished.status()) {
            case FAILED -> level(finished.failure());
            case COMPENSATION_FAILED -> Level.ERROR;
            case COMPENSATED -> Level.WARN;
            default -> Level.INFO;
        };
    }

    /** That a task says no is expected; nobody has to look for a defect. */
    private static Level level(@Nullable Throwable failure) {
        return failure instanceof BusinessFailure ? Level.WARN : Level.ERROR;
    }

    private void onTask(FlowEvent.TaskEvent event) {
        if (event instanceof FlowEvent.TaskStarted started) {
            log(Level.DEBUG, event, "started, attempt " + started.attempt());
        } else if (event instanceof FlowEvent.TaskSucceeded succeeded) {
            log(
                    Level.DEBUG,
                    event,
                    "succeeded in " + Durations.text(succeeded.took()) + ", attempts: " + succeeded.attempts());
        } else if (event instanceof FlowEvent.TaskProgressed progressed) {
            log(Level.DEBUG, event, said(progressed));
        } else if (event instanceof FlowEvent.TaskCompensated compensated) {
            log(Level.INFO, event, "compensated, attempts: " + compensated.attempts());
        } else if (event instanceof FlowEvent.TaskCompensationFailed failed) {
            log(Level.ERROR, event, "compensation failed, attempts: " + failed.attempts(), failed.failure());
        } else if (event instanceof FlowEvent.TaskSkipped) {
            log(Level.DEBUG, event, "skipped");
        } else if (event instanceof FlowEvent.TaskAttemptFailed failed) {
            log(Level.WARN, event, "attempt " + failed.attempt() + " failed" + because(failed.failure()));
        } else if (event instanceof FlowEvent.RetryScheduled retry) {
            log(Level.INFO, event, "attempt " + retry.nextAttempt() + " follows in " + Durations.text(retry.delay()));
        } else if (event instanceof FlowEvent.TaskAbandoned abandoned) {
            log(
                    Level.WARN,
                    event,
                    "attempt " + abandoned.attempt() + " was given up; it does not leave thread " + abandoned.thread());
        } else if (event instanceof FlowEvent.TaskFailed failed) {
            log(level(failed.failure()), event, "failed, attempts: " + failed.attempts(), failed.failure());
        }
    }

    private static String said(FlowEvent.TaskProgressed progressed) {
        String detail = progressed.detail() == null ? "" : "said more of its progress";
        return progressed.done() == null
                ? detail
                : progressed.done() + (progressed.total() == null ? "" : " of " + progressed.total()) + " done";
    }

    private static String because(@Nullable Throwable failure) {
        return failure == null ? "" : ": " + failure;
    }

    private static String elementOf(FlowEvent.TaskEvent event) {
        return event.element() == null ? "" : ", element " + event.element();
    }

    private void log(Level level, FlowEvent event, String what) {
        log(level, event, what, null);
    }

    private void log(Level level, FlowEvent event, String what, @Nullable Throwable failure) {
        LoggingEventBuilder entry = logger.atLevel(level);
        String task = event instanceof FlowEvent.TaskEvent of ? ", task " + of.task() + elementOf(of) : "";
        entry.setCause(failure).log("flow {}, run {}{}: {}", event.flow(), event.runId(), task, what);
    }
}
