package io.flowright.cli.view;

import io.flowright.runtime.StrandedRun;
import java.util.Collection;
import java.util.List;

/** Runs that no engine can go on with. */
public final class StrandedTable {

    private StrandedTable() {}

    /** The lines of the table. */
    public static List<String> lines(Collection<StrandedRun> runs, Times times, Palette palette) {
        Table table = new Table("ID", "FLOW", "VERSION", "STATUS", "STARTED", "REASON");
        for (StrandedRun run : runs) {
            table.row(
                    Cell.of(run.id()),
                    Cell.of(run.flow()),
                    Cell.of(run.version()),
                    Cell.of(run.status()),
                    Cell.of(times.at(run.createdAt())),
                    Cell.of(run.reason()));
        }
        return table.lines(palette);
    }
}
