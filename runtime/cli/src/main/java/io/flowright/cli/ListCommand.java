package io.flowright.cli;

import io.flowright.cli.view.RunTable;
import io.flowright.runtime.Runs;
import io.flowright.runtime.operations.RunPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Lists runs, the newest first.")
final class ListCommand extends WatchCommand {

    @Mixin
    private final Filter filter = new Filter();

    @Mixin
    private final Page page = new Page();

    ListCommand(Flowright flowright) {
        super(flowright);
    }

    @Override
    void check() {
        super.check();
        page.limit();
        filter.query(surroundings().clock());
    }

    @Override
    Optional<Frame> frame(Runs runs) {
        RunPage found = runs.list(filter.query(surroundings().clock()), page.after(), page.limit());
        return Optional.of(Frame.of(flowright().isJson(), () -> Page.json(found), () -> lines(found), false));
    }

    private List<String> lines(RunPage found) {
        if (found.runs().isEmpty()) {
            return List.of("No runs.");
        }
        List<String> lines = new ArrayList<>(RunTable.lines(
                found.runs(), Map.of(), flowright().times(), flowright().palette()));
        lines.addAll(Page.next(found));
        return lines;
    }
}
