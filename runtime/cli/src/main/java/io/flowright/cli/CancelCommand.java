package io.flowright.cli;

import io.flowright.runtime.CancelMode;
import io.flowright.runtime.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "cancel", description = "Cancels runs that are active or rest. What they did stays.")
final class CancelCommand extends DeedCommand {

    @Option(names = "--compensate", description = "What they did is undone by the compensations of their flow.")
    private boolean isCompensating;

    CancelCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    Deed deed() {
        return isCompensating ? Deed.COMPENSATE : Deed.CANCEL;
    }

    @Override
    boolean act(Runs runs, String id) {
        return runs.cancel(id, isCompensating ? CancelMode.COMPENSATE : CancelMode.KEEP);
    }
}
