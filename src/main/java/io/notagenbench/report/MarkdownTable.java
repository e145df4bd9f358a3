package io.notagenbench.report;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table whose columns are aligned, so that it also reads well on a terminal. */
public final class MarkdownTable {

    private final List<List<String>> rows = new ArrayList<>();
    private final int textColumns;

    /**
     * @param textColumns how many columns from the left are text; the others are numbers, aligned to the right
     */
    public MarkdownTable(int textColumns, String... header) {
        this.textColumns = textColumns;
        rows.add(List.of(header));
    }

    public void add(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + rows.get(0).size() + " columns");
        }
        rows.add(cells.stream().map(cell -> cell.replace("|", "\\|").replaceAll("\\s+", " ")).toList());
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(0).size(); column++) {
                text.append("| ").append(padded(rows.get(row).get(column), column)).append(' ');
            }
            text.append("|\n");
            if (row == 0) {
                for (int column = 0; column < rows.get(0).size(); column++) {
                    text.append('|').append("-".repeat(width(column) + 1)).append(column < textColumns ? '-' : ':');
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private String padded(String cell, int column) {
        String blank = " ".repeat(width(column) - cell.length());
        return column < textColumns ? cell + blank : blank + cell;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    }
}
