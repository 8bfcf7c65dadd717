package io.flowright.cli;

import io.flowright.runtime.PauseMode;
import io.flowright.runtime.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "pause", description = "Pauses runs that are active: their tasks finish, and no further one starts.")
final class PauseCommand extends DeedCommand {

    @Option(
            names = "--interrupt",
            description =
                    "Interrupts the tasks that run; when the run goes on, they run again with the same arguments.")
    private boolean isInterrupting;

    PauseCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    Deed deed() {
        return Deed.PAUSE;
    }

    @Override
    boolean act(Runs runs, String id) {
        return runs.pause(id, isInterrupting ? PauseMode.INTERRUPT : PauseMode.DRAIN);
    }
}
