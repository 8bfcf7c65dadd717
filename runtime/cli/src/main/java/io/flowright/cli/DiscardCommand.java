package io.flowright.cli;

import io.flowright.runtime.Runs;
import picocli.CommandLine.Command;

@Command(name = "discard", description = "Gives dead letters up: they are CANCELLED, and what they did stays.")
final class DiscardCommand extends DeedCommand {

    DiscardCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    Deed deed() {
        return Deed.DISCARD;
    }

    @Override
    boolean act(Runs runs, String id) {
        return runs.discard(id);
    }
}
