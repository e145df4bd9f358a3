package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTableTest {

    private static String printed(TextTable table) {
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out));
        return out.toString();
    }

    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersEndAtTheSamePlace() {
        TextTable table = new TextTable().text("arm").numbers("ms", "a long name").text("draws");
        table.row("onnx", "1.50", "2", "same").row("pytorch/fp32", "12345.00", "3 - 4", "");
        assertThat(printed(table).lines()).containsExactly(
                "arm                 ms  a long name  draws",
                "onnx              1.50            2  same",
                "pytorch/fp32  12345.00        3 - 4  -");
    }

    @Test
    void itIsReadBackByTheNamesOfItsColumns() {
        TextTable table = new TextTable().text("arm").text("first difference").numbers("ms");
        table.row("onnx", "draw 81: E, not F", "1").row("pytorch", "", "2");
        assertThat(PrintedTable.of("model tiny\n" + printed(table) + "\nMedians.\n", "arm").rows()).containsExactly(
                Map.of("arm", "onnx", "first difference", "draw 81: E, not F", "ms", "1"),
                Map.of("arm", "pytorch", "first difference", "-", "ms", "2"));
    }

    @Test
    void aTableWithoutRowsIsItsHeader() {
        assertThat(printed(new TextTable().text("arm").numbers("ms")).lines()).containsExactly("arm  ms");
    }

    @Test
    void aRowHasACellForEachColumn() {
        assertThatThrownBy(() -> new TextTable().text("arm").row("onnx", "1")).hasMessage("2 cells for 1 columns");
    }
}
