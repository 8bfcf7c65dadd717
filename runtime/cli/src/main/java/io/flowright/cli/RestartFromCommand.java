package io.flowright.cli;

import io.flowright.runtime.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "restart-from",
        description =
                "Starts a new run with the inputs of another that rests or is done, and prints its id. It keeps the results of tasks"
                        + " that do not come after the given one; that one, and what comes after it, run again.")
final class RestartFromCommand extends NewRunCommand {

    @Parameters(index = "1", paramLabel = "TASK", description = "The name of the task, as flowright runs show has it.")
    private String task = "";

    RestartFromCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    String start(Runs runs, String other) {
        return runs.restartFrom(other, task);
    }
}
