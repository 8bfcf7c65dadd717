package io.flowright.cli;

import io.flowright.cli.view.FailureList;
import io.flowright.cli.view.RunJson;
import io.flowright.cli.view.RunTable;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.RunPage;
import io.flowright.runtime.operations.RunSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "dead-letters",
        description =
                "Lists the runs that failed, or could not be undone altogether, and wait for someone; the newest first, and why.")
final class DeadLettersCommand extends StoreCommand {

    @Mixin
    private final Filter filter = new Filter();

    @Mixin
    private final Page page = new Page();

    DeadLettersCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    void check() {
        page.limit();
        if (!filter.query(surroundings().clock()).statuses().isEmpty()) {
            throw new UsageException(
                    "Dead letters are FAILED or COMPENSATION_FAILED: for others there is flowright runs list.");
        }
    }

    @Override
    int run(Runs runs) {
        RunPage found = runs.deadLetters(filter.query(surroundings().clock()), page.after(), page.limit());
        Map<String, String> failures = new HashMap<>();
        for (RunSummary run : found.runs()) {
            runs.describe(run.id()).ifPresent(all -> failures.put(run.id(), FailureList.summary(all)));
        }
        if (flowright().isJson()) {
            print(json(found, failures));
        } else {
            print(lines(found, failures));
        }
        return ExitCode.DONE;
    }

    private static ObjectNode json(RunPage found, Map<String, String> failures) {
        ObjectNode json = Page.json(found);
        json.set("runs", RunJson.array(found.runs(), run -> RunJson.of(run).put("failure", failures.get(run.id()))));
        return json;
    }

    private List<String> lines(RunPage found, Map<String, String> failures) {
        if (found.runs().isEmpty()) {
            return List.of("No dead letters.");
        }
        List<String> lines = new ArrayList<>(RunTable.lines(
                found.runs(), failures, flowright().times(), flowright().palette()));
        lines.addAll(Page.next(found));
        return lines;
    }
}
