package io.flowright.runtime.spi;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An action of a clock. What it throws ends here: the thread that runs it serves others too. */
final class LoggedAction implements Runnable {

    private static final Logger LOGGER = LoggerFactory.getLogger(FlowClock.class);

    private final Runnable action;

    LoggedAction(Runnable action) {
        this.action = action;
    }

    @Override
    public void run() {
        try {
            action.run();
        } catch (Throwable failure) {
            LOGGER.error("An action of the clock failed", failure);
        }
    }
}
