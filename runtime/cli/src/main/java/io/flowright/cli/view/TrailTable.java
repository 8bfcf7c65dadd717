package io.flowright.cli.view;

import io.flowright.runtime.operations.AuditEntry;
import java.util.Collection;
import java.util.List;

/** Who did what, when and why. */
public final class TrailTable {

    private TrailTable() {}

    /** The lines of the table. */
    public static List<String> lines(Collection<AuditEntry> entries, Times times, Palette palette) {
        Table table = new Table("NUMBER", "AT", "OPERATOR", "ACTION", "RUN", "ACCEPTED", "REASON", "DETAILS").right(0);
        for (AuditEntry entry : entries) {
            table.row(
                    Cell.of(entry.number()),
                    Cell.of(times.at(entry.act().at())),
                    Cell.of(entry.act().operator().name()),
                    Cell.of(entry.act().action()),
                    Cell.of(entry.act().run() == null ? "" : entry.act().run()),
                    entry.accepted() ? Cell.of("yes") : new Cell("no", Paint.RESTING),
                    Cell.of(entry.act().operator().reason()),
                    Cell.of(entry.act().details()));
        }
        return table.lines(palette);
    }
}
