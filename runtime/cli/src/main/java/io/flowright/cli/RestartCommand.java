package io.flowright.cli;

import io.flowright.runtime.Runs;
import picocli.CommandLine.Command;

@Command(
        name = "restart",
        description =
                "Starts a new run with the inputs of another that rests or is done, and prints its id. It keeps nothing else of it.")
final class RestartCommand extends NewRunCommand {

    RestartCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    String start(Runs runs, String other) {
        return runs.restart(other);
    }
}
