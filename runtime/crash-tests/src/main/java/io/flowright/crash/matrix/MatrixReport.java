package io.flowright.crash.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a crash matrix.
 *
 * @param rows a flow on a store with a number of processes each
 * @param wrong what went wrong, a text each that names its case; empty: nothing
 * @param ends how the flows end undisturbed, by their names
 */
public record MatrixReport(List<Row> rows, List<String> wrong, Map<String, Expected> ends) {

    /**
     * A row of the matrix.
     *
     * @param flow the name of the flow
     * @param store the name of the kind of store
     * @param processes how many there are when the runs begin
     * @param points how many points there are to die at
     * @param cases how many runs were disturbed
     * @param kills how often a process died while it had such a run
     * @param wrong how many cases went wrong
     */
    public record Row(String flow, String store, int processes, int points, int cases, int kills, int wrong) {}

    /** The table, as text; the last line is the sum. */
    public String table() {
        StringBuilder table = new StringBuilder();
        line(table, "flow", "store", "processes", "points", "cases", "kills", "wrong");
        rows.forEach(row -> line(table, row));
        line(table, sum());
        return table.toString();
    }

    /** The table with one line for each store and number of processes. */
    public String summary() {
        Map<String, List<Row>> groups = new TreeMap<>();
        rows.forEach(row -> groups.computeIfAbsent(row.store() + row.processes(), key -> new ArrayList<>())
                .add(row));
        StringBuilder table = new StringBuilder();
        line(table, "flows", "store", "processes", "points", "cases", "kills", "wrong");
        groups.values().forEach(group -> {
            Row sum = sum(Integer.toString(group.size()), group);
            Row first = group.get(0);
            line(
                    table,
                    new Row(
                            sum.flow(),
                            first.store(),
                            first.processes(),
                            sum.points(),
                            sum.cases(),
                            sum.kills(),
                            sum.wrong()));
        });
        line(table, sum());
        return table.toString();
    }

    /** The sum of all rows. */
    public Row sum() {
        return sum("all", rows);
    }

    private static Row sum(String name, List<Row> rows) {
        return new Row(
                name,
                "",
                0,
                rows.stream().mapToInt(Row::points).sum(),
                rows.stream().mapToInt(Row::cases).sum(),
                rows.stream().mapToInt(Row::kills).sum(),
                rows.stream().mapToInt(Row::wrong).sum());
    }

    private static void line(StringBuilder table, Row row) {
        line(
                table,
                row.flow(),
                row.store(),
                row.processes() == 0 ? "" : Integer.toString(row.processes()),
                Integer.toString(row.points()),
                Integer.toString(row.cases()),
                Integer.toString(row.kills()),
                Integer.toString(row.wrong()));
    }

    private static void line(StringBuilder table, String... cells) {
        table.append(String.format(Locale.ROOT, "%-19s %-10s %9s %7s %7s %7s %6s%n", (Object[]) cells));
    }
}
