package io.flowright.cli.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows below a heading, in columns that are as wide as they must be. A column with nothing in it is left out. Not thread-safe. */
final class Table {

    private static final String GAP = "  ";

    private final List<Cell> headings;
    private final Set<Integer> rightAligned = new HashSet<>();
    private final List<List<Cell>> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = List.of(headings).stream()
                .map(heading -> new Cell(heading, Paint.HEADING))
                .toList();
    }

    /** Numbers stand at the right of this column. */
    Table right(int column) {
        rightAligned.add(column);
        return this;
    }

    void row(Cell... cells) {
        rows.add(List.of(cells));
    }

    /** Adds a row with a cell for each heading. */
    void row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
    }

    List<String> lines(Palette palette) {
        int[] widths = new int[headings.size()];
        for (List<Cell> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).width());
            }
        }
        for (int column = 0; column < widths.length; column++) {
            widths[column] = widths[column] == 0
                    ? 0
                    : Math.max(widths[column], headings.get(column).width());
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(headings, widths, palette));
        for (List<Cell> row : rows) {
            lines.add(line(row, widths, palette));
        }
        return lines;
    }

    /** Ends behind the last cell that has something in it. */
    private String line(List<Cell> cells, int[] widths, Palette palette) {
        StringBuilder line = new StringBuilder();
        int blanks = 0;
        boolean isFirst = true;
        for (int column = 0; column < widths.length; column++) {
            if (widths[column] == 0) {
                continue;
            }
            blanks += isFirst ? 0 : GAP.length();
            isFirst = false;
            Cell cell = cells.get(column);
            int room = widths[column] - cell.width();
            if (cell.width() == 0) {
                blanks += room;
                continue;
            }
            boolean isRight = rightAligned.contains(column);
            line.append(" ".repeat(blanks + (isRight ? room : 0))).append(palette.paint(cell.paint(), cell.text()));
            blanks = isRight ? 0 : room;
        }
        return line.toString();
    }
}
