package io.notagenbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.notagenbench.arms.OriginalResult;
import io.notagenbench.arms.OriginalRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code peer} prints of results. */
class PeerOutputTest {

    @Test
    void aRowForTheOriginalAndEachArm() {
        String out = printed(false, "abc");
        assertThat(out.lines()).startsWith(
                "model tiny, seed 3, window 64: 10 patches with 2 cuts, 1 thread on both sides, 1 round in random order",
                "original on torch 2.7.1");
        PrintedTable table = PrintedTable.of(out, "arm");
        assertThat(table.column("arm")).containsExactly("original", "onnx/fp32/cached", "pytorch/int8/cached");
        assertThat(table.column("text")).containsOnly("same");
        assertThat(table.column("seconds")).containsExactly("5.000", "0.250", "0.125");
        assertThat(table.column("ms a patch")).containsExactly("500.00", "25.00", "12.50");
        assertThat(table.column("fastest - slowest"))
                .containsExactly("500.00 - 500.00", "25.00 - 25.00", "12.50 - 12.50");
        assertThat(table.column("ratio")).containsExactly("1.0", "20.0", "40.0");
        assertThat(table.column("load s")).containsExactly("2.00", "0.50", "0.25");
    }

    @Test
    void anotherTextIsWrongInFp32AndShown() {
        String out = printed(false, "abd");
        assertThat(PrintedTable.of(out, "arm").column("text")).containsExactly("same", "WRONG", "other");
        assertThat(out).contains("onnx/fp32/cached differs at character 2 of 3: 'abd', the original has 'abc'");
    }

    @Test
    void aFullContextIsSaid() {
        assertThat(printed(true, "abc")).contains("The piece is not whole");
        assertThat(printed(false, "abc")).doesNotContain("not whole");
    }

    private static String printed(boolean full, String text) {
        Map<String, Double> loads = new LinkedHashMap<>();
        loads.put("original", 2.0);
        loads.put("onnx/fp32/cached", 0.5);
        loads.put("pytorch/int8/cached", 0.25);
        StringWriter out = new StringWriter();
        PeerCommand.print(new OriginalResult("tiny", "hash", Map.of("seed", "3", "patchLength", "64"), 1,
                Map.of("torch", "2.7.1"), loads, List.of(
                        new OriginalRun(1, 1, "onnx/fp32/cached", 10, 2, 0.25, full, text),
                        new OriginalRun(1, 2, "original", 10, 2, 5, full, "abc"),
                        new OriginalRun(1, 3, "pytorch/int8/cached", 10, 2, 0.125, full, text))),
                new PrintWriter(out));
        return out.toString();
    }
}
