package io.flowright.cli;

import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.RunSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Whether a command waits until its effect is seen, and for how long. */
final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(100);

    @Option(names = "--wait", description = "Waits until the effect is seen.")
    private boolean isWaiting;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Converters.OfDuration.class,
            description = "For how long, with --wait. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    boolean isWaiting() {
        return isWaiting;
    }

    Duration timeout() {
        return timeout;
    }

    /** When it ends. */
    Instant end(Surroundings surroundings) {
        return surroundings.clock().instant().plus(timeout);
    }

    /** The run as soon as something is seen in it; as it is at the end, if it is not; empty: it is gone. */
    Optional<RunSummary> await(
            Runs runs, String id, Predicate<RunSummary> isSeen, Instant end, Surroundings surroundings)
            throws InterruptedException {
        while (true) {
            Optional<RunSummary> run = runs.find(id);
            if (run.isEmpty()
                    || isSeen.test(run.get())
                    || !surroundings.clock().instant().isBefore(end)) {
                return run;
            }
            surroundings.pause().last(PAUSE);
        }
    }
}
