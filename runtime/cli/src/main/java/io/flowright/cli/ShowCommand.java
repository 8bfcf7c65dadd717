package io.flowright.cli;

import io.flowright.cli.view.RunJson;
import io.flowright.cli.view.RunSheet;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.RunDescription;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description =
                "Shows a run: its fields, its graph with the states of its tasks, and what failed. With --watch until it is not"
                        + " active any more.")
final class ShowCommand extends WatchCommand {

    @Parameters(paramLabel = "ID", description = "The id of the run.")
    private String id = "";

    @Option(names = "--attempts", description = "Shows every attempt, with its times and hashes.")
    private boolean hasAttempts;

    @Option(names = "--trace", description = "Shows the stack traces of failures.")
    private boolean hasTraces;

    ShowCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    Optional<Frame> frame(Runs runs) {
        Optional<RunDescription> found = runs.describe(id);
        if (found.isEmpty()) {
            note(Sentences.missing(id));
        }
        return found.map(run -> Frame.of(
                flowright().isJson(),
                () -> RunJson.of(run, hasAttempts, hasTraces),
                () -> RunSheet.lines(
                        run,
                        hasAttempts,
                        hasTraces,
                        flowright().times(),
                        flowright().palette()),
                !run.run().status().isActive()));
    }
}
