package io.flowright.cli.view;

import io.flowright.runtime.RunStatus;
import io.flowright.runtime.operations.RunCount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How many runs there are: a row for each flow, a column for each status that some run has. */
public final class CountTable {

    private CountTable() {}

    /** The lines of the table. */
    public static List<String> lines(Collection<RunCount> counts, Palette palette) {
        Set<String> flows = new TreeSet<>();
        Set<RunStatus> statuses = new TreeSet<>();
        for (RunCount count : counts) {
            flows.add(count.flow());
            statuses.add(count.status());
        }
        List<String> headings = new ArrayList<>(List.of("FLOW"));
        statuses.forEach(status -> headings.add(status.name()));
        headings.add("ALL");
        Table table = new Table(headings.toArray(String[]::new));
        for (int column = 1; column < headings.size(); column++) {
            table.right(column);
        }
        for (String flow : flows) {
            table.row(row(
                    flow,
                    statuses,
                    counts.stream().filter(count -> count.flow().equals(flow)).toList()));
        }
        if (flows.size() != 1) {
            table.row(row("all", statuses, counts));
        }
        return table.lines(palette);
    }

    private static List<Cell> row(String name, Set<RunStatus> statuses, Collection<RunCount> counts) {
        List<Cell> cells = new ArrayList<>(List.of(Cell.of(name)));
        for (RunStatus status : statuses) {
            long runs = sum(
                    counts.stream().filter(count -> count.status() == status).toList());
            cells.add(runs == 0 ? Cell.faint("0") : new Cell(Long.toString(runs), Paint.of(status)));
        }
        cells.add(Cell.of(sum(counts)));
        return cells;
    }

    private static long sum(Collection<RunCount> counts) {
        return counts.stream().mapToLong(RunCount::runs).sum();
    }
}
