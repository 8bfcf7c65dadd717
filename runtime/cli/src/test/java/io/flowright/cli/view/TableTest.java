package io.flowright.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheyMustBe() {
        Table table = new Table("NAME", "N", "WORD").right(1);
        table.row(Cell.of("a"), Cell.of(7), Cell.of("short"));
        table.row(Cell.of("longer"), Cell.of(1234), Cell.of("x"));

        assertThat(table.lines(Palette.BLANK))
                .containsExactly("NAME       N  WORD", "a          7  short", "longer  1234  x");
    }

    @Test
    void aColumnWithNothingInItIsLeftOut() {
        Table table = new Table("A", "B", "C");
        table.row(Cell.of("1"), Cell.of(""), Cell.of("3"));
        table.row(Cell.of(""), Cell.of(""), Cell.of("4"));
        table.row(Cell.of("5"), Cell.of(""), Cell.of(""));

        assertThat(table.lines(Palette.BLANK)).containsExactly("A  C", "1  3", "   4", "5");
    }

    @Test
    void colorsTakeNoRoom() {
        Table table = new Table("A", "B");
        table.row(new Cell("x", Paint.GOOD), Cell.of("1"));
        table.row(Cell.of("xyz"), Cell.of("2"));

        assertThat(table.lines(Palette.COLORED))
                .anySatisfy(
                        line -> assertThat(line).contains("\u001b[32mx\u001b[").endsWith("    1"));
        assertThat(table.lines(Palette.BLANK)).noneMatch(line -> line.contains("\u001b"));
    }

    @Test
    void whatStandsInAStoreCannotMoveTheCursorOrBreakALine() {
        Table table = new Table("A");
        table.row(Cell.of("a\u001b[2J\nb\u202e"));

        assertThat(table.lines(Palette.COLORED)).last().isEqualTo("a\\u001b[2J\\nb\\u202e");
    }
}
