package io.notagenbench.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads the tables of a Markdown text by the names of their columns. */
public final class MarkdownRows {

    private MarkdownRows() {
    }

    /**
     * The cells of these columns, row by row, from all tables that have them all. Where a table has a name twice, the second
     * column is {@code name (2)}.
     *
     * @throws IllegalArgumentException if no table has these columns
     */
    public static List<List<String>> rows(String markdown, String... columns) {
        List<List<String>> rows = new ArrayList<>();
        boolean found = false;
        List<String> names = List.of();
        for (String line : markdown.lines().toList()) {
            if (!line.startsWith("|")) {
                names = List.of();
            } else if (names.isEmpty()) {
                names = names(cells(line));
                found |= names.containsAll(List.of(columns));
            } else if (!line.startsWith("|-") && names.containsAll(List.of(columns))) {
                List<String> cells = cells(line);
                rows.add(Arrays.stream(columns).map(names::indexOf).map(cells::get).toList());
            }
        }
        if (!found) {
            throw new IllegalArgumentException("No table has the columns " + List.of(columns) + ":\n" + markdown);
        }
        return rows;
    }

    private static List<String> names(List<String> header) {
        List<String> names = new ArrayList<>();
        for (String name : header) {
            int before = Collections.frequency(header.subList(0, names.size()), name);
            names.add(before == 0 ? name : name + " (" + (before + 1) + ")");
        }
        return names;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.strip().replace("\\|", "|").replace("\\<", "<")).toList();
    }
}
