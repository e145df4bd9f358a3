package io.notagenbench.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table that a command printed, by the names of its columns.
 *
 * @param rows the cells of each
 */
record PrintedTable(List<Map<String, String>> rows) {

    /**
     * The first table whose first column has this name. It ends at the first line with another number of cells.
     *
     * @throws IllegalArgumentException if there is none
     */
    static PrintedTable of(String out, String firstColumn) {
        List<String> lines = out.lines().dropWhile(line -> !line.startsWith(firstColumn + "  ")).toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("no table begins with " + firstColumn + ":\n" + out);
        }
        List<String> names = cells(lines.get(0));
        return new PrintedTable(lines.stream().skip(1).map(PrintedTable::cells)
                .takeWhile(cells -> cells.size() == names.size())
                .map(cells -> row(names, cells)).toList());
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.strip().split(" {2,}"));
    }

    private static Map<String, String> row(List<String> names, List<String> cells) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            row.put(names.get(i), cells.get(i));
        }
        return row;
    }

    /** The cells of a column, from top to bottom. */
    List<String> column(String name) {
        if (rows.stream().anyMatch(row -> !row.containsKey(name))) {
            throw new IllegalArgumentException("there is no column " + name + ": " + rows);
        }
        return rows.stream().map(row -> row.get(name)).toList();
    }
}
