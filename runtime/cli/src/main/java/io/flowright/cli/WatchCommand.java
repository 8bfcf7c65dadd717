package io.flowright.cli;

import io.flowright.cli.view.Times;
import io.flowright.runtime.Runs;
import io.flowright.runtime.StoreUnavailableException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command that shows something once, or again and again. */
abstract class WatchCommand extends StoreCommand {

    /** The cursor goes to the upper left corner, and what stands there is overwritten, for a screen that is cleared first flickers. */
    private static final String HOME = "\u001b[H";

    private static final String CLEAR = "\u001b[2J";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    @Option(names = "--watch", description = "Shows it again and again, until ctrl-c.")
    private boolean isWatching;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = Converters.OfDuration.class,
            description = "How often, with --watch. Default: ${DEFAULT-VALUE}.")
    private Duration interval = Duration.ZERO;

    WatchCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    void check() {
        if (interval.toMillis() < 1) {
            throw new UsageException("--interval is at least 1ms.");
        }
    }

    /** What there is to show now; empty: the command has said what is wrong. */
    abstract Optional<Frame> frame(Runs runs);

    @Override
    final int run(Runs runs) {
        Optional<Frame> frame = frame(runs);
        if (!isWatching || frame.isEmpty()) {
            frame.ifPresent(only -> print(only.lines()));
            return frame.isPresent() ? ExitCode.DONE : ExitCode.REFUSED;
        }
        watch(runs, frame.get());
        return ExitCode.DONE;
    }

    private void watch(Runs runs, Frame first) {
        Optional<Frame> frame = Optional.of(first);
        boolean isScreen = surroundings().hasTerminal() && !flowright().isJson();
        if (isScreen) {
            flowright().out().print(CLEAR);
        }
        while (frame.isPresent()) {
            show(frame.get(), isScreen);
            // The reader of a pipe may have left.
            if (frame.get().isLast() || flowright().out().checkError() || !paused()) {
                return;
            }
            frame = next(runs, frame.get());
        }
    }

    /** A store that is away for a moment is no reason to look away. */
    private Optional<Frame> next(Runs runs, Frame last) {
        try {
            return frame(runs);
        } catch (StoreUnavailableException e) {
            note("The store does not answer: " + e.getMessage());
            return Optional.of(last);
        }
    }

    private void show(Frame frame, boolean isScreen) {
        if (!isScreen) {
            print(frame.lines());
            if (!flowright().isJson() && !frame.isLast()) {
                print(List.of(""));
            }
            return;
        }
        PrintWriter out = flowright().out();
        StringBuilder screen = new StringBuilder(HOME);
        Instant now = surroundings().clock().instant();
        screen.append(line(flowright().times().at(now) + ", every " + Times.length(interval) + " until ctrl-c"));
        screen.append(line(""));
        frame.lines().forEach(line -> screen.append(line(line)));
        out.print(screen.append(CLEAR_BELOW));
        out.flush();
    }

    private static String line(String text) {
        return text + CLEAR_LINE + "\n";
    }

    private boolean paused() {
        try {
            surroundings().pause().last(interval);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
