package io.flowright.cli;

import io.flowright.runtime.Runs;
import picocli.CommandLine.Command;

@Command(
        name = "redrive",
        description = "Sets dead letters going: what failed runs again, with the same idempotency keys.")
final class RedriveCommand extends DeedCommand {

    RedriveCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    Deed deed() {
        return Deed.REDRIVE;
    }

    @Override
    boolean act(Runs runs, String id) {
        return runs.redrive(id);
    }
}
