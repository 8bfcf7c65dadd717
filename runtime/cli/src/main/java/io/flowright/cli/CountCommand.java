package io.flowright.cli;

import io.flowright.cli.view.CountTable;
import io.flowright.cli.view.RunJson;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.RunCount;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "count", description = "Counts runs, by flow and status.")
final class CountCommand extends WatchCommand {

    CountCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    Optional<Frame> frame(Runs runs) {
        List<RunCount> counts = runs.count();
        return Optional.of(Frame.of(flowright().isJson(), () -> json(counts), () -> lines(counts), false));
    }

    private static ObjectNode json(List<RunCount> counts) {
        ObjectNode json = RunJson.object();
        json.set("counts", RunJson.array(counts, RunJson::of));
        return json;
    }

    private List<String> lines(List<RunCount> counts) {
        return counts.isEmpty()
                ? List.of("No runs.")
                : CountTable.lines(counts, flowright().palette());
    }
}
