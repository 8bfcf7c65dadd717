package io.flowright.cli;

import io.flowright.cli.view.RunJson;
import io.flowright.cli.view.StrandedTable;
import io.flowright.runtime.Runs;
import io.flowright.runtime.StrandedRun;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "stranded",
        description =
                "Lists the runs that are to go on and that no live engine can go on with, and why; the oldest first, 1000 at most.")
final class StrandedCommand extends StoreCommand {

    StrandedCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    int run(Runs runs) {
        List<StrandedRun> stranded = runs.stranded();
        if (flowright().isJson()) {
            ObjectNode json = RunJson.object();
            json.set("runs", RunJson.array(stranded, RunJson::of));
            print(json);
        } else {
            print(
                    stranded.isEmpty()
                            ? List.of("No run is stranded.")
                            : StrandedTable.lines(
                                    stranded, flowright().times(), flowright().palette()));
        }
        return ExitCode.DONE;
    }
}
