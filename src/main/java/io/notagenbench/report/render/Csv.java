package io.notagenbench.report.render;

import io.notagenbench.document.Column;
import io.notagenbench.document.Document;
import io.notagenbench.document.Table;
import io.notagenbench.document.TableCell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The tables of a report as CSV (RFC 4180), one file each, numbers with all their digits. */
public final class Csv {

    private Csv() {
    }

    /** The text of each table that has rows, by the table's id. */
    public static Map<String, String> of(Document document) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Table table : document.blocks(Table.class)) {
            if (texts.put(table.id(), text(table)) != null) {
                throw new IllegalArgumentException("two tables are called " + table.id());
            }
        }
        return texts;
    }

    private static String text(Table table) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
            printer.printRecord(table.columns().stream().map(Column::name).toList());
            for (Table.Row row : table.rows()) {
                printer.printRecord(row.cells().stream().map(Csv::value).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Nothing for what is not there; a text that a spreadsheet would take for a formula is marked as text. */
    private static Object value(TableCell cell) {
        if (cell.equals(TableCell.NONE)) {
            return "";
        }
        if (cell.exact().isPresent()) {
            double exact = cell.exact().getAsDouble();
            return exact == Math.rint(exact) && Math.abs(exact) < 1L << 53 ? (Object) (long) exact : (Object) exact;
        }
        return !cell.text().isEmpty() && "=+-@\t\r".indexOf(cell.text().charAt(0)) >= 0 ? "'" + cell.text() : cell.text();
    }
}
