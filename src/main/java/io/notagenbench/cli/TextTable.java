package io.notagenbench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table for the terminal. A column is as wide as its widest cell; two blanks or more separate columns, single blanks
 * are part of a cell, and no cell is empty, so that a program can read it, too.
 */
final class TextTable {

    private static final String GAP = "  ";
    private static final String EMPTY = "-";

    /** @param right whether cells end at the same place, as numbers should */
    private record Column(String name, boolean right) {
    }

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of texts. */
    TextTable text(String name) {
        columns.add(new Column(name, false));
        return this;
    }

    /** Adds columns of numbers. */
    TextTable numbers(String... names) {
        for (String name : names) {
            columns.add(new Column(name, true));
        }
        return this;
    }

    /** Adds a row with a cell for each column. */
    TextTable row(String... cells) {
        return row(List.of(cells));
    }

    /** As the other method. */
    TextTable row(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(cells.stream().map(cell -> cell.isEmpty() ? EMPTY : cell).toList());
        return this;
    }

    void print(PrintWriter out) {
        out.println(line(columns.stream().map(Column::name).toList()));
        rows.forEach(row -> out.println(line(row)));
    }

    private String line(List<String> cells) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            padded.add(String.format("%" + (columns.get(i).right() ? "" : "-") + width(i) + "s", cells.get(i)));
        }
        return String.join(GAP, padded).stripTrailing();
    }

    private int width(int column) {
        return Math.max(columns.get(column).name().length(), rows.stream().mapToInt(row -> row.get(column).length())
                .max().orElse(0));
    }

    /** A number as a cell, such as {@code number("%.2f", 1.5)}. */
    static String number(String form, double number) {
        return String.format(Locale.ROOT, form, number);
    }
}
