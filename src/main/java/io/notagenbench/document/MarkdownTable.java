package io.notagenbench.document;

import java.util.List;
import java.util.stream.IntStream;

/** A Markdown table whose columns are aligned, so that it also reads well on a terminal. */
public final class MarkdownTable {

    private final List<Column> columns;
    private final List<String> header;
    private final List<List<String>> rows;
    private final int[] widths;

    private MarkdownTable(Table table) {
        columns = table.columns();
        header = columns.stream().map(column -> escaped(column.name())).toList();
        rows = table.rows().stream()
                .map(row -> row.cells().stream().map(TableCell::text).map(MarkdownTable::escaped).toList()).toList();
        widths = IntStream.range(0, columns.size()).map(column -> Math.max(header.get(column).length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))).toArray();
    }

    /** The table, aligned. */
    public static String of(Table table) {
        return new MarkdownTable(table).toString();
    }

    /** On one line, nothing in it taken for a table's border or for HTML. */
    public static String escaped(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "\\|").replace("<", "\\<");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, header);
        for (int column = 0; column < columns.size(); column++) {
            text.append('|').append("-".repeat(widths[column] + 1)).append(columns.get(column).numeric() ? ':' : '-');
        }
        text.append("|\n");
        rows.forEach(row -> line(text, row));
        return text.toString();
    }

    private void line(StringBuilder text, List<String> cells) {
        for (int column = 0; column < columns.size(); column++) {
            String cell = cells.get(column);
            String blank = " ".repeat(widths[column] - cell.length());
            text.append("| ").append(columns.get(column).numeric() ? blank + cell : cell + blank).append(' ');
        }
        text.append("|\n");
    }
}
