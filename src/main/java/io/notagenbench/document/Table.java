package io.notagenbench.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows and columns.
 *
 * @param id      of letters, digits and hyphens, unique in its document: the name of its file
 * @param caption what it shows, where its section does not say it; may be empty
 * @param columns at least one
 * @param rows    each with a field for every column
 */
public record Table(String id, String caption, List<Column> columns, List<Row> rows) implements Block {

    /**
     * One row.
     *
     * @param cells  a field for every column
     * @param strong whether it stands out
     */
    public record Row(List<TableCell> cells, boolean strong) {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.cells().size() != columns.size()) {
                throw new IllegalArgumentException(row.cells().size() + " cells for " + columns.size() + " columns");
            }
        }
    }

    @Override
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Collects the rows of a table. */
    public static final class Builder {

        private final String id;
        private final List<Column> columns;
        private final List<Row> rows = new ArrayList<>();
        private String caption = "";

        /**
         * @param textColumns how many columns from the left are text; the others are numbers
         */
        public Builder(String id, int textColumns, String... header) {
            this.id = id;
            columns = IntStream.range(0, header.length)
                    .mapToObj(column -> new Column(header[column], column >= textColumns)).toList();
        }

        /** Says what the table shows. */
        public Builder caption(String words) {
            caption = words;
            return this;
        }

        /** Adds a row; a field may be a {@link TableCell}, a number or a text. */
        public Builder add(Object... fields) {
            return add(false, List.of(fields));
        }

        /** Adds a row that stands out. */
        public Builder addStrong(Object... fields) {
            return add(true, List.of(fields));
        }

        /** Adds a row of fields as those of {@link #add(Object...)}. */
        public Builder add(boolean strong, List<?> fields) {
            rows.add(new Row(fields.stream().map(Builder::cell).toList(), strong));
            return this;
        }

        private static TableCell cell(Object field) {
            if (field instanceof TableCell cell) {
                return cell;
            }
            return field instanceof Number number ? TableCell.of(number.doubleValue()) : TableCell.of(field.toString());
        }

        public Table build() {
            return new Table(id, caption, columns, rows);
        }
    }
}
